// What analytics says by itself about balances and homework: once, on time, after restarts too.
#include "analytics-service/tools.hpp"
#include "listening.hpp"
#include "time/iso.hpp"

namespace rb::analytics {
namespace {

using namespace std::chrono_literals;

class Derived : public Listening {
 protected:
  void paid(int id, int amount) {
    happens("p" + std::to_string(id), "payment.processed",
            R"("payment_id":)" + std::to_string(id) + R"(,"student_id":2,"user_id":3,"amount":)" +
                std::to_string(amount));
  }
  void held(int id) {
    happens("l" + std::to_string(id), "lesson.completed",
            R"("tutor_id":1,"student_id":2,"price":1000,"completed_at":"2026-01-06T10:00:00Z","lesson_id":)" +
                std::to_string(id));
  }
  void held(int from, int to) {
    for (int id = from; id <= to; ++id) held(id);
  }
  void assigned(int id, const std::string& due, const std::string& event = "") {
    happens(event.empty() ? "h" + std::to_string(id) : event, "homework.assigned",
            R"("homework_id":)" + std::to_string(id) +
                R"(,"tutor_id":1,"student_ids":[2,4],"subject":"Физика","due_date":")" + due + '"');
  }
  // An event of a history, and its import.
  static std::string old(const std::string& id, const std::string& type, const std::string& data) {
    return R"({"specversion":"1.0","id":")" + id + R"(","source":"/old","type":")" + type +
           R"(","time":"2026-12-01T10:00:00Z","data":{)" + data + "}}";
  }
  void import(std::vector<std::string> history) {
    auto import =
        run(HistoryImport::open(*backends_.database, clock_, environment_["JWT_SECRET_KEY"], Zone::utc()));
    for (const auto& line : run(import->take(std::move(history))))
      EXPECT_EQ(line.state, HistoryImport::State::accepted) << line.reason;
  }
  std::string in(Micros time) { return format_iso(clock_.now() + time); }
  // Until so many events are in the log, markers not counted.
  void logged_are(int events) {
    wait_for(
        "select count(*) as n from analytics_event_log where source = '/school' and id not like 'marker%'",
        events);
  }
};

TEST_P(Derived, low_balance_is_told_to_the_payer_once_until_it_rises) {
  paid(1, 3000);
  held(1);
  logged_are(2);
  settle();
  EXPECT_TRUE(heard("balance.low").empty()) << "two lessons are left";
  held(2);
  logged_are(3);
  settle();
  ASSERT_EQ(heard("balance.low").size(), 1U);
  auto first = heard("balance.low").at(0);
  EXPECT_EQ(first.text("user_id"), "3");
  EXPECT_EQ(first.list("student_ids"), std::vector<std::string>{"2"});
  EXPECT_EQ(first.text("amount"), "1000.00");
  EXPECT_EQ(first.integer("lessons_left"), 1);
  held(3, 4);
  logged_are(5);
  settle();
  EXPECT_EQ(heard("balance.low").size(), 1U) << "it has not risen since";
  paid(2, 4000);
  logged_are(6);
  settle();
  held(5, 7);
  logged_are(9);
  settle();
  ASSERT_EQ(heard("balance.low").size(), 2U);
  EXPECT_NE(heard("balance.low").at(1).id, first.id);
}

TEST_P(Derived, a_debt_is_told_in_lessons) {
  held(1, 2);
  logged_are(2);
  settle();
  ASSERT_EQ(heard("balance.low").size(), 1U);
  auto low = heard("balance.low").at(0);
  EXPECT_EQ(low.text("user_id"), "2") << "nobody has said who pays: notification-service knows the parents";
  EXPECT_EQ(low.text("amount"), "0.00");
  EXPECT_EQ(low.integer("lessons_left"), -2);
}

TEST_P(Derived, a_restart_loses_and_repeats_nothing) {
  held(1);
  assigned(5, in(1h));
  assigned(6, in(30s));
  logged_are(3);
  restart();
  settle();
  EXPECT_EQ(heard("balance.low").size(), 1U);
  stop();
  clock_.advance(10 * 24h);
  start();
  settle();
  EXPECT_EQ(heard("homework.overdue").size(), 2U) << "also what passed meanwhile";
  restart();
  held(2);
  logged_are(4);
  settle();
  EXPECT_EQ(heard("balance.low").size(), 1U);
  EXPECT_EQ(heard("homework.overdue").size(), 2U);
}

TEST_P(Derived, homework_is_overdue_when_its_moment_passes_and_it_is_not_handed_in) {
  assigned(5, in(1h));
  assigned(6, in(1h));
  logged_are(2);
  advance(30min);
  EXPECT_TRUE(heard("homework.overdue").empty());
  happens("s", "homework.submitted", R"("homework_id":6,"student_id":2)");
  logged_are(3);
  advance(30min);
  ASSERT_EQ(heard("homework.overdue").size(), 1U);
  auto overdue = heard("homework.overdue").at(0);
  EXPECT_EQ(overdue.text("homework_id"), "5");
  EXPECT_EQ(overdue.list("student_ids"), (std::vector<std::string>{"2", "4"}));
  EXPECT_EQ(overdue.text("tutor_id"), "1");
  EXPECT_EQ(overdue.text("subject"), "Физика");
  EXPECT_EQ(overdue.moment("due_date"), overdue.time);
  advance(24h);
  EXPECT_EQ(heard("homework.overdue").size(), 1U);
}

TEST_P(Derived, homework_that_gets_another_date_is_told_of_by_that) {
  assigned(5, in(1h));
  logged_are(1);
  settle();
  assigned(5, in(5h), "moved");
  logged_are(2);
  advance(2h);
  EXPECT_TRUE(heard("homework.overdue").empty());
  advance(3h);
  EXPECT_EQ(heard("homework.overdue").size(), 1U);
}

TEST_P(Derived, homework_that_was_due_long_before_it_became_known_is_no_news) {
  assigned(5, in(-8 * 24h));
  assigned(6, in(-1h));
  logged_are(2);
  settle();
  ASSERT_EQ(heard("homework.overdue").size(), 1U);
  EXPECT_EQ(heard("homework.overdue").at(0).text("homework_id"), "6");
}

TEST_P(Derived, a_day_ends_where_the_tutor_lives) {
  happens("u", "user.registered", R"("user_id":1,"role":"tutor","timezone":"Asia/Vladivostok")");
  assigned(5, "2026-12-18");  // the clock begins with that day of UTC; there it ends ten hours earlier
  logged_are(2);
  advance(13h);
  EXPECT_TRUE(heard("homework.overdue").empty());
  advance(1h + 1min);
  EXPECT_EQ(heard("homework.overdue").size(), 1U);
}

TEST_P(Derived, what_analytics_says_itself_changes_no_figure) {
  assigned(5, in(1h));
  logged_are(1);
  advance(1h);
  ASSERT_EQ(heard("homework.overdue").size(), 1U);
  happens("s", "homework.submitted", R"("homework_id":5,"student_id":2)");
  logged_are(2);
  EXPECT_EQ(count("select count(*) as n from analytics_homework where overdue"), 0);
  EXPECT_EQ(count("select count(*) as n from analytics_event_log where source = '/analytics-service'"), 0);
  EXPECT_EQ(count("select count(*) as n from analytics_dead_letters"), 0);
  EXPECT_EQ(differences(), std::vector<std::string>{});
}

TEST_P(Derived, an_imported_history_is_no_news_but_its_future_is) {
  import(
      {old("1", "lesson.completed", R"("lesson_id":1,"tutor_id":1,"student_id":2,"price":1000)"),
       old("2", "homework.assigned", R"("homework_id":5,"student_id":2,"due_date":"2026-12-16T10:00:00Z")"),
       old("3", "homework.assigned", R"("homework_id":6,"student_id":2,"due_date":")" + in(1h) + '"')});
  settle();
  EXPECT_TRUE(heard("balance.low").empty());
  EXPECT_TRUE(heard("homework.overdue").empty());
  held(7);
  logged_are(1);
  settle();
  EXPECT_TRUE(heard("balance.low").empty()) << "it was low before";
  EXPECT_TRUE(heard("homework.overdue").empty());
  advance(1h);
  ASSERT_EQ(heard("homework.overdue").size(), 1U);
  EXPECT_EQ(heard("homework.overdue").at(0).text("homework_id"), "6");
}

TEST_P(Derived, balance_of_an_imported_history_is_told_when_it_becomes_low) {
  import({old("1", "payment.processed", R"("payment_id":1,"student_id":2,"amount":3000)"),
          old("2", "lesson.completed", R"("lesson_id":1,"tutor_id":1,"student_id":2,"price":1000)")});
  settle();
  EXPECT_TRUE(heard("balance.low").empty()) << "two lessons are left";
  held(7);
  logged_are(1);
  settle();
  EXPECT_EQ(heard("balance.low").size(), 1U);
}

TEST_P(Derived, nothing_is_said_of_people_who_are_erased) {
  held(1);
  assigned(5, in(1h));
  happens("d", "user.deleted", R"("user_id":2)");
  logged_are(3);
  advance(1h);
  EXPECT_TRUE(heard("balance.low").empty());
  ASSERT_EQ(heard("homework.overdue").size(), 1U);
  EXPECT_EQ(heard("homework.overdue").at(0).list("student_ids"), std::vector<std::string>{"4"});
  EXPECT_EQ(count("select count(*) as n from analytics_low_balances"), 0);
  EXPECT_EQ(count("select count(*) as n from analytics_deadlines where student_id = '2'"), 0);
}

class DerivedByTwo : public Derived {};

// The clock of the third one, in this program, stands still: it only listens.
TEST_P(DerivedByTwo, is_told_once) {
  stop();
  clock_.set(SystemClock().now());  // or it would take messages of the others for abandoned ones
  start();
  auto first = another(), second = another();
  held(1);
  assigned(5, format_iso(SystemClock().now() + 2s));
  logged_are(2);
  wait_for("select count(*) as n from analytics_accepted_events where source = '/analytics-service'", 2);
  wait_for("select batch - seen as n from analytics_ingest, analytics_watch", 0);
  until([this] { return !heard("balance.low").empty() && !heard("homework.overdue").empty(); },
        "it was never said");
  wait_for_marker();
  EXPECT_EQ(heard("balance.low").size(), 1U);
  EXPECT_EQ(heard("homework.overdue").size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Backends, DerivedByTwo, testing::Values("distributed"),
                         [](const auto& info) { return info.param; });
INSTANTIATE_TEST_SUITE_P(Backends, Derived, testing::Values("embedded", "distributed"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::analytics
