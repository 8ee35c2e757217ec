#pragma once
// How often jobs look for work that lies in the database.
#include <chrono>

namespace rb::notification {

constexpr auto kLookAnyway = std::chrono::seconds(1);        // when no wake-up comes
constexpr auto kAnotherLook = std::chrono::milliseconds(2);  // another worker's claim is not yet committed

}  // namespace rb::notification
