#pragma once
// From a request to a question that its caller may ask.
#include "api/app.hpp"
#include "api/period.hpp"
#include "db/query_runner.hpp"
#include "domain/figures/days.hpp"
#include "domain/rights.hpp"

namespace rb::analytics {

// Who asks, as the token and the directory say. Errc::forbidden: a token without a role of ours.
Task<Result<Viewer>> viewer_of(App& app, const http::Caller& caller);

// As narrow(); besides, a tutor may name only own students.
Task<Result<Narrowed>> narrow_for(App& app, const Viewer& viewer, Area area, Wanted wanted);

// Errc::forbidden and Errc::invalid as narrow_for() and days_asked(). `standard`: days of a question that
// names none.
Task<Result<Question>> question_for(App& app, const Viewer& viewer, Area area, PeriodQuery query,
                                    int standard = kStandardDays);

// Both at once, for endpoints of one area. Reading a child's data is logged.
struct Asking {
  Viewer viewer;
  Scope scope;
  std::optional<Scope> before;  // compare=previous
};
Task<Result<Asking>> ask(App& app, const http::Request& request, Area area, PeriodQuery query);

}  // namespace rb::analytics
