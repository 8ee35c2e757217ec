#pragma once
// How fast analytics-service answers: dashboards and figures of the school, each question asked for the first
// time (cold) and again (warm), and what the statements of the cold ones cost by hand.
#include "analytics_setup.hpp"

namespace rb::bench {

// `settings`: an installation that holds the school.
void measure_questions(const Setup& setup, const School& school, const testkit::Settings& settings);

// Without the floor: SQLite has no log of statements.
void measure_questions_to_sqlite(const Setup& setup, const School& school, const testkit::Settings& settings);

}  // namespace rb::bench
