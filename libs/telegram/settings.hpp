#pragma once
// The bot that the settings name.
#include "config/settings.hpp"
#include "telegram/client.hpp"

namespace rb::telegram {

BotSettings bot_settings(const config::AppSettings& settings);

}  // namespace rb::telegram
