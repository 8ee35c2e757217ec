#include "domain/intake.hpp"

#include <gtest/gtest.h>

namespace rb::notification {
namespace {

namespace bj = boost::json;

const Time kNow = from_micros(1'773'144'000'000'000);

events::Event event(const std::string& type, bj::object data) {
  static int count = 0;
  events::Event out;
  out.source = "/test";
  out.id = std::to_string(++count);
  out.type = type;
  out.time = kNow;
  out.data = std::move(data);
  return out;
}

events::Event new_lesson(bj::array students) {
  return event("lesson.created", {{"lesson_id", "7"},
                                  {"tutor_id", "1"},
                                  {"student_ids", std::move(students)},
                                  {"scheduled_at", "2030-09-02T12:00:00Z"}});
}

World world() {
  World out;
  for (const auto* id : {"1", "2", "5"}) {
    Person person;
    person.id = id;
    person.full_name = "Аня Ким";
    person.roles = {id == std::string("1") ? Audience::tutor : Audience::student};
    person.addresses = {{Channel::telegram, id, false, ""}};
    out.directory.add(person);
  }
  out.channels.set(Channel::telegram, Reach::addressed);
  out.now = kNow;
  return out;
}

std::set<std::string> readers(const Intake& intake) {
  std::set<std::string> out;
  for (const auto& by : intake.messages()) out.insert(by.planned.user_id);
  return out;
}

// Events of one batch, as ingestion takes them.
void take(Intake& intake, const std::vector<events::Event>& batch) {
  for (const auto& e : batch)
    if (!intake.forgotten(e)) intake.take(intake.of_the_living(e));
}

TEST(Intake, tells_an_erased_person_nothing_of_the_same_batch) {
  Intake intake(world());
  take(intake, {new_lesson({"2"}), event("user.updated", {{"user_id", "2"}, {"full_name", "Аня"}}),
                event("user.deleted", {{"user_id", "2"}}), new_lesson({"2", "5"}),
                event("user.registered", {{"user_id", "2"}, {"full_name", "Аня"}})});
  EXPECT_EQ(readers(intake), std::set<std::string>{"5"});
  EXPECT_EQ(intake.to_erase(), std::vector<std::string>{"2"});
  EXPECT_FALSE(intake.changed_people().contains("2"));
  EXPECT_TRUE(intake.directory().at("2").full_name.empty());
}

TEST(Intake, leaves_out_who_was_erased_before) {
  auto known = world();
  known.erased = {"2"};
  known.lessons["8"].id = "8";
  for (const auto* id : {"2", "5"}) known.lessons["8"].students[id] = {};
  Intake intake(std::move(known));
  take(intake, {new_lesson({"2", "5"}), event("lesson.cancelled", {{"lesson_id", "8"}})});
  EXPECT_EQ(readers(intake), std::set<std::string>{"5"});
  EXPECT_EQ(intake.of_the_living(new_lesson({"2"})).data.if_contains("student_ids"), nullptr);
}

}  // namespace
}  // namespace rb::notification
