#include "tests/histories.hpp"

#include <functional>

#include "base/strings.hpp"
#include "events/normal.hpp"
#include "time/iso.hpp"

namespace rb::analytics {

namespace bj = boost::json;

namespace {

const Time kMiddle = parse_iso("2025-03-30T00:00:00Z", Zone::utc()).value();

int pick(int least, int most) { return *rc::gen::inRange(least, most + 1); }
bool chance(int percent) { return pick(1, 100) <= percent; }

template <class T>
T one_of(std::vector<T> values) {
  return values[static_cast<std::size_t>(pick(0, static_cast<int>(values.size()) - 1))];
}

std::string word(std::vector<std::string> words) { return one_of(std::move(words)); }

// On a half hour of one of 60 days: moments meet, and some are next to a midnight somewhere.
Time moment() { return kMiddle + std::chrono::minutes(30) * pick(-30 * 48, 30 * 48); }

std::string told(Time t) {
  if (chance(20)) return replace_all(format_iso(t + std::chrono::hours(3)), "Z", "+03:00");
  return format_iso(t);
}

void maybe(bj::object& data, int percent, std::string_view field, const std::function<bj::value()>& value) {
  if (!chance(percent)) return;
  data[field] = chance(10) ? bj::value(nullptr) : value();
}

bj::value money() {
  return chance(50) ? bj::value(pick(0, 20) * 100) : bj::value(word({"0.05", "99.9", "1500.00"}));
}

void name_students(bj::object& data) {
  if (chance(60)) {
    data["student_id"] = pick(1, 4);
    return;
  }
  bj::array group;
  for (int i = pick(1, 3); i > 0; --i) group.emplace_back(pick(1, 4));
  data["student_ids"] = group;
}

void add_money_fields(bj::object& data) {
  maybe(data, 30, "price", money);
  maybe(data, 20, "tutor_pay", money);
  maybe(data, 25, "currency", [] { return bj::value(word({"RUB", "USD", "EUR"})); });
}

bj::object lesson(const std::string& type) {
  bj::object data{{"lesson_id", pick(1, 7)}};
  bool needs_people = type == "lesson.created" || type == "lesson.rescheduled" ||
                      type == "lesson.completed" || type == "lesson.attendance";
  if (needs_people || chance(40)) name_students(data);
  if (needs_people || chance(20)) data["tutor_id"] = pick(1, 3);
  if (type == "lesson.created" || type == "lesson.rescheduled") data["scheduled_at"] = told(moment());
  maybe(data, 15, word({"scheduled_at", "new_date"}), [] { return bj::value(told(moment())); });
  maybe(data, 30, "completed_at", [] { return bj::value(told(moment())); });
  maybe(data, 40, "subject", [] { return bj::value(word({"Физика", "Химия", "English"})); });
  maybe(data, 30, "duration_minutes", [] { return bj::value(pick(1, 120)); });
  maybe(data, 40, "rating", [] { return bj::value(pick(4, 20) / 4.0); });
  maybe(data, 40, word({"attendance", "attendance_status"}),
        [] { return bj::value(word({"attended", "late", "absent_excused", "absent_unexcused"})); });
  maybe(data, 25, "charged", [] { return bj::value(chance(70)); });
  add_money_fields(data);
  if (data.contains("scheduled_at") && needs_people && data["scheduled_at"].is_null())
    data["scheduled_at"] = told(moment());
  return data;
}

bj::object payment() {
  bj::object data{{"payment_id", pick(1, 8)}, {"amount", money()}};
  maybe(data, 50, "student_id", [] { return bj::value(pick(1, 4)); });
  maybe(data, 40, "tutor_id", [] { return bj::value(pick(1, 3)); });
  maybe(data, 30, "user_id", [] { return bj::value(pick(1, 6)); });
  maybe(data, 40, "payment_method", [] { return bj::value(word({"card", "sbp", "cash"})); });
  maybe(data, 30, "currency", [] { return bj::value(word({"RUB", "USD", "EUR"})); });
  for (const char* stamp : {"processed_at", "failed_at", "refunded_at"})
    maybe(data, 25, stamp, [] { return bj::value(told(moment())); });
  return data;
}

bj::object homework() {
  bj::object data{{"homework_id", pick(1, 6)}};
  name_students(data);
  maybe(data, 40, "tutor_id", [] { return bj::value(pick(1, 3)); });
  maybe(data, 40, "subject", [] { return bj::value(word({"Физика", "Химия"})); });
  maybe(data, 40, "due_date", [] {
    auto due = format_iso(moment());
    return bj::value(chance(50) ? due.substr(0, 10) : due);
  });
  maybe(data, 25, "submitted_at", [] { return bj::value(told(moment())); });
  maybe(data, 30, "grade", [] { return bj::value(pick(0, 10) / 2.0); });
  maybe(data, 20, "grade_max", [] { return bj::value(one_of<int>({5, 7, 10, 12, 100})); });
  return data;
}

bj::object material() {
  bj::object data{{"material_id", pick(1, 4)}};
  maybe(data, 60, "user_id", [] { return bj::value(pick(1, 6)); });
  maybe(data, 30, "student_id", [] { return bj::value(pick(1, 4)); });
  maybe(data, 30, "tutor_id", [] { return bj::value(pick(1, 3)); });
  maybe(data, 50, "title", [] { return bj::value(word({"Конспект", "Задачи"})); });
  maybe(data, 50, "subject", [] { return bj::value(word({"Физика", "Химия"})); });
  maybe(data, 40, "access_type", [] { return bj::value(word({"view", "download"})); });
  return data;
}

bj::object person(const std::string& type) {
  bj::object data{{"user_id", pick(1, 6)}};
  maybe(data, 60, "role", [] { return bj::value(word({"student", "tutor", "parent"})); });
  if (type != "user.login" && chance(30)) data["roles"] = bj::array{word({"student", "tutor"}), "parent"};
  return data;
}

bj::object data_of(const std::string& type) {
  if (type.starts_with("lesson.")) return lesson(type);
  if (type.starts_with("payment.")) return payment();
  if (type.starts_with("homework.")) return homework();
  return type.starts_with("material.") ? material() : person(type);
}

rc::Gen<events::Event> an_event() {
  return rc::gen::exec([] {
    auto type = word({"lesson.created",     "lesson.rescheduled", "lesson.updated",      "lesson.completed",
                      "lesson.completed",   "lesson.cancelled",   "lesson.deleted",      "lesson.missed",
                      "lesson.attendance",  "lesson.reminder",    "payment.processed",   "payment.recorded",
                      "payment.failed",     "payment.refunded",   "homework.assigned",   "homework.assigned",
                      "homework.submitted", "homework.checked",   "homework.overdue",    "material.uploaded",
                      "material.shared",    "material.accessed",  "material.downloaded", "user.registered",
                      "user.updated",       "user.login"});
    if (type == "lesson.reminder") {
      events::Event ignored{"/test", "", type, moment(), {}};
      ignored.data = {{"lesson_id", "1"}, {"student_ids", {"9"}}};
      return ignored;
    }
    bj::object body{{"specversion", "1.0"}, {"id", "?"}, {"source", word({"/a", "/B"})}, {"type", type}};
    body["time"] = told(moment());
    body["data"] = data_of(type);
    auto outcome = events::read_event(body, {"", "", 0, {}, kMiddle + std::chrono::days(365), Zone::utc()});
    auto* event = std::get_if<events::Event>(&outcome);
    auto* rejected = std::get_if<events::Rejected>(&outcome);
    if (event == nullptr)
      throw std::logic_error((rejected != nullptr ? rejected->reason : "ignored") + " " +
                             bj::serialize(body));
    return *event;
  });
}

}  // namespace

rc::Gen<std::vector<events::Event>> histories() {
  return rc::gen::map(rc::gen::scale(1.5, rc::gen::container<std::vector<events::Event>>(an_event())),
                      [](std::vector<events::Event> events) {
                        // Ids in an order of their own; every fifth event is told twice.
                        auto count = events.size();
                        for (std::size_t i = 0; i < count; ++i)
                          events[i].id = std::to_string(i * 7919 % 1009);
                        for (std::size_t i = 0; i < count; i += 5) events.push_back(events[i]);
                        return events;
                      });
}

rc::Gen<Question> questions() {
  return rc::gen::exec([] {
    Question asked;
    asked.first = std::chrono::floor<std::chrono::days>(Zone::utc().to_local(kMiddle)) +
                  std::chrono::days(pick(-32, 30));
    asked.last = asked.first + std::chrono::days(one_of<int>({0, 0, 1, 6, 29, 60}));
    asked.zone =
        Zone::find(word({"Europe/Moscow", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu",
                         "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "America/Havana"}))
            .value();
    if (chance(30)) asked.tutor_id = std::to_string(pick(1, 3));
    if (chance(40)) {
      asked.student_ids.emplace();
      for (int i = pick(0, 2); i > 0; --i) asked.student_ids->push_back(std::to_string(pick(1, 4)));
    }
    if (chance(25)) asked.subject = word({"Физика", "Химия", "—"});
    if (chance(25)) asked.currency = word({"RUB", "USD", "KZT"});
    asked.now = moment();
    return asked;
  });
}

}  // namespace rb::analytics
