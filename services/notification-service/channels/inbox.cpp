#include "channels/inbox.hpp"

namespace rb::notification {

Task<Outcome> InboxSender::send(Letter letter) {
  letter.html = safe_html(letter);
  co_await keep_(std::move(letter));
  feed_.tell();
  co_return Outcome{.kind = Outcome::Kind::delivered};
}

}  // namespace rb::notification
