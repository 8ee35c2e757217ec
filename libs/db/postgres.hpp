#pragma once
// Database over PostgreSQL 15: a pool of connections, each transaction on one of its own.
#include "db/open.hpp"

namespace rb::db {

// Connects once, so that what is wrong with the settings shows at once.
Task<std::unique_ptr<Database>> open_postgres(net::Loop& loop, OpenOptions settings);

}  // namespace rb::db
