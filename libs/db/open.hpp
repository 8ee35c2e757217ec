#pragma once
// The way to a Database. `loop` outlives it.
#include <memory>
#include <string>

#include "db/database.hpp"
#include "net/loop.hpp"

namespace rb::db {

struct OpenOptions {
  // sqlite:///relative/path, sqlite:////absolute/path, sqlite://:memory: (a private file that ends with the
  // Database; for tests), postgresql://user:password@host:port/name (also postgres://, postgresql+asyncpg://)
  std::string url;
  int connections = 4;  // of PostgreSQL; SQLite has one writer and two readers
  Micros connect_deadline = std::chrono::seconds(5);
  Micros statement_deadline = std::chrono::seconds(30);  // longer is Unavailable; scripts have ten minutes
};

// Throws Unavailable when the server cannot be reached or lets us not in, Broken when the URL or the file
// cannot be used; what() is one sentence for a person, without the password.
Task<std::unique_ptr<Database>> open(net::Loop& loop, OpenOptions settings);

}  // namespace rb::db
