#include "api/rights.hpp"

#include <gtest/gtest.h>

namespace rb::notification {
namespace {

using enum Action;

// Tutor 1 teaches student 2, whose mother is 3; tutor 6 teaches student 5, whose father is 7.
class Rights : public testing::Test {
 protected:
  Rights() {
    add({.id = "1", .roles = {Audience::tutor}});
    add({.id = "2", .roles = {Audience::student}, .parents = {"3"}, .tutors = {"1"}});
    add({.id = "3", .roles = {Audience::parent}, .children = {"2"}});
    add({.id = "5", .roles = {Audience::student}, .parents = {"7"}, .tutors = {"6"}});
    add({.id = "7", .roles = {Audience::parent}, .children = {"5"}});
    add({.id = "9", .roles = {Audience::admin}});
  }
  void add(Person person) { directory.add(std::move(person)); }

  static http::Caller caller(std::string role, std::string id) {
    return {std::move(id), {std::move(role)}, {}};
  }

  // Whom of all people a caller may do this with.
  std::string whom(const http::Caller& who, Action action) const {
    std::string out;
    for (const auto* id : {"1", "2", "3", "5", "7", "9"})
      if (may(who, action, directory.at(id), directory)) out += id;
    return out;
  }

  static std::string refusal(const Result<void>& result) { return result ? "" : result.error().message; }
  std::string patching(const http::Caller& who, const PersonPatch& patch) const {
    return refusal(may_patch(who, directory.at(patch.id), patch, directory));
  }

  events::Event event(std::string type, boost::json::object data) const {
    return {"/test", "1", std::move(type), Time{}, std::move(data)};
  }

  Directory directory;
  http::Caller admin = caller("admin", "9"), service = caller("service", "bot"), tutor = caller("tutor", "1"),
               parent = caller("parent", "3"), student = caller("student", "2");
};

TEST_F(Rights, follow_the_table_of_the_contract) {
  struct Row {
    const http::Caller& who;
    Action action;
    const char* people;
  };
  const Row rows[] = {
      {admin, contact, "123579"},   {admin, send, "123579"},      {admin, read, "123579"},
      {admin, change, "123579"},    {service, contact, "123579"}, {service, send, "123579"},
      {service, read, "123579"},    {service, change, ""},        {tutor, contact, "123"},
      {tutor, send, "23"},          {tutor, read, "1"},           {tutor, read_lessons, "12"},
      {tutor, change, "1"},         {parent, contact, "3"},       {parent, send, ""},
      {parent, read, "23"},         {parent, read_lessons, "23"}, {parent, change, "23"},
      {student, contact, "2"},      {student, send, ""},          {student, read, "2"},
      {student, read_lessons, "2"}, {student, change, "2"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(whom(row.who, row.action), row.people)
        << row.who.roles.front() << " action " << static_cast<int>(row.action);
}

TEST_F(Rights, believe_the_children_a_token_names) {
  auto other = caller("parent", "8");
  other.children = {"5"};
  EXPECT_EQ(whom(other, read), "5");
}

TEST_F(Rights, do_not_follow_from_a_role_the_caller_does_not_show) {
  EXPECT_EQ(whom(caller("student", "1"), send), "");
  EXPECT_EQ(whom(caller("student", "3"), read), "3");
}

TEST_F(Rights, let_people_change_themselves_but_not_their_relatives) {
  EXPECT_EQ(patching(student, {.id = "2", .email = "a@b.example"}), "");
  EXPECT_NE(patching(student, {.id = "2", .roles = {{Audience::admin}}}), "");
  EXPECT_NE(patching(parent, {.id = "3", .children = {{"2", "5"}}}), "");
  EXPECT_NE(patching(parent, {.id = "2", .email = "a@b.example"}), "");
}

TEST_F(Rights, let_a_tutor_bring_in_students_and_their_parents) {
  EXPECT_EQ(patching(tutor, {.id = "20", .roles = {{Audience::student}}, .tutors = {{"1"}}}), "");
  EXPECT_EQ(patching(tutor, {.id = "30", .roles = {{Audience::parent}}, .children = {{"2"}}}), "");
  EXPECT_EQ(patching(tutor, {.id = "2", .parents = {{"3", "31"}}}), "");
  EXPECT_NE(patching(tutor, {.id = "20", .roles = {{Audience::student}}}), "");
  EXPECT_NE(patching(tutor, {.id = "20", .roles = {{Audience::admin}}, .tutors = {{"1"}}}), "");
}

TEST_F(Rights, keep_a_tutor_from_making_strangers_their_own) {
  EXPECT_NE(patching(tutor, {.id = "5", .tutors = {{"6", "1"}}}), "");
  EXPECT_NE(patching(tutor, {.id = "2", .parents = {{"3", "9"}}}), "");
  EXPECT_NE(patching(tutor, {.id = "3", .children = {{"2", "5"}}}), "");
  EXPECT_NE(patching(tutor, {.id = "2", .tutors = {{"1", "6"}}}), "");
}

TEST_F(Rights, of_events_end_at_the_tutors_own_students) {
  auto own = event("lesson.created", {{"lesson_id", "7"}, {"tutor_id", "1"}, {"student_ids", {"2"}}});
  auto other = event("lesson.created", {{"lesson_id", "7"}, {"tutor_id", "1"}, {"student_ids", {"2", "5"}}});
  auto as_another = event("lesson.created", {{"lesson_id", "7"}, {"tutor_id", "6"}, {"student_ids", {"2"}}});
  EXPECT_EQ(foreign(tutor, own, nullptr, directory), "");
  EXPECT_NE(foreign(tutor, other, nullptr, directory), "");
  EXPECT_NE(foreign(tutor, as_another, nullptr, directory), "");
  EXPECT_EQ(foreign(service, as_another, nullptr, directory), "");
  EXPECT_NE(foreign(tutor, event("user.deleted", {{"user_id", "2"}}), nullptr, directory), "");
  EXPECT_NE(foreign(tutor, event("system.notification", {{"role", "parent"}}), nullptr, directory), "");
  EXPECT_EQ(foreign(tutor, event("system.notification", {{"user_id", "3"}}), nullptr, directory), "");
}

TEST_F(Rights, of_a_bare_cancellation_follow_from_the_known_lesson) {
  auto cancelled = event("lesson.cancelled", {{"lesson_id", "7"}});
  Lesson own, other;
  own.tutor_id = "1";
  own.students["2"] = {};
  other.tutor_id = "6";
  other.students["5"] = {};
  EXPECT_EQ(foreign(tutor, cancelled, &own, directory), "");
  EXPECT_NE(foreign(tutor, cancelled, &other, directory), "");
  EXPECT_NE(foreign(tutor, cancelled, nullptr, directory), "");
}

}  // namespace
}  // namespace rb::notification
