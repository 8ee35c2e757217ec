#pragma once
// The zone of people who have not said theirs.
#include "time/zone.hpp"

namespace rb::analytics {

inline const Zone& school_zone() {
  static const Zone kMoscow = Zone::find("Europe/Moscow").value();
  return kMoscow;
}

}  // namespace rb::analytics
