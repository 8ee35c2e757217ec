#pragma once
// Database over one SQLite file (WAL, every commit flushed to disk): one writer and two readers, each on a
// thread of its own.
#include <memory>
#include <string>
#include <string_view>

#include "db/database.hpp"
#include "net/loop.hpp"

namespace rb::db {

inline constexpr std::string_view kSqliteMemory = ":memory:";  // a private file, deleted with the Database

// Creates the file and its folder when they are missing.
std::unique_ptr<Database> open_sqlite(net::Loop& loop, std::string path, Micros statement_deadline);

}  // namespace rb::db
