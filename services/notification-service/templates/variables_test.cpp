// The table of variables promises what events really give.
#include "templates/variables.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <set>

#include "base/strings.hpp"
#include "domain/catalog.hpp"
#include "domain/context.hpp"
#include "events/normal.hpp"
#include "time/iso.hpp"

namespace rb::notification::templates {
namespace {

namespace bj = boost::json;

const Time kNow = parse_iso("2026-03-10T12:00:00Z", Zone::utc()).value();

// Every field that any event may carry.
constexpr std::string_view kEverything = R"({
  "lesson_id": 7, "homework_id": 8, "payment_id": 9, "material_id": 10, "report_id": "11",
  "user_id": "5", "tutor_id": "1", "student_ids": ["2"], "role": "student",
  "subject": "Физика", "topic": "Оптика", "description": "№ 1–5", "title": "Заголовок", "message": "Текст",
  "scheduled_at": "2026-03-12T15:00:00Z", "old_scheduled_at": "2026-03-11T15:00:00Z", "duration_minutes": 60,
  "meet_link": "https://meet.example/a", "lesson_type": "trial", "price": "1500", "currency": "RUB",
  "reason": "болезнь", "cancelled_by": "student", "charged": false, "rating": 5, "attendance": "late",
  "completed_at": "2026-03-10T11:00:00Z", "time_until": "1 час",
  "due_date": "2026-03-12", "submitted_at": "2026-03-10T11:00:00Z", "grade": 5, "grade_max": 5,
  "graded_at": "2026-03-10T11:00:00Z", "feedback": "Молодец", "files": [{"name": "a.pdf"}],
  "amount": "1500", "payment_method": "card", "processed_at": "2026-03-10T11:00:00Z",
  "failure_reason": "нет денег", "receipt_url": "https://pay.example/9", "lessons_left": 1,
  "material_type": "book", "url": "https://school.example/a", "level": "2", "value": 25.5, "threshold": 20,
  "report_type": "lesson", "format": "pdf", "start_date": "2026-08-01", "end_date": "2026-08-31",
  "download_url": "https://school.example/r"
})";

// What rendering and callers of the API give, not an event.
const std::set<std::string_view> kOfOthers = {"title",
                                              "message",
                                              "audience",
                                              "layout",
                                              "language",
                                              "school_name",
                                              "unsubscribe_url",
                                              "lesson.minutes_until",
                                              "period",
                                              "items",
                                              "more",
                                              "report.attached"};

Directory people() {
  Directory out;
  out.add({.id = "1", .full_name = "Ольга Ли", .roles = {Audience::tutor}});
  out.add({.id = "2", .full_name = "Аня Ким", .roles = {Audience::student}});
  out.add({.id = "5", .full_name = "Вера Ким", .roles = {Audience::parent}});
  return out;
}

// nullopt: no event is of this type.
std::optional<bj::object> context_of(std::string_view type) {
  bj::object body = {
      {"id", "e1"}, {"type", type}, {"time", format_iso(kNow)}, {"data", bj::parse(kEverything)}};
  auto outcome = events::read_event(body, {"", "", 0, {}, kNow, Zone::utc()});
  const auto* event = std::get_if<events::Event>(&outcome);
  if (event == nullptr) return std::nullopt;
  Lesson group;
  group.id = "7";
  return event_context(*event, &group, people(), {"2"});
}

bool holds(const bj::object& context, std::string_view path) {
  const bj::object* in = &context;
  for (auto dot = path.find('.'); dot != path.npos; dot = path.find('.')) {
    const auto* inner = in->if_contains(path.substr(0, dot));
    if (inner == nullptr || !inner->is_object()) return false;
    in = &inner->get_object();
    path.remove_prefix(dot + 1);
  }
  return in->contains(path);
}

class Variables : public testing::TestWithParam<TypeInfo> {};

TEST_P(Variables, of_a_type_are_given_by_its_events) {
  auto type = GetParam().type;
  auto context = context_of(type);
  if (type == "custom" || type == "digest" || type == "report") {
    EXPECT_FALSE(context) << "an event is of this type";
    return;
  }
  ASSERT_TRUE(context);
  for (const auto& variable : variables_of(type))
    if (!kOfOthers.contains(variable.path) && !variable.path.starts_with("recipient."))
      EXPECT_TRUE(holds(*context, variable.path)) << variable.path;
}

INSTANTIATE_TEST_SUITE_P(Types, Variables, testing::ValuesIn(notification_types()), [](const auto& info) {
  return replace_all(std::string(info.param.type), ".", "_");
});

}  // namespace
}  // namespace rb::notification::templates
