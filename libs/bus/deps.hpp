#pragma once
// What every bus needs from its service. All of it must outlive the bus.
#include "db/database.hpp"
#include "net/loop.hpp"
#include "time/clock.hpp"

namespace rb::bus {

struct Deps {
  net::Loop& loop;
  const Clock& clock;
  db::Database& db;
  net::ErrorSink on_error;  // told why a consumer or the relay failed; both try again
};

}  // namespace rb::bus
