#pragma once
// The name of a server without blocking the loop: libpq would ask the resolver itself, and wait.
#include "db/postgres_address.hpp"
#include "net/loop.hpp"

namespace rb::db {

// The address with `hostaddr` filled in, unless it is a socket's folder, a list or numeric already. Throws
// Unavailable for an unknown host.
Task<PostgresAddress> resolved(net::Loop& loop, PostgresAddress address, Micros deadline);

}  // namespace rb::db
