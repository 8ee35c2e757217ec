#include "db/backends.hpp"

#include <unistd.h>

namespace rb::db {

void DatabaseTest::SetUp() {
  auto pattern = (std::filesystem::temp_directory_path() / "db-test-XXXXXX").string();
  ASSERT_NE(mkdtemp(pattern.data()), nullptr);
  folder_ = pattern;
  url_ = "sqlite:///" + folder_.string() + "/nested/test.sqlite3";
  reopen(settings());
}

void DatabaseTest::TearDown() {
  close();
  std::filesystem::remove_all(folder_);
}

void DatabaseTest::reopen(DatabaseSettings settings) {
  close();
  db_ = loop_.run_until(open(loop_, std::move(settings)));
}

void DatabaseTest::close() {
  if (db_) loop_.run_until(db_->close());
  db_.reset();
}

}  // namespace rb::db
