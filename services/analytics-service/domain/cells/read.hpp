#pragma once
// Cells → the tallies and figures of the whole school. Pure.
#include <unordered_map>

#include "domain/cells/slot.hpp"
#include "domain/figures/school.hpp"
#include "domain/figures/users.hpp"

namespace rb::analytics {

using Texts = std::unordered_map<std::uint32_t, std::string>;  // what numbers stand for: names.hpp

// Those whose texts the tallies show.
std::vector<std::uint32_t> numbers_shown(const Cells& cells);

// `cells`: those of `period`, and the trends of its days. Cells cannot tell which lessons have ended by now:
// all that are scheduled and have an end are told as unmarked. And they leave out the ratings of subjects by
// places that straddle (count.hpp).
SchoolTallies read_tallies(const Cells& cells, const Cover& period, const Texts& texts, const Scope& scope);

// The periods in which people are counted. nullopt: cells cannot tell.
struct UserCovers {
  Cover day, week, month;    // those that end with the last day
  std::vector<Cover> weeks;  // from the one of the first day on
};
std::optional<UserCovers> cover_users(const Question& asked);

// All but the distribution of roles.
UserFigures read_users(const Cells& cells, const UserCovers& covers, const Texts& texts, const Scope& scope);

}  // namespace rb::analytics
