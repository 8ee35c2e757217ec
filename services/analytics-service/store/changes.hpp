#pragma once
// Facts before and after a batch of events. Pure values.
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "domain/facts.hpp"

namespace rb::analytics {

template <class Fact>
struct Change {
  std::optional<Fact> before, after;
};

// A fact that an event makes by itself; `seq` is that of the event in the log.
template <class Fact>
struct LoneChange {
  std::int64_t seq = 0;
  std::optional<Fact> before, after;
};

struct Changes {
  std::vector<Change<Lesson>> lessons;
  std::vector<Change<Payment>> payments;
  std::vector<Change<Homework>> homework;
  std::vector<Change<Person>> people;
  std::vector<LoneChange<Access>> accesses;
  std::vector<LoneChange<Login>> logins;
};

// Calls `visit(fact, times)` with every fact as it was (times = -1) and as it is (1).
template <class Visit>
void each_fact(const Changes& changes, Visit visit) {
  auto each = [&visit](const auto& list) {
    for (const auto& change : list) {
      if (change.before) visit(*change.before, -1);
      if (change.after) visit(*change.after, 1);
    }
  };
  each(changes.lessons);
  each(changes.payments);
  each(changes.homework);
  each(changes.people);
  each(changes.accesses);
  each(changes.logins);
}

// Whose answers may have changed: (scope, id) of analytics_versions. A payer's is that of a student.
using Scopes = std::set<std::pair<std::string_view, std::string>>;
Scopes scopes_of(const Changes& changes);

}  // namespace rb::analytics
