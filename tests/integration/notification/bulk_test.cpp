// One text for hundreds: made and sent once, held and taken back at any moment, over restarts; on both
// backends.
#include "store/bulk.hpp"

#include <algorithm>
#include <map>

#include "base/strings.hpp"
#include "school.hpp"
#include "store/people.hpp"
#include "store/story.hpp"
#include "testkit/servers.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;

constexpr int kMany = 250;  // two portions

class Bulks : public School {
 protected:
  // So many parents with a chat each, and a bulk for them.
  void bulk(int count) {
    Directory directory;
    std::vector<std::string> ids;
    std::vector<BulkRecipient> recipients;
    for (int i = 0; i < count; ++i) {
      Person person;
      person.id = std::to_string(1000 + i);
      person.roles = {Audience::parent};
      person.addresses = {{Channel::telegram, std::to_string(chat_of(1000 + i)), false, ""}};
      ids.push_back(person.id);
      recipients.push_back({i + 1, person.id, Audience::any});
      directory.add(std::move(person));
    }
    bulk_.id = "b1";
    bulk_.due = bulk_.created = clock_.now();
    bulk_.total = count;
    bulk_.draft.message.type = "custom";
    bulk_.draft.message.priority = Priority::low;
    bulk_.draft.message.context = {{"message", "Новое расписание"}};
    in_transaction([&](db::Transaction& tx) -> Task<> {
      save_people(tx, directory, ids, clock_.now());
      add_bulk(tx, bulk_, recipients);
      co_return;
    });
  }

  void in_transaction(std::function<Task<>(db::Transaction&)> body) {
    run(backends_.database->transaction(std::move(body)));
  }
  void change(BulkChange what) {
    in_transaction([&](db::Transaction& tx) -> Task<> {
      bool done = co_await change_bulk(tx, "b1", what);
      EXPECT_TRUE(done);
    });
    backends_.bus->wake(kDeliveryTopic);
  }
  Bulk stored() { return run(bulk_by_id(reading(*backends_.database), "b1")).value(); }
  BulkCounts counts() { return run(bulk_state(reading(*backends_.database), bulk_)).counts; }

  int on_their_way() {
    std::vector<std::string> ids;
    for (int i = 0; i < kMany; ++i) ids.push_back(std::to_string(1000 + i));
    auto all = run(bulk_messages(reading(*backends_.database), bulk_, std::move(ids)));
    return static_cast<int>(std::ranges::count_if(all, [](const BulkMessage& m) {
      return m.status == "sending" || (m.reason.empty() && m.status == "pending");
    }));
  }

  // Lets the limits go by until so many have been sent.
  void send(int count) {
    auto enough = [&] {
      clock_.advance(200ms);
      return counts().sent >= count;
    };
    until(enough, "so many are sent");
  }
  void until_status(const std::string& status) {
    auto there = [&] {
      clock_.advance(200ms);
      return stored().status == status && stored().finished.has_value();
    };
    until(there, "the bulk ends");
  }
  int sent_twice() {
    std::map<std::string, int> sent;
    for (int i = 0; i < kMany; ++i)
      sent[std::to_string(i)] = static_cast<int>(texts(chat_of(1000 + i)).size());
    return static_cast<int>(std::ranges::count_if(sent, [](const auto& one) { return one.second > 1; }));
  }

  Bulk bulk_;
};

TEST_P(Bulks, reaches_everybody_once_and_ends) {
  bulk(kMany);
  until_status("done");
  EXPECT_EQ(counts().sent, kMany);
  EXPECT_EQ(counts().finished(), kMany);
  EXPECT_EQ(sent_twice(), 0);
  EXPECT_EQ(progress_of(stored(), counts()), 100);
}

TEST_P(Bulks, a_pause_holds_all_that_waits_and_going_on_sends_it) {
  bulk(kMany);
  send(30);
  change(BulkChange::pause);
  until([&] { return on_their_way() == 0; }, "nothing is under way");
  auto before = counts().sent;
  clock_.advance(10min);
  settle();
  EXPECT_EQ(counts().sent, before);
  EXPECT_LT(before, kMany);
  change(BulkChange::resume);
  until_status("done");
  EXPECT_EQ(counts().sent, kMany);
  EXPECT_EQ(sent_twice(), 0);
}

TEST_P(Bulks, a_cancelled_one_takes_back_what_waits) {
  bulk(kMany);
  send(30);
  change(BulkChange::cancel);
  until_status("cancelled");
  EXPECT_EQ(counts().waiting, 0);
  EXPECT_GE(counts().sent, 30);
  EXPECT_GT(counts().cancelled, 0);
}

TEST_P(Bulks, goes_on_after_a_restart) {
  bulk(kMany);
  send(30);
  restart();
  until_status("done");
  EXPECT_EQ(counts().sent, kMany);
  EXPECT_EQ(sent_twice(), 0);
}

TEST_P(Bulks, a_message_to_somebody_else_goes_first) {
  bulk(kMany);
  send(10);
  happens("lesson.created",
          R"("lesson_id":7,"tutor_id":1,"student_id":2,"scheduled_at":"2030-01-01T10:00:00Z")");
  auto arrived = [&] {
    clock_.advance(100ms);
    return !texts(chat_of(2)).empty();
  };
  auto before = counts().sent;
  until(arrived, "the other message");
  EXPECT_LT(counts().sent - before, 120);
}

TEST_P(Bulks, an_erased_person_is_passed_over) {
  clock_.advance(1s);
  bulk_.due = clock_.now();
  in_transaction([&](db::Transaction& tx) -> Task<> {
    erase_person(tx, service_->runtime().rules.secret, "1001", clock_.now());
    co_return;
  });
  bulk(3);
  until_status("done");
  EXPECT_EQ(counts().sent, 2);
  EXPECT_EQ(run(bulk_state(reading(*backends_.database), bulk_)).reasons.at("person_erased"), 1);
}

INSTANTIATE_TEST_SUITE_P(Backends, Bulks, testing::Values("embedded", "distributed"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace rb::notification
