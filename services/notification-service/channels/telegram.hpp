#pragma once
// Telegram's Bot API. A text longer than a message goes out in parts; markup that Telegram refuses goes out
// without it.
#include "channels/sender.hpp"
#include "net/loop.hpp"
#include "telegram/client.hpp"

namespace rb::notification {

std::unique_ptr<Sender> make_telegram_sender(net::Loop& loop, telegram::BotSettings settings);

}  // namespace rb::notification
