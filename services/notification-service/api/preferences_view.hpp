#pragma once
// Preferences as they are shown: what has been switched, and what follows from it for each type. Pure.
#include <boost/json/object.hpp>

#include "domain/people.hpp"
#include "domain/plan.hpp"

namespace rb::notification {

boost::json::object preferences_view(const Person& person, const Channels& channels);

}  // namespace rb::notification
