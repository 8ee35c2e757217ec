#include "store/store_test.hpp"

#include "db/testing.hpp"
#include "domain/fairness.hpp"
#include "rb/notification/sql/channels.sql.hpp"
#include "rb/notification/sql/counters.sql.hpp"
#include "rb/notification/sql/digests.sql.hpp"
#include "rb/notification/sql/events.sql.hpp"
#include "rb/notification/sql/imports.sql.hpp"
#include "rb/notification/sql/inbox.sql.hpp"
#include "rb/notification/sql/mentions.sql.hpp"
#include "rb/notification/sql/messages.sql.hpp"
#include "rb/notification/sql/people.sql.hpp"
#include "rb/notification/sql/retention.sql.hpp"
#include "rb/notification/sql/story.sql.hpp"
#include "store/counters.hpp"
#include "store/events.hpp"
#include "store/people.hpp"
#include "store/story.hpp"
#include "store/tables.hpp"

namespace rb::notification {
namespace {

class Store : public MessagesTest {};

Message reminder(std::string id, std::string student, Time due) {
  auto m = pending(std::move(id));
  m.type = "lesson.reminder";
  m.channel.reset();
  m.status = "scheduled";
  m.queued = false;
  m.lesson_id = "7";
  m.student_id = std::move(student);
  m.due = due;
  m.expires = due + 1h;
  return m;
}

TEST_P(Store, every_statement_is_understood_by_the_database) {
  using Queries = std::span<const db::Query* const>;
  for (auto queries :
       {Queries(sql::people_queries), Queries(sql::events_queries), Queries(sql::messages_queries),
        Queries(sql::imports_queries), Queries(sql::retention_queries), Queries(sql::mentions_queries),
        Queries(sql::counters_queries), Queries(sql::story_queries), Queries(sql::channels_queries),
        Queries(sql::digests_queries), Queries(sql::inbox_queries)})
    EXPECT_EQ(wait(db::refused(*db_, queries)), std::vector<std::string>{});
  for (const auto& query : tables().all())
    EXPECT_EQ(wait(db::refused(*db_, std::array{&query})), std::vector<std::string>{});
}

TEST_P(Store, a_message_is_claimed_by_one_worker_most_urgent_first) {
  insert({pending("a", Priority::low), pending("b", Priority::urgent), pending("c")});
  auto first = claim("one", kNow, 2);
  ASSERT_EQ(first.size(), 2U);
  std::set<std::string> ids = {first[0].id, first[1].id};
  EXPECT_EQ(ids, (std::set<std::string>{"b", "c"}));
  EXPECT_EQ(first[0].attempts, 1);
  auto second = claim("two");
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0].id, "a");
  EXPECT_EQ(second[0].context.at("lesson").at("subject"), "Математика");
  EXPECT_TRUE(claim("three").empty());
}

TEST_P(Store, a_steady_stream_of_urgent_messages_goes_first_and_starves_nobody) {
  auto low = pending("low", Priority::low);
  low.due = kNow - 1min;
  insert({low});
  int round = 0;
  std::string last;
  for (std::int64_t given = 0; last != "low" && round < 20; ++given, ++round) {
    insert({pending("urgent" + std::to_string(round), Priority::urgent)});
    auto claimed = claim("one", kNow, 1, places_of_longest_waiting(given, 1));
    ASSERT_EQ(claimed.size(), 1U);
    last = claimed[0].id;
  }
  EXPECT_EQ(round, 10);
}

TEST_P(Store, the_longest_waiting_get_the_places_that_are_theirs_and_no_others) {
  auto old = pending("old", Priority::low), older = pending("older", Priority::normal);
  old.due = kNow - 1h;
  older.due = kNow - 2h;
  insert({old, older, pending("a", Priority::urgent), pending("b", Priority::urgent),
          pending("c", Priority::high)});
  std::set<std::string> ids;
  for (const auto& m : claim("one", kNow, 3, 1)) ids.insert(m.id);
  EXPECT_EQ(ids, (std::set<std::string>{"older", "a", "b"}));
}

TEST_P(Store, what_is_due_later_is_neither_claimed_nor_in_the_way) {
  auto later = pending("later", Priority::urgent);
  later.due = kNow + 1s;
  insert({later, pending("now", Priority::low)});
  auto claimed = claim("one", kNow, 1);
  ASSERT_EQ(claimed.size(), 1U);
  EXPECT_EQ(claimed[0].id, "now");
  EXPECT_EQ(wait(next_due(reading(*db_), Channel::telegram)), kNow + 1s);
  EXPECT_EQ(wait(next_due(reading(*db_), Channel::email)), std::nullopt);
}

TEST_P(Store, a_key_keeps_its_first_message) {
  EXPECT_EQ(insert({pending("a")}).size(), 1U);
  auto again = pending("b");
  again.key = "key-a";
  EXPECT_TRUE(insert({again, again}).empty());
}

TEST_P(Store, a_producers_reminder_pulls_ours_forward) {
  insert({reminder("a", "5", kNow + 1h)});
  auto now = reminder("b", "5", kNow);
  now.key = "key-a";
  EXPECT_EQ(insert({now}), std::vector<std::string>{"a"});
  EXPECT_EQ(stored("a").due, kNow);
}

TEST_P(Store, a_lesson_moved_back_revives_its_reminder) {
  insert({reminder("a", "5", kNow + 1h)});
  in_transaction([](db::Transaction& tx) -> Task<> {
    withdraw_reminders(tx, {"7", {}, "lesson_rescheduled"}, kNow);
    co_return;
  });
  EXPECT_EQ(stored("a").status, "cancelled");
  insert({reminder("a", "5", kNow + 1h)});
  EXPECT_EQ(stored("a").status, "scheduled");
}

TEST_P(Store, every_change_of_a_planned_message_is_kept) {
  insert({reminder("a", "5", kNow + 1h)});
  in_transaction([](db::Transaction& tx) -> Task<> {
    withdraw_reminders(tx, {"7", {}, "lesson_rescheduled"}, kNow + 1min);
    co_return;
  });
  auto again = reminder("b", "5", kNow + 1h);
  again.key = "key-a";
  again.created = kNow + 2min;
  insert({again});
  in_transaction([](db::Transaction& tx) -> Task<> {
    promote(tx, {{"a", "suppressed", "no_address", std::nullopt}}, kNow + 1h);
    co_return;
  });
  std::vector<std::string> states;
  for (const auto& s : wait(states_of(reading(*db_), "a"))) states.push_back(s.status + " " + s.reason);
  EXPECT_EQ(states, (std::vector<std::string>{"scheduled ", "cancelled lesson_rescheduled", "scheduled ",
                                              "suppressed no_address"}));
}

TEST_P(Store, withdrawing_for_one_student_leaves_the_others) {
  insert({reminder("a", "5", kNow + 1h), reminder("b", "6", kNow + 1h)});
  in_transaction([](db::Transaction& tx) -> Task<> {
    withdraw_reminders(tx, {"7", {"5"}, "lesson_cancelled"}, kNow);
    co_return;
  });
  EXPECT_EQ(stored("a").status, "cancelled");
  EXPECT_EQ(stored("b").status, "scheduled");
}

TEST_P(Store, a_worker_that_lost_its_lease_changes_nothing) {
  insert({pending("a")});
  auto mine = claim("one").at(0);
  in_transaction([](db::Transaction& tx) -> Task<> {
    EXPECT_EQ(co_await take_over_expired(tx, kNow + 31s, kNow + 31s), 1);
  });
  auto theirs = claim("two", kNow + 31s).at(0);
  EXPECT_EQ(theirs.attempts, 2);
  mine.status = "delivered";
  mine.queued = false;
  in_transaction([&](db::Transaction& tx) -> Task<> {
    record(tx, {{mine, std::nullopt}}, "one", kNow);
    co_return;
  });
  EXPECT_EQ(stored("a").status, "sending");
  auto attempts = wait(attempts_of(reading(*db_), "a"));
  ASSERT_EQ(attempts.size(), 1U);
  EXPECT_EQ(attempts[0].outcome, "interrupted");
}

TEST_P(Store, a_worker_that_comes_back_before_the_next_try_is_believed) {
  insert({pending("a")});
  auto mine = claim("one").at(0);
  in_transaction([](db::Transaction& tx) -> Task<> {
    EXPECT_EQ(co_await take_over_expired(tx, kNow + 31s, kNow + 31s), 1);
  });
  mine.status = "delivered";
  mine.queued = false;
  in_transaction([&](db::Transaction& tx) -> Task<> {
    record(tx, {{mine, Attempt{"a", 1, Channel::telegram, kNow, kNow + 1s, "delivered", ""}}}, "one", kNow);
    co_return;
  });
  EXPECT_TRUE(claim("two", kNow + 31s).empty());
  EXPECT_EQ(stored("a").status, "delivered");
  EXPECT_EQ(wait(attempts_of(reading(*db_), "a")).at(0).outcome, "delivered");
}

TEST_P(Store, a_lease_is_renewed_for_the_worker_that_has_it) {
  insert({pending("a")});
  claim("one");
  EXPECT_TRUE(wait(renew_leases(*db_, {"a"}, "two", kNow + 60s)).empty());
  EXPECT_EQ(wait(renew_leases(*db_, {"a"}, "one", kNow + 60s)), std::vector<std::string>{"a"});
  in_transaction([](db::Transaction& tx) -> Task<> {
    EXPECT_EQ(co_await take_over_expired(tx, kNow + 59s, kNow + 59s), 0);
  });
}

TEST_P(Store, what_became_of_a_message_is_kept_and_counted) {
  insert({pending("a")});
  auto m = claim("one").at(0);
  m.status = "delivered";
  m.queued = false;
  m.title = "Занятие отменено";
  m.sent = kNow + 1s;
  in_transaction([&](db::Transaction& tx) -> Task<> {
    record(tx, {{m, Attempt{"a", 1, Channel::telegram, kNow, kNow + 1s, "delivered", ""}}}, "one", kNow);
    co_return;
  });
  EXPECT_EQ(stored("a").title, "Занятие отменено");
  EXPECT_EQ(stored("a").sent, kNow + 1s);
  auto counted = wait(counters(reading(*db_), "", kNow - 1h, kNow + 1h));
  ASSERT_EQ(counted.size(), 1U);
  EXPECT_EQ(counted[0].status, "delivered");
  EXPECT_EQ(counted[0].amount, 1);
}

TEST_P(Store, a_message_put_back_counts_no_attempt) {
  insert({pending("a")});
  auto m = claim("one").at(0);
  m.due = kNow + 5s;
  in_transaction([&](db::Transaction& tx) -> Task<> {
    put_back(tx, {m}, "one");
    co_return;
  });
  EXPECT_TRUE(claim("one", kNow + 4s).empty());
  EXPECT_EQ(claim("one", kNow + 5s).at(0).attempts, 1);
}

TEST_P(Store, an_event_is_taken_once) {
  events::Event event;
  event.source = "/x";
  event.id = "1";
  event.type = "user.login";
  event.data = {{"user_id", "5"}};
  for (std::size_t expected : {1U, 0U}) {
    in_transaction([&](db::Transaction& tx) -> Task<> {
      EXPECT_EQ((co_await take_events(tx, {event}, kNow)).size(), expected);
    });
  }
}

TEST_P(Store, the_same_words_without_an_id_are_taken_once_in_24_hours) {
  auto taken = [&](std::string_view day, Time now) {
    events::Event event;
    event.source = "/balance";
    event.id = "sha256-" + std::string(48, 'a') + "-" + std::string(day);
    event.type = "balance.low";
    event.data = {{"student_ids", {"5"}}};
    std::size_t amount = 0;
    in_transaction(
        [&](db::Transaction& tx) -> Task<> { amount = (co_await take_events(tx, {event}, now)).size(); });
    return amount == 1;
  };
  EXPECT_TRUE(taken("20455", kNow));
  EXPECT_FALSE(taken("20456", kNow + 24h - 1s));
  EXPECT_TRUE(taken("20456", kNow + 24h));
  EXPECT_FALSE(taken("20456", kNow + 25h));
}

TEST_P(Store, people_come_back_with_relatives_addresses_and_consents) {
  Directory directory;
  Person parent{.id = "3", .full_name = "Вера Ким", .roles = {Audience::parent}};
  parent.children = {"2"};
  parent.addresses = {{Channel::email, "vera@example.test", false, ""}};
  parent.preferences.reminder_minutes = std::vector{30};
  directory.add(parent);
  Person student{.id = "2", .full_name = "Аня Ким", .roles = {Audience::student}};
  student.parents = {"3"};
  directory.add(student);
  in_transaction([&](db::Transaction& tx) -> Task<> {
    save_people(tx, directory, {"2", "3"}, kNow);
    save_consent(tx, {"3", "marketing", true, kNow, {}});
    co_return;
  });
  auto loaded = wait(load_people(reading(*db_), {"2"}, true));
  EXPECT_EQ(loaded.at("2").parents, std::vector<std::string>{"3"});
  const auto& vera = loaded.at("3");
  EXPECT_EQ(vera.full_name, "Вера Ким");
  EXPECT_EQ(vera.children, std::vector<std::string>{"2"});
  EXPECT_EQ(vera.address(Channel::email)->value, "vera@example.test");
  EXPECT_EQ(vera.preferences.reminder_minutes, std::vector{30});
  EXPECT_TRUE(vera.consents.contains("marketing"));
  EXPECT_EQ(wait(ids_with_role(reading(*db_), Audience::parent)), std::vector<std::string>{"3"});
}

TEST_P(Store, a_consent_that_comes_late_does_not_undo_a_newer_one) {
  in_transaction([](db::Transaction& tx) -> Task<> {
    save_consent(tx, {"3", "marketing", false, kNow, {}});
    save_consent(tx, {"3", "marketing", true, kNow - 1h, {}});
    co_return;
  });
  EXPECT_TRUE(wait(load_people(reading(*db_), {"3"}, false)).at("3").withdrawn.contains("marketing"));
}

TEST_P(Store, remembers_when_and_how_a_consent_was_given) {
  in_transaction([](db::Transaction& tx) -> Task<> {
    save_consent(tx, {"3", "marketing", true, kNow, {{"given_by", "4"}, {"text_version", "2"}}});
    co_return;
  });
  auto kept = wait(consents_on_record(reading(*db_), "3"));
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].changed_at, kNow);
  EXPECT_EQ(kept[0].details, (boost::json::object{{"given_by", "4"}, {"text_version", "2"}}));
}

TEST_P(Store, a_suspended_address_stays_so_until_it_changes) {
  Directory directory;
  Person person{.id = "5", .full_name = "Борис"};
  person.addresses = {{Channel::telegram, "500", false, ""}};
  directory.add(person);
  auto save = [&] {
    in_transaction([&](db::Transaction& tx) -> Task<> {
      save_people(tx, directory, {"5"}, kNow);
      co_return;
    });
  };
  save();
  in_transaction([](db::Transaction& tx) -> Task<> {
    suspend_address(tx, Channel::telegram, "500", "blocked", kNow);
    co_return;
  });
  save();
  EXPECT_TRUE(wait(load_people(reading(*db_), {"5"}, false)).at("5").address(Channel::telegram)->suspended);
  person.addresses[0].value = "501";
  directory.add(person);
  save();
  EXPECT_FALSE(wait(load_people(reading(*db_), {"5"}, false)).at("5").address(Channel::telegram)->suspended);
}

TEST_P(Store, a_link_token_works_for_one_chat_and_not_too_late) {
  in_transaction([](db::Transaction& tx) -> Task<> {
    add_link_token(tx, "good", "5", kNow + 1h);
    add_link_token(tx, "old", "5", kNow - 1h);
    co_return;
  });
  auto use = [&](std::string token, std::string chat = "500") {
    Result<std::string> out = fail(Errc::invalid, "");
    wait(db_->transaction([&](db::Transaction& tx) -> Task<> {
      out = co_await use_link_token(tx, token, chat, kNow);
      if (out) connect_address(tx, *out, Channel::telegram, chat, kNow);
    }));
    return out;
  };
  EXPECT_EQ(use("good").value(), "5");
  EXPECT_EQ(use("good").value(), "5") << "a repeated call of the same chat gets the same answer";
  EXPECT_EQ(use("good", "666").error().message, "this link has been used already");
  EXPECT_EQ(use("old").error().message, "this link has expired");
  EXPECT_EQ(use("none").error().code, Errc::not_found);
}

TEST_P(Store, history_is_newest_first_with_filters_and_a_cursor) {
  for (int i = 0; i < 5; ++i) {
    auto m = pending("m" + std::to_string(i));
    m.created = kNow + i * 1s;
    if (i == 2) m.type = "homework.assigned";
    insert({m});
  }
  HistoryQuestion question{.user_id = "5", .limit = 2};
  auto page = wait(messages_of(reading(*db_), question));
  ASSERT_EQ(page.size(), 2U);
  EXPECT_EQ(page[0].id, "m4");
  question.before = {page[1].created, page[1].id};
  EXPECT_EQ(wait(messages_of(reading(*db_), question))[0].id, "m2");
  EXPECT_EQ(wait(count_messages_of(reading(*db_), {.user_id = "5", .type = "homework.assigned"})), 1);
}

INSTANTIATE_TEST_SUITE_P(Databases, Store, testing::Values("sqlite", "postgres"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::notification
