#pragma once
// For tests: the tables of this service on an empty database of each backend.
#include "db/migrate.hpp"
#include "store/migrations.hpp"
#include "testkit/databases.hpp"

namespace rb::notification {

class StoreTest : public testkit::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    ManualClock clock(Time(std::chrono::hours(500'000)));
    wait(db::migrate(
        *db_, db::embedded_migrations("notification", migration_files::files(), &migration_files::file),
        clock));
  }
};

}  // namespace rb::notification
