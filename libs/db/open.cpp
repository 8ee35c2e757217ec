#include "db/open.hpp"

#include "db/postgres.hpp"
#include "db/sqlite.hpp"

namespace rb::db {

Task<std::unique_ptr<Database>> open(net::Loop& loop, OpenOptions settings) {
  constexpr std::string_view sqlite = "sqlite://";
  if (settings.url.starts_with("postgres")) co_return co_await open_postgres(loop, std::move(settings));
  if (!settings.url.starts_with(sqlite)) {
    throw Broken("the database URL must begin with sqlite:/// or postgresql://");
  }
  auto path = settings.url.substr(sqlite.size());
  if (path != kSqliteMemory && (!path.starts_with('/') || path.size() < 2)) {
    throw Broken("the database URL must be sqlite:///relative/path or sqlite:////absolute/path");
  }
  if (path.starts_with('/')) path.erase(0, 1);
  co_return open_sqlite(loop, std::move(path), settings.statement_deadline);
}

}  // namespace rb::db
