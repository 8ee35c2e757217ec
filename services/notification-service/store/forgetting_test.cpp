// What is erased with a person, and what is forgotten with time, on both databases.
#include "base/ids.hpp"
#include "service/dead_letters.hpp"
#include "store/attachments.hpp"
#include "store/counters.hpp"
#include "store/events.hpp"
#include "store/inbox.hpp"
#include "store/mentions.hpp"
#include "store/people.hpp"
#include "store/retention.hpp"
#include "store/store_test.hpp"
#include "store/story.hpp"
#include "store/tables.hpp"

namespace rb::notification {
namespace {

class Forgetting : public MessagesTest {};

TEST_P(Forgetting, an_erased_person_leaves_no_text_and_cannot_come_back_unseen) {
  Directory directory;
  directory.add({.id = "5", .full_name = "Борис"});
  insert({pending("a")});
  in_transaction([&](db::Transaction& tx) -> Task<> {
    save_people(tx, directory, {"5"}, kNow);
    erase_person(tx, "secret", "5", kNow);
    co_return;
  });
  EXPECT_FALSE(wait(load_people(reading(*db_), {"5"}, false)).at("5").known);
  EXPECT_EQ(stored("a").status, "cancelled");
  EXPECT_EQ(wait(erased_ids(reading(*db_), "secret", {"4", "5"})), std::vector<std::string>{"5"});
}

TEST_P(Forgetting, what_an_erased_person_was_just_being_sent_is_not_written_down) {
  insert({pending("before"), pending("now")});
  auto told = claim("one");
  auto write = [&](const std::string& id, const std::string& status) {
    auto m = *std::ranges::find(told, id, &Message::id);
    m.status = m.reason = status;
    m.reason += " <boris@example.test>";
    m.body = "Борис, занятие отменено";
    in_transaction([&](db::Transaction& tx) -> Task<> {
      record(tx, {{m, Attempt{id, 1, Channel::telegram, kNow, kNow, status, m.reason}}}, "one", kNow);
      co_return;
    });
  };
  write("before", "failed");
  in_transaction([&](db::Transaction& tx) -> Task<> {
    erase_person(tx, "secret", "5", kNow);
    co_return;
  });
  EXPECT_TRUE(wait(renew_leases(*db_, {"now"}, "one", kNow + 60s)).empty());
  write("now", "delivered");
  EXPECT_EQ(stored("before").status + stored("before").reason, "failed");
  EXPECT_EQ(wait(attempts_of(reading(*db_), "before")).at(0).detail, "");
  EXPECT_EQ(stored("now").status + " " + stored("now").reason, "cancelled person_erased");
  EXPECT_EQ(stored("now").body, "");
  EXPECT_TRUE(wait(attempts_of(reading(*db_), "now")).empty());
}

TEST_P(Forgetting, old_texts_are_forgotten_except_of_what_still_waits) {
  auto made = [](Time created) {
    auto m = pending(new_uuid(to_micros(created) / 1000));
    m.context = {{"subject", "Математика"}};
    m.created = created;
    return m;
  };
  auto old = made(kNow - 48h), fresh = made(kNow);
  insert({old, fresh});
  std::vector<Record> told;
  for (auto& message : claim("one")) {
    message.status = "delivered";
    message.body = "Занятие отменено";
    told.push_back({message, std::nullopt});
  }
  in_transaction([&](db::Transaction& tx) -> Task<> {
    record(tx, told, "one", kNow);
    co_return;
  });
  auto waits = made(kNow - 47h);
  insert({waits});

  EXPECT_EQ(wait(forget_texts(*db_, "", kNow - 24h)), waits.id);
  EXPECT_EQ(wait(forget_texts(*db_, waits.id, kNow - 24h)), std::nullopt);
  EXPECT_EQ(stored(old.id).body, "");
  EXPECT_EQ(stored(fresh.id).body, "Занятие отменено");
  EXPECT_EQ(claim("one").at(0).context.at("subject"), "Математика");
}

TEST_P(Forgetting, old_hours_become_days_once) {
  auto m = pending("a");
  m.status = "delivered";
  m.queued = false;
  m.sent = kNow + 40ms;
  m.event_at = kNow;
  auto day = Time(std::chrono::floor<std::chrono::days>(kNow));
  in_transaction([&](db::Transaction& tx) -> Task<> {
    for (auto hour : {0h, 5h, 23h}) count_finished(tx, {m, m}, day + hour);
    co_return;
  });
  for (int i = 0; i < 2; ++i) wait(merge_hours(*db_, day + 30h));
  auto read = reading(*db_);
  EXPECT_EQ(wait(counters(read, "", day, day + 1h)).at(0).amount, 6);
  EXPECT_TRUE(wait(counters(read, "", day + 1h, day + 24h)).empty());
  EXPECT_EQ(wait(latencies(read, "", day, day + 1h)), (Latencies{{latency_bucket(40ms), 6}}));
}

TEST_P(Forgetting, files_are_forgotten_except_of_what_still_waits) {
  auto finished = pending("a"), waits = pending("b");
  finished.queued = false;
  finished.status = "delivered";
  finished.attachments = "old";
  waits.attachments = "wanted";
  insert({finished, waits});
  in_transaction([](db::Transaction& tx) -> Task<> {
    for (auto id : {"old", "wanted"}) save_files(tx, {id, "5", {{"a.txt", "text/plain", "bytes\xFF"}}}, kNow);
    co_return;
  });
  EXPECT_FALSE(wait(forget_some(*db_, kNow + 1s)));
  EXPECT_TRUE(wait(load_files(reading(*db_), "old")).empty());
  EXPECT_EQ(wait(load_files(reading(*db_), "wanted")).at(0).bytes, "bytes\xFF");
  EXPECT_EQ(wait(file_of_message(reading(*db_), "b", 1))->user_id, "5");
  EXPECT_FALSE(wait(file_of_message(reading(*db_), "b", 2)));
}

TEST_P(Forgetting, links_that_were_over_long_ago_are_forgotten) {
  in_transaction([](db::Transaction& tx) -> Task<> {
    add_link_token(tx, "over", "5", kNow - 1h);
    add_link_token(tx, "good", "5", kNow + 1h);
    co_return;
  });
  EXPECT_FALSE(wait(forget_some(*db_, kNow)));
  std::vector<Result<std::string>> used;
  in_transaction([&](db::Transaction& tx) -> Task<> {
    for (auto token : {"over", "good"}) used.push_back(co_await use_link_token(tx, token, "500", kNow));
  });
  EXPECT_EQ(used.at(0).error().code, Errc::not_found);
  EXPECT_EQ(used.at(1).value(), "5");
}

TEST_P(Forgetting, an_erased_person_leaves_no_files_and_nothing_in_inboxes) {
  auto about = pending("m");
  about.user_id = "3";
  about.student_id = "5";
  insert({about});
  Directory directory;
  Person parent{.id = "3", .full_name = "Вера"};
  parent.children = {"5"};
  directory.add(parent);
  InboxEntry theirs, mothers, other;
  theirs.id = "i";
  theirs.user_id = "5";
  mothers.id = "m";
  other.id = "o";
  mothers.user_id = other.user_id = "3";
  for (const auto& entry : {theirs, mothers, other}) wait(add_to_inbox(*db_, "secret", entry, kNow));
  in_transaction([&](db::Transaction& tx) -> Task<> {
    save_people(tx, directory, {"3"}, kNow);
    save_files(tx, {"set", "5", {{"a.txt", "text/plain", "x"}}}, kNow);
    erase_person(tx, "secret", "5", kNow);
    co_return;
  });
  EXPECT_TRUE(wait(load_files(reading(*db_), "set")).empty());
  EXPECT_EQ(wait(count_inbox(reading(*db_), {.user_id = "5"})), 0);
  EXPECT_EQ(wait(inbox_page(reading(*db_), {.user_id = "3"})).at(0).id, "o");
  EXPECT_EQ(wait(count_inbox(reading(*db_), {.user_id = "3"})), 1);
  EXPECT_FALSE(wait(forget_some(*db_, kNow + 1s)));
  EXPECT_EQ(wait(count_inbox(reading(*db_), {.user_id = "3"})), 0);
}

TEST_P(Forgetting, what_mentions_an_erased_person_goes_and_nothing_else) {
  events::Event about, other;
  about.source = other.source = "/x";
  about.id = "1";
  other.id = "2";
  about.type = other.type = "homework.assigned";
  about.time = other.time = kNow;
  about.data = {{"homework_id", "77"}, {"student_ids", {"4", "5"}}};
  other.data = {{"homework_id", "55"}, {"student_ids", {"4"}}, {"grade", 5}};
  in_transaction([&](db::Transaction& tx) -> Task<> {
    co_await take_events(tx, {about, other}, kNow);
    for (std::string body :
         {R"({"user_id": 5, "name": "Аня"})", R"({"user_id": 6, "grade": 5})", "no JSON, of 5"}) {
      service::DeadLetter letter{"d" + body, "q", "broken", {}, kNow};
      letter.message.body = body;
      service::add_dead_letter(tx, tables(), letter);
    }
    co_await erase_mentions(tx, "5");
  });
  EXPECT_TRUE(wait(event_by_id(reading(*db_), "", "1"))->data.empty());
  EXPECT_EQ(wait(event_by_id(reading(*db_), "", "2"))->data.at("homework_id"), "55");
  auto left = wait(service::dead_letters(reading(*db_), tables(), std::nullopt, 10));
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].message.body, R"({"user_id": 6, "grade": 5})");
}

INSTANTIATE_TEST_SUITE_P(Databases, Forgetting, testing::Values("sqlite", "postgres"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::notification
