#include "domain/message.hpp"

#include <algorithm>
#include <array>

namespace rb::notification {

bool is_finished(const Message& message) {
  constexpr std::array<std::string_view, 4> kGoesOn = {"scheduled", "deferred", "pending", "sending"};
  return !message.queued && std::ranges::find(kGoesOn, message.status) == kGoesOn.end();
}

}  // namespace rb::notification
