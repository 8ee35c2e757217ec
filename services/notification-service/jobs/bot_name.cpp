#include "jobs/bot_name.hpp"

#include "log/log.hpp"

namespace rb::notification {

BotName::BotName(net::Loop& loop, const Clock& clock, telegram::BotSettings settings)
    : stopping_(loop, clock), http_(loop), telegram_(http_, std::move(settings)) {}

Task<> BotName::learn(std::function<void(std::string name)> tell) {
  for (int failures = 1; !stopping_.asked(); ++failures) {
    auto me = co_await telegram_.get_me();
    if (me) {
      tell(me->username);
      co_return;
    }
    if (stopping_.asked()) co_return;
    if (failures == 1)
      log::warn("the name of the bot is not known yet: links to it have no address",
                {{"reason", telegram::describe(me.error())}});
    co_await stopping_.pause(telegram::pause_after(me.error(), failures, random_unit()));
  }
}

void BotName::stop() {
  stopping_.ask();
  http_.abort();
}

}  // namespace rb::notification
