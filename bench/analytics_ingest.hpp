#pragma once
// How fast analytics-service takes a school in: from RabbitMQ, as history, and what the same statements cost
// by hand.
#include "analytics_setup.hpp"

namespace rb::bench {

// The whole school through RabbitMQ, into PostgreSQL; the settings of the installation that has it now.
testkit::Settings measure_ingest(const Setup& setup, const School& school);

}  // namespace rb::bench
