#pragma once
// Events of things, before and after, → changes of facts. Pure.
#include <map>

#include "domain/entity.hpp"
#include "domain/fold.hpp"
#include "store/changes.hpp"
#include "store/log.hpp"

namespace rb::analytics {

// `before` and `after` are in order. Adds nothing when the fact stays the same.
void add_change(Changes& to, EntityKind kind, Events before, Events after);

// An event that is a fact of its own. None of it is one: adds nothing.
void add_lone_change(Changes& to, std::int64_t seq, const events::Event* before, const events::Event* after);

// What new events change. `earlier`: all other events of the entities that these belong to.
Changes changes_of(const std::vector<events::Event>& events, const std::vector<std::int64_t>& seqs,
                   std::vector<Logged> earlier);

}  // namespace rb::analytics
