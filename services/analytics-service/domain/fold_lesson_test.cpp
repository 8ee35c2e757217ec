#include <gmock/gmock.h>

#include "domain/fold.hpp"
#include "domain/told.hpp"

namespace rb::analytics {
namespace {

using testing::SizeIs;
using enum LessonStatus;

const std::string kPlan =
    R"("lesson_id":7,"tutor_id":1,"student_id":2,"subject":"Физика","scheduled_at":"2026-03-10T10:00:00Z")";
const std::string kGroup =
    R"("lesson_id":7,"tutor_id":1,"student_ids":[2,3],"scheduled_at":"2026-03-10T10:00:00Z")";
const std::string kWho = R"("lesson_id":7,"tutor_id":1,"student_id":2)";

events::Event created(const std::string& data = kPlan) {
  return told("lesson.created", "2026-03-01T00:00:00Z", data);
}

Lesson lesson(std::vector<events::Event> events) {
  auto folded = fold_lesson(in_order(std::move(events)));
  if (!folded) ADD_FAILURE() << "no lesson";
  return folded.value_or(Lesson{});
}

Place only(const std::vector<events::Event>& events) {
  auto places = lesson(events).places;
  EXPECT_THAT(places, SizeIs(1));
  return places.empty() ? Place{} : places.front();
}

struct Case {
  const char* what;
  std::vector<events::Event> events;
  LessonStatus status;
  const char* at;
  bool charged = false;
};

TEST(LessonFold, tells_a_place_by_what_its_events_say_and_not_by_when_they_come) {
  const auto done = told("lesson.completed", "2026-03-10T11:05:00Z", kWho);
  const auto off = told("lesson.cancelled", "2026-03-12T00:00:00Z", R"("lesson_id":7)");
  const auto updated = [](const std::string& time, const std::string& data) {
    return told("lesson.updated", time, R"("lesson_id":7,)" + data);
  };
  const auto marked = [](const std::string& time, const std::string& word) {
    return told("lesson.attendance", time, kWho + word);
  };
  const Case cases[] = {
      {"planned", {created()}, scheduled, "2026-03-10T10:00:00Z"},
      {"completed before its creation came", {done, created()}, completed, "2026-03-10T11:05:00Z", true},
      {"never planned", {done}, completed, "2026-03-10T11:05:00Z", true},
      {"cancelled after it was completed", {created(), done, off}, cancelled, "2026-03-10T10:00:00Z"},
      {"cancelled, then completed all the same",
       {created(), told("lesson.cancelled", "2026-03-02", R"("lesson_id":7)"), done},
       completed,
       "2026-03-10T11:05:00Z",
       true},
      {"cancelled with charge",
       {created(), told("lesson.cancelled", "2026-03-02", R"("lesson_id":7,"charged":true)")},
       cancelled,
       "2026-03-10T10:00:00Z",
       true},
      {"the charge is taken back",
       {created(), told("lesson.cancelled", "2026-03-02", R"("lesson_id":7,"charged":true)"),
        updated("2026-03-03", R"("charged":false)")},
       cancelled,
       "2026-03-10T10:00:00Z"},
      {"completed, then an update repeats its date",
       {created(), done, updated("2026-03-11", R"("topic":"Оптика","date":"2026-03-10T10:00:00Z")")},
       completed,
       "2026-03-10T11:05:00Z",
       true},
      {"deleted",
       {created(), told("lesson.deleted", "2026-03-02", R"("lesson_id":7)")},
       cancelled,
       "2026-03-10T10:00:00Z"},
      {"cancelled, nothing else known", {off}, cancelled, "2026-03-12T00:00:00Z"},
      {"missed without excuse",
       {created(),
        told("lesson.missed", "2026-03-10T10:20:00Z", R"("lesson_id":7,"attendance":"absent_unexcused")")},
       missed,
       "2026-03-10T10:00:00Z",
       true},
      {"missed with excuse",
       {created(), marked("2026-03-10T11:00:00Z", R"(,"attendance":"absent_excused")")},
       missed,
       "2026-03-10T10:00:00Z"},
      {"attendance: late",
       {created(), marked("2026-03-10T11:00:00Z", R"(,"attendance_status":"late")")},
       completed,
       "2026-03-10T11:00:00Z",
       true},
      {"attendance: nothing said",
       {marked("2026-03-10T11:00:00Z", "")},
       completed,
       "2026-03-10T11:00:00Z",
       true},
      {"an attendance mark does not move the completion",
       {created(),
        told("lesson.completed", "2026-03-10T12:00:00Z", kWho + R"(,"completed_at":"2026-03-10T11:00:00Z")"),
        marked("2026-03-11T09:00:00Z", R"(,"attendance":"attended")")},
       completed,
       "2026-03-10T11:00:00Z",
       true},
      {"moved",
       {created(), updated("2026-03-02", R"("new_date":"2026-03-15T10:00:00Z")")},
       scheduled,
       "2026-03-15T10:00:00Z"},
      {"both the old and the new time are told",
       {created(), updated("2026-03-02", R"("scheduled_at":"2026-03-10T10:00:00Z","new_date":"2026-03-16")")},
       scheduled,
       "2026-03-16T00:00:00Z"},
      {"planned again after a cancellation",
       {created(), off, updated("2026-03-13", R"("scheduled_at":"2026-03-20T10:00:00Z")")},
       scheduled,
       "2026-03-20T10:00:00Z"},
      {"an update without a time leaves the status",
       {created(), off, updated("2026-03-13", R"("topic":"Оптика")")},
       cancelled,
       "2026-03-10T10:00:00Z"},
      {"null carries nothing",
       {created(), updated("2026-03-13", R"("scheduled_at":null,"new_date":null)")},
       scheduled,
       "2026-03-10T10:00:00Z"},
  };
  for (const auto& c : cases) {
    auto place = only(c.events);
    EXPECT_EQ(place.status, c.status) << c.what;
    EXPECT_EQ(place.at, at(c.at)) << c.what;
    EXPECT_EQ(place.charged, c.charged) << c.what;
  }
}

TEST(LessonFold, takes_each_field_from_the_last_event_that_carries_it) {
  auto folded = lesson(
      {created(kPlan + R"(,"price":1500,"duration_minutes":45,"lesson_type":"trial")"),
       told("lesson.completed", "2026-03-10T11:00:00Z", kWho + R"(,"rating":4.5,"tutor_pay":"700.50")"),
       told("lesson.updated", "2026-03-20",
            R"("lesson_id":7,"price":1200,"currency":"USD","subject":null,"topic":"Оптика","tutor_id":9)")});
  EXPECT_EQ(folded.tutor_id, "9");
  EXPECT_EQ(folded.subject, "Физика");
  EXPECT_EQ(folded.topic, "Оптика");
  EXPECT_EQ(folded.type, "trial");
  EXPECT_EQ(folded.minutes, 45);
  EXPECT_EQ(folded.tutor_pay, (Money{70050, "USD"}));
  ASSERT_THAT(folded.places, SizeIs(1));
  EXPECT_EQ(folded.places[0].price, (Money{120000, "USD"}));
  EXPECT_EQ(folded.places[0].rating, 4'500'000);
}

TEST(LessonFold, money_that_names_no_currency_stays_in_the_one_it_has) {
  auto update = [](const std::string& data, const std::string& id) {
    return told("lesson.updated", "2026-03-20", R"("lesson_id":7,)" + data, id);
  };
  auto in_usd = created(kPlan + R"(,"price":"15.50","currency":"usd")");
  auto priced = [](const std::vector<events::Event>& events) { return only(events).price; };
  EXPECT_EQ(priced({in_usd, update(R"("price":20)", "f")}), (Money{2000, "USD"}));
  EXPECT_EQ(priced({created(kPlan + R"(,"price":1500)")}), (Money{150000, "RUB"}));
  EXPECT_EQ(priced({created(kPlan + R"(,"price":1500)"), update(R"("currency":"JPY")", "f")}),
            (Money{1500, "JPY"}));
  EXPECT_EQ(priced({in_usd, update(R"("currency":"JPY")", "f")}), std::nullopt);
  auto paid = lesson({in_usd, update(R"("tutor_pay":700,"currency":"RUB")", "f")});
  EXPECT_EQ(paid.places[0].price, (Money{1550, "USD"}));
  EXPECT_EQ(paid.tutor_pay, (Money{70000, "RUB"}));
  EXPECT_EQ(lesson({in_usd, update(R"("tutor_pay":7)", "f")}).tutor_pay, (Money{700, "USD"}));
}

TEST(LessonFold, keeps_the_students_of_a_group_apart) {
  auto folded = lesson({created(kGroup + R"(,"price":1000)"),
                        told("lesson.completed", "2026-03-10T11:00:00Z", kWho + R"(,"rating":5,"price":800)"),
                        told("lesson.missed", "2026-03-10T11:00:00Z",
                             R"("lesson_id":7,"student_id":3,"attendance":"absent_unexcused")", "f"),
                        told("lesson.completed", "2026-03-10T11:10:00Z",
                             R"("lesson_id":7,"tutor_id":1,"student_id":4)", "g")});
  ASSERT_THAT(folded.places, SizeIs(3));
  const Time ended = at("2026-03-10T11:00:00Z"), planned = at("2026-03-10T10:00:00Z");
  EXPECT_EQ(folded.places[0], (Place{"2", completed, ended, "", 5'000'000, Money{80000, "RUB"}, true}));
  EXPECT_EQ(folded.places[1],
            (Place{"3", missed, planned, "absent_unexcused", std::nullopt, Money{100000, "RUB"}, true}));
  EXPECT_EQ(folded.places[2].student_id, "4");
  EXPECT_EQ(folded.places[2].status, completed);
}

TEST(LessonFold, an_event_that_names_nobody_is_about_everybody) {
  auto folded = lesson({created(kGroup), told("lesson.completed", "2026-03-10T11:00:00Z", kWho),
                        told("lesson.cancelled", "2026-03-11", R"("lesson_id":7)")});
  ASSERT_THAT(folded.places, SizeIs(2));
  EXPECT_EQ(folded.places[0].status, cancelled);
  EXPECT_EQ(folded.places[1].status, cancelled);
}

TEST(LessonFold, events_of_one_moment_are_ordered_by_id_bytewise) {
  auto off = told("lesson.cancelled", "2026-03-05", R"("lesson_id":7)", "B");
  auto on = told("lesson.rescheduled", "2026-03-05", kPlan, "a");
  EXPECT_EQ(only({off, on}).status, scheduled);
  EXPECT_EQ(only({on, off}).status, scheduled);
}

TEST(LessonFold, a_lesson_that_nobody_planned_or_held_is_none) {
  EXPECT_FALSE(fold_lesson({}));
  EXPECT_FALSE(
      fold_lesson(std::vector{told("lesson.updated", "2026-03-05", R"("lesson_id":7,"topic":"x")")}));
}

TEST(LessonFold, a_student_whom_only_an_update_names_has_no_place) {
  auto folded = lesson(
      {created(), told("lesson.updated", "2026-03-05", R"("lesson_id":7,"student_id":5,"topic":"x")")});
  ASSERT_THAT(folded.places, SizeIs(1));
  EXPECT_EQ(folded.places[0].student_id, "2");
}

}  // namespace
}  // namespace rb::analytics
