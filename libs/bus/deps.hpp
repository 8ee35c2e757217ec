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
  // For so long a message in the outbox of a vanished process waits before another one publishes it.
  Micros outbox_lease = std::chrono::seconds(20);
};

}  // namespace rb::bus
