#pragma once
// For tests: the tables of this service on an empty database of each backend.
#include <gtest/gtest.h>

#include "db/migrate.hpp"
#include "store/messages.hpp"
#include "store/migrations.hpp"
#include "testkit/databases.hpp"

namespace rb::notification {

using namespace std::chrono_literals;

inline const Time kNow{std::chrono::hours(500'000)};

class StoreTest : public testkit::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    ManualClock clock(kNow);
    wait(db::migrate(
        *db_, db::embedded_migrations("notification", migration_files::files(), &migration_files::file),
        clock));
  }
};

class MessagesTest : public StoreTest {
 protected:
  template <class Body>
  void in_transaction(Body body) {
    wait(db_->transaction([&](db::Transaction& tx) -> Task<> { return body(tx); }));
  }

  std::vector<std::string> insert(std::vector<Message> messages) {
    std::vector<std::string> ids;
    wait(db_->transaction(
        [&](db::Transaction& tx) -> Task<> { ids = co_await insert_messages(tx, messages); }));
    return ids;
  }

  std::vector<Message> claim(std::string owner, Time now = kNow, int limit = 10, int oldest = 0) {
    return wait(claim_due(*db_, Channel::telegram, std::move(owner), now, now + 30s, limit, oldest));
  }

  Message stored(const std::string& id) { return wait(message_by_id(reading(*db_), id)).value(); }
};

// To student 5, due at kNow.
inline Message pending(std::string id, Priority priority = Priority::normal) {
  Message m;
  m.id = std::move(id);
  m.key = "key-" + m.id;
  m.user_id = "5";
  m.type = "lesson.cancelled";
  m.audience = Audience::student;
  m.channel = Channel::telegram;
  m.priority = priority;
  m.status = "pending";
  m.queued = true;
  m.due = m.created = m.event_at = kNow;
  m.context = {{"lesson", {{"subject", "Математика"}}}};
  return m;
}

}  // namespace rb::notification
