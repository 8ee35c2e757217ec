#pragma once
// What providers say, fit to be shown and kept apart from the message that it was about. Pure.
#include <string>
#include <string_view>

namespace rb::notification {

// Servers like to repeat the recipient: words with an @ become «…».
std::string without_addresses(std::string_view text);

}  // namespace rb::notification
