#pragma once
// From a request to a question that its caller may ask.
#include "api/app.hpp"
#include "api/period.hpp"
#include "db/query_runner.hpp"
#include "domain/figures/days.hpp"
#include "domain/rights.hpp"
#include "store/freshness.hpp"

namespace rb::analytics {

// Whose facts an answer is made of: of those asked about; of the students asked about, else everybody's
// (balances are with the school); everybody's.
enum class Reads { asked, students, school };

struct Asking {
  Viewer viewer;
  Scope scope;
  std::optional<Scope> before;  // compare=previous
  Freshness fresh;              // of what will be read, before it is
  Directory& people;
};

// Who asks, as the token and the directory say; the days and the zone.
// Errc::forbidden: as narrow(); besides, a tutor may name only own students. Errc::invalid: as days_asked().
Task<Result<Asking>> resolve(App& app, const http::Request& request, Area area, PeriodQuery query,
                             Reads reads = Reads::asked);
void note_reading(const Asking& asking, const http::Request& request);  // of a child's figures, in the log
// Both.
Task<Result<Asking>> ask(App& app, const http::Request& request, Area area, PeriodQuery query,
                         Reads reads = Reads::asked);

}  // namespace rb::analytics
