#pragma once
// When nobody wants to be rung: the hours a person has named, in their own zone. Pure.
#include <optional>

#include "domain/preferences.hpp"
#include "time/zone.hpp"

namespace rb::notification {

// The end of the quiet hours that `now` lies in; nullopt: none are on. An end that the clock skips is the
// moment of the skip; where the clock reads an hour twice, quiet holds through both.
std::optional<Time> quiet_until(const QuietHours& hours, const Zone& zone, Time now);

}  // namespace rb::notification
