#include "channels/outbox.hpp"

namespace rb::notification {

Task<Outcome> OutboxSender::send(Letter letter) {
  co_await keep_(std::move(letter));
  feed_.tell();
  co_return Outcome{.kind = Outcome::Kind::delivered};
}

}  // namespace rb::notification
