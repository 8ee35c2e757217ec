#include "domain/fold.hpp"

#include <gmock/gmock.h>

#include "domain/entity.hpp"
#include "domain/told.hpp"

namespace rb::analytics {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Payment payment(std::vector<events::Event> events) {
  return fold_payment(in_order(std::move(events))).value();
}
Homework homework(std::vector<events::Event> events) {
  return fold_homework(in_order(std::move(events))).value();
}

TEST(Entity, is_what_an_event_speaks_of) {
  struct {
    events::Event event;
    const char* key;
  } cases[] = {
      {told("lesson.deleted", "2026-03-01", R"("lesson_id":7)"), "lesson:7"},
      {told("payment.recorded", "2026-03-01", R"("payment_id":"p-1","amount":5)"), "payment:p-1"},
      {told("homework.checked", "2026-03-01", R"("homework_id":3,"student_id":1)"), "homework:3"},
      {told("material.accessed", "2026-03-01", R"("material_id":3)"), "access:/test\ne"},
      {told("user.login", "2026-03-01", R"("user_id":3)"), "login:/test\ne"},
      {told("user.created", "2026-03-01", R"("user_id":3)"), "person:3"},
      {told("lesson.reminder", "2026-03-01", R"("lesson_id":7,"student_id":1)"), ""},
      {told("balance.updated", "2026-03-01", R"("user_id":7,"amount":1)"), ""},
      {told("consent.given", "2026-03-01", R"("user_id":7,"purpose":"notifications")"), ""},
  };
  for (const auto& c : cases) {
    auto entity = entity_of(c.event);
    EXPECT_EQ(entity ? key(*entity) : "", c.key) << c.event.type;
  }
}

const std::string kPayment = R"("payment_id":1,"student_id":2,"tutor_id":3,"payment_method":"sbp",)";

TEST(PaymentFold, keeps_the_whole_last_event_of_each_kind) {
  auto folded =
      payment({told("payment.refunded", "2026-08-01",
                    R"("payment_id":1,"amount":400,"refunded_at":"2026-07-31T10:00:00Z")"),
               told("payment.processed", "2026-03-01",
                    kPayment + R"("amount":1500,"processed_at":"2026-02-28T10:00:00Z")"),
               told("payment.processed", "2026-03-02", R"("payment_id":1,"amount":"12.34","currency":"USD")"),
               told("payment.refunded", "2026-09-01", R"("payment_id":1,"amount":1500)", "f")});
  EXPECT_EQ(folded.processed, (PaymentEntry{{1234, "USD"}, at("2026-03-02")}));
  EXPECT_EQ(folded.refunded, (PaymentEntry{{150000, "RUB"}, at("2026-09-01")}));
  EXPECT_FALSE(folded.failed);
  EXPECT_EQ(folded.last, PaymentPart::refunded);
  EXPECT_EQ(folded.student_id, "2");
  EXPECT_EQ(folded.tutor_id, "3");
  EXPECT_EQ(folded.method, "sbp");
}

TEST(PaymentFold, pays_who_is_named_else_the_student) {
  EXPECT_EQ(payment({told("payment.processed", "2026-03-01", kPayment + R"("amount":1)")}).payer_id, "2");
  EXPECT_EQ(
      payment({told("payment.processed", "2026-03-01", kPayment + R"("amount":1,"user_id":9)")}).payer_id,
      "9");
}

TEST(PaymentFold, knows_which_part_came_last) {
  auto processed = told("payment.processed", "2026-03-01T10:00:00Z", kPayment + R"("amount":1)");
  auto failed = told("payment.failed", "2026-03-01T09:00:00Z", kPayment + R"("amount":1)");
  EXPECT_EQ(payment({processed, failed}).last, PaymentPart::processed);
  failed.time = at("2026-03-01T11:00:00Z");
  EXPECT_EQ(payment({failed, processed}).last, PaymentPart::failed);
}

const std::string kHomework = R"("homework_id":4,"student_id":2)";

TEST(HomeworkFold, follows_an_assignment) {
  auto folded = homework({told("homework.checked", "2026-03-09", kHomework + R"(,"grade":8,"grade_max":12)"),
                          told("homework.submitted", "2026-03-08T10:00:00Z", kHomework),
                          told("homework.assigned", "2026-03-01",
                               kHomework + R"(,"subject":"Химия","due_date":"2026-03-07","lesson_id":5)")});
  EXPECT_EQ(folded.assigned_at, at("2026-03-01"));
  EXPECT_EQ(folded.submitted_at, at("2026-03-08T10:00:00Z"));
  EXPECT_THAT(folded.submitted_by, ElementsAre("2"));
  EXPECT_EQ(folded.due, (Due{"2026-03-07", std::nullopt}));
  EXPECT_EQ(folded.grade, kGradeUnit * 40 / 12);
  EXPECT_EQ(folded.lesson_id, "5");
  EXPECT_EQ(folded.subject, "Химия");
  EXPECT_FALSE(folded.overdue);
}

TEST(HomeworkFold, takes_what_the_last_event_says_of_due_date_and_grade) {
  auto folded =
      homework({told("homework.assigned", "2026-03-01", kHomework + R"(,"due_date":"2026-03-07")"),
                told("homework.graded", "2026-03-02", kHomework + R"(,"grade":3)", "a"),
                told("homework.overdue", "2026-03-08", kHomework + R"(,"due_date":"2026-03-08T12:00:00Z")"),
                told("homework.graded", "2026-03-09", kHomework + R"(,"grade":4.5)", "b")});
  EXPECT_EQ(folded.due, (Due{"", at("2026-03-08T12:00:00Z")}));
  EXPECT_EQ(folded.grade, kGradeUnit * 9 / 2);
  EXPECT_TRUE(folded.overdue);
  EXPECT_FALSE(folded.submitted_at);
}

TEST(HomeworkFold, a_submission_by_one_keeps_the_group_and_a_new_assignment_changes_it) {
  auto assigned = told("homework.assigned", "2026-03-01", R"("homework_id":4,"student_ids":[3,2])");
  auto submitted = told("homework.submitted", "2026-03-02", kHomework);
  auto narrowed = told("homework.assigned", "2026-03-03", R"("homework_id":4,"student_ids":[3])");
  EXPECT_THAT(homework({assigned, submitted}).student_ids, ElementsAre("2", "3"));
  EXPECT_THAT(homework({assigned, submitted, narrowed}).student_ids, ElementsAre("3"));
}

TEST(HomeworkFold, without_an_assignment_it_belongs_to_no_day) {
  EXPECT_FALSE(homework({told("homework.submitted", "2026-03-02", kHomework)}).assigned_at);
}

TEST(AccessFold, tells_the_uses_apart) {
  struct {
    const char *type, *data;
    MaterialUse use;
  } cases[] = {{"material.file.uploaded", "", MaterialUse::upload},
               {"material.shared", "", MaterialUse::share},
               {"material.accessed", "", MaterialUse::view},
               {"material.accessed", R"(,"access_type":"download")", MaterialUse::download},
               {"material.downloaded", R"(,"access_type":"view")", MaterialUse::download}};
  for (const auto& c : cases) {
    std::vector events{told(c.type, "2026-03-01", std::string(R"("material_id":1,"student_id":5)") + c.data)};
    auto access = fold_access(events).value();
    EXPECT_EQ(access.use, c.use) << c.type << c.data;
    EXPECT_EQ(access.student_id, "5");
  }
}

TEST(PersonFold, merges_what_is_said_of_a_person) {
  auto person =
      fold_person(
          in_order(
              {told("user.updated", "2026-03-02", R"("user_id":1,"full_name":"Анна Ли","children_ids":[5])"),
               told("user.created", "2026-03-01", R"("user_id":1,"role":"parent","full_name":"Анна")"),
               told("user.profile_updated", "2026-03-03",
                    R"("user_id":1,"roles":["tutor","parent"],"full_name":null)")}))
          .value();
  EXPECT_EQ(person.full_name, "Анна Ли");
  EXPECT_THAT(person.roles, ElementsAre("tutor", "parent"));
  EXPECT_THAT(person.children_ids, ElementsAre("5"));
  EXPECT_EQ(person.registered_at, at("2026-03-01"));
}

TEST(PersonFold, an_empty_list_takes_the_last_child_away) {
  auto person =
      fold_person(in_order({told("user.created", "2026-03-01", R"("user_id":1,"children_ids":[5])"),
                            told("user.updated", "2026-03-02", R"("user_id":1,"children_ids":[])")}));
  EXPECT_THAT(person.value().children_ids, IsEmpty());
}

TEST(PersonFold, a_deleted_person_stays_as_a_number) {
  auto person =
      fold_person(
          in_order({told("user.created", "2026-03-01", R"("user_id":1,"role":"student","full_name":"Анна")"),
                    told("user.deleted", "2026-03-02", R"("user_id":1)")}))
          .value();
  EXPECT_THAT(person.full_name, IsEmpty());
  EXPECT_THAT(person.roles, ElementsAre("student"));
  EXPECT_EQ(person.registered_at, at("2026-03-01"));
}

}  // namespace
}  // namespace rb::analytics
