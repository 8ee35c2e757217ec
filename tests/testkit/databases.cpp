#include "testkit/databases.hpp"

#include <unistd.h>

#include "testkit/servers.hpp"

namespace rb::testkit {
namespace {

// A schema of its own in the one database of this program: much quicker than a database.
std::string fresh_postgres(net::Loop& loop) {
  static const auto url = fresh_postgres_url();
  static int schemas = 0;
  auto schema = "test_" + std::to_string(++schemas);
  auto database = loop.run_until(db::open(loop, {.url = url}));
  loop.run_until(database->script("create schema " + schema));
  loop.run_until(database->close());
  return url + "?options=-csearch_path%3D" + schema;
}

}  // namespace

void DatabaseTest::SetUp() {
  if (GetParam() == "postgres") {
    url_ = fresh_postgres(loop_);
  } else {
    auto pattern = (std::filesystem::temp_directory_path() / "db-test-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    url_ = "sqlite:///" + folder_.string() + "/nested/test.sqlite3";
  }
  reopen(settings());
}

void DatabaseTest::TearDown() {
  close();
  if (!folder_.empty()) std::filesystem::remove_all(folder_);
}

void DatabaseTest::reopen(db::OpenOptions settings) {
  close();
  db_ = loop_.run_until(db::open(loop_, std::move(settings)));
}

void DatabaseTest::close() {
  if (db_) loop_.run_until(db_->close());
  db_.reset();
}

}  // namespace rb::testkit
