#include "domain/figures/users.hpp"

#include <gmock/gmock.h>

#include "domain/figures/asking.hpp"

namespace rb::analytics {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

Login login(std::string user, std::string_view when, std::string role = "student") {
  return {"/test", std::string(when), std::move(user), std::move(role), "", at(when)};
}

Person registered(std::string id, std::string_view when) {
  Person out;
  out.id = std::move(id);
  out.roles = {"student"};
  out.registered_at = at(when);
  return out;
}

TEST(Users, are_active_by_their_deeds) {
  Lesson lesson;
  lesson.tutor_id = "1";
  for (auto [id, status, when] : {std::tuple("2", LessonStatus::completed, "2026-03-06"),
                                  {"3", LessonStatus::missed, "2026-03-05"},
                                  {"4", LessonStatus::completed, "2026-03-05"}}) {
    Place place;
    place.student_id = id;
    place.status = status;
    place.at = at(when);
    lesson.places.push_back(place);
  }
  EXPECT_THAT(activities_of(lesson),
              ElementsAre(Activity{"2", at("2026-03-06")}, Activity{"4", at("2026-03-05")},
                          Activity{"1", at("2026-03-05")}));
  Payment payment;
  payment.payer_id = "9";
  EXPECT_THAT(activities_of(payment), IsEmpty());
  payment.processed = PaymentEntry{{1, "RUB"}, at("2026-03-05")};
  EXPECT_THAT(activities_of(payment), ElementsAre(Activity{"9", at("2026-03-05")}));
  Homework homework;
  homework.student_ids = {"2", "3"};
  homework.submitted_by = {"3"};
  homework.submitted_at = at("2026-03-05");
  EXPECT_THAT(activities_of(homework), ElementsAre(Activity{"3", at("2026-03-05")}));
  Access access;
  access.user_id = "5";
  EXPECT_THAT(activities_of(access), SizeIs(1));
  access.use = MaterialUse::upload;
  EXPECT_THAT(activities_of(access), IsEmpty());
  EXPECT_THAT(activities_of(login("", "2026-03-05")), IsEmpty());
}

TEST(Users, are_counted_in_windows_that_end_with_the_last_day) {
  Activities deeds;
  for (auto [id, when] : {std::pair("1", "2026-03-31T20:59:59Z"),
                          {"1", "2026-03-31T10:00:00Z"},
                          {"2", "2026-03-30T20:59:59Z"},
                          {"3", "2026-03-24T21:00:00Z"},
                          {"4", "2026-03-24T20:59:59Z"},
                          {"5", "2026-03-01T21:00:00Z"},
                          {"6", "2026-03-01T20:59:59Z"},
                          {"7", "2026-03-31T21:00:00Z"}})
    deeds.push_back({id, at(when)});
  auto figures = user_figures(deeds, {}, {}, Scope(asking("2026-03-31", "2026-03-31")));
  EXPECT_EQ(figures.dau, 1);
  EXPECT_EQ(figures.wau, 3);
  EXPECT_EQ(figures.mau, 5);
}

TEST(Users, log_in_by_the_clock_of_the_asked_zone) {
  std::vector logins{login("1", "2026-03-29T00:30:00Z"), login("1", "2026-03-29T01:30:00Z"),
                     login("2", "2026-03-29T21:59:59Z", "tutor"), login("2", "2026-03-29T22:00:00Z", "")};
  auto figures = user_figures({}, {}, logins, Scope(asking("2026-03-29", "2026-03-30", "Europe/Berlin")));
  EXPECT_THAT(figures.login_patterns, ElementsAre(LoginPattern{1, 0, 1}, LoginPattern{7, 1, 1},
                                                  LoginPattern{7, 3, 1}, LoginPattern{7, 23, 1}));
  EXPECT_EQ(figures.total_logins, 4);
  ASSERT_THAT(figures.days, SizeIs(2));
  EXPECT_THAT(figures.days[0].logins_by_role, ElementsAre(Pair("student", 2), Pair("tutor", 1)));
  EXPECT_THAT(figures.days[1].logins_by_role, ElementsAre(Pair("unknown", 1)));
}

TEST(Users, come_back_in_the_weeks_after_they_registered) {
  std::vector people{registered("1", "2026-03-02T10:00:00Z"), registered("2", "2026-03-08T20:59:59Z"),
                     registered("3", "2026-03-08T21:00:00Z"), registered("4", "2026-03-01T20:59:59Z")};
  Activities deeds{{"1", at("2026-03-03")},           {"1", at("2026-03-04")},
                   {"2", at("2026-03-16T12:00:00Z")}, {"3", at("2026-03-22T20:59:59Z")},
                   {"4", at("2026-03-03")},           {"1", at("2026-03-23T10:00:00Z")}};
  auto figures = user_figures(deeds, people, {}, Scope(asking("2026-03-04", "2026-03-17")));
  EXPECT_EQ(figures.new_users, 2);
  EXPECT_THAT(figures.role_distribution, ElementsAre(Pair("student", 4)));
  EXPECT_THAT(figures.retention, ElementsAre(Cohort{"2026-03-02", 2, {{0, 1, 50}, {1, 0, 0}, {2, 1, 50}}},
                                             Cohort{"2026-03-09", 1, {{0, 0, 0}, {1, 1, 100}}},
                                             Cohort{"2026-03-16", 0, {{0, 0, {}}}}));
}

}  // namespace
}  // namespace rb::analytics
