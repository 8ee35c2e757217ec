#pragma once
// When a digest is due: an hour of the person's own choosing. Pure.
#include "domain/preferences.hpp"
#include "time/zone.hpp"

namespace rb::notification {

// The next window after `now`, daily or weekly, at the chosen or usual hour. An hour that the clock skips is
// the moment of the skip; one that it reads twice comes once. `mode` is not off.
Time next_digest(const Preferences& preferences, DigestMode mode, const Zone& zone, Time now);

}  // namespace rb::notification
