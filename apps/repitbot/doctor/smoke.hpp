#pragma once
// Sends one real mail and one real Telegram message: the proof that people can be reached.
#include <cstdint>
#include <optional>

#include "config/settings.hpp"
#include "doctor/finding.hpp"
#include "net/loop.hpp"

namespace rb::app {

// To the sender's own address.
Task<Finding> send_test_mail(net::Loop& loop, config::AppSettings settings);
// To `chat`, or else to the first admin or tutor whose chat is known.
Task<Finding> send_test_message(net::Loop& loop, config::AppSettings settings,
                                std::optional<std::int64_t> chat);

}  // namespace rb::app
