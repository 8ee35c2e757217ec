#pragma once
// Random histories of a small busy school, for property tests: few things, so that events meet; groups,
// several currencies, corrections, aliases, missing fields, equal moments. RapidCheck shrinks them.
#include <rapidcheck.h>

#include <vector>

#include "domain/figures/question.hpp"
#include "events/event.hpp"

namespace rb::analytics {

// In any order, some told twice; of the weeks around 2025-03-30.
rc::Gen<std::vector<events::Event>> histories();

// Days of those weeks in any zone, of anybody.
rc::Gen<Question> questions();

}  // namespace rb::analytics
