#pragma once
// The same suite over SQLite and a real PostgreSQL: TEST_P of a class derived from DatabaseTest, instantiated
// with testing::Values("sqlite", "postgres").
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

#include "db/open.hpp"

namespace rb::testkit {

// A loop and an empty database of the backend that the test's parameter names.
class DatabaseTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override;
  void TearDown() override;
  db::OpenOptions settings() const { return {.url = url_}; }
  void reopen(db::OpenOptions settings);
  void close();

  template <class T>
  T wait(Task<T> task) {
    return loop_.run_until(std::move(task));
  }

  net::Loop loop_{
      [](const std::string& task, const std::string& what) { ADD_FAILURE() << task << ": " << what; }};
  std::string url_;
  std::unique_ptr<db::Database> db_;
  std::filesystem::path folder_;
};

}  // namespace rb::testkit
