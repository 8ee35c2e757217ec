#pragma once
// How fast a school's history is imported, into both databases.
#include "analytics_setup.hpp"

namespace rb::bench {

// The settings of the installation on SQLite, which has the school now.
testkit::Settings measure_import(const Setup& setup, const School& school);

}  // namespace rb::bench
