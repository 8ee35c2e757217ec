#include "messy.hpp"

#include <boost/json.hpp>
#include <functional>
#include <random>

#include "base/strings.hpp"
#include "time/iso.hpp"

namespace rb::analytics {
namespace {

namespace json = boost::json;
using std::chrono::days;
using std::chrono::minutes;

constexpr int kPlansAhead = 100;

Time day(int year, unsigned month, unsigned of_month) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) /
                               std::chrono::day(of_month));
}

class Making {
 public:
  Making(std::uint32_t seed, const Era& era) : random_(seed), era_(era) {}

  Told next() {
    auto type = any({"lesson.created",    "lesson.scheduled",  "lesson.rescheduled",  "lesson.updated",
                     "lesson.completed",  "lesson.completed",  "lesson.completed",    "lesson.cancelled",
                     "lesson.deleted",    "lesson.missed",     "lesson.attendance",   "lesson.reminder",
                     "payment.processed", "payment.recorded",  "payment.failed",      "payment.refunded",
                     "homework.assigned", "homework.assigned", "homework.submitted",  "homework.graded",
                     "homework.checked",  "homework.overdue",  "material.uploaded",   "material.shared",
                     "material.accessed", "material.accessed", "material.downloaded", "user.registered",
                     "user.updated",      "user.login",        "user.login"});
    return told(type, data_of(type));
  }
  Told erasure() { return told("user.deleted", {{"user_id", anybody()}}); }

 private:
  int number(int least, int most) { return std::uniform_int_distribution(least, most)(random_); }
  bool chance(int percent) { return number(1, 100) <= percent; }
  std::string any(const std::vector<std::string>& words) {
    return words[static_cast<std::size_t>(number(0, static_cast<int>(words.size()) - 1))];
  }

  int tutor() { return number(1, 3); }
  int student() { return number(11, 16); }
  int parent() { return number(21, 23); }
  int anybody() { return chance(60) ? student() : chance(50) ? parent() : tutor(); }

  // Mostly in the odd fortnight; on quarters of an hour, next to a local midnight, or anywhere.
  Time moment(int ahead) {
    auto last = era_.days + ahead;
    auto odd = static_cast<int>((era_.odd - era_.from) / days(1));
    auto at = era_.from + days(chance(50) ? number(odd - 7, odd + 7) : number(0, last - 1));
    if (chance(40)) return at + minutes(15) * number(0, 95);
    if (chance(40)) return at + minutes(number(0, 24 * 60 - 1)) + Micros(number(0, 59'999'999));
    auto zone = Zone::find(any(era_.zones)).value();
    auto midnight = zone.to_utc(LocalTime(at.time_since_epoch()));
    return std::min(midnight + Micros(number(-1, 1)), era_.from + days(last));
  }
  std::string written(Time t) {
    if (chance(20)) return replace_all(format_iso(t + std::chrono::hours(3)), "Z", "+03:00");
    return format_iso(t);
  }
  json::value happened() { return json::value(written(moment(0))); }
  json::value planned() { return json::value(written(moment(kPlansAhead))); }

  Told told(const std::string& type, json::object data) {
    auto id = std::to_string(++count_ * 7919 % 100'003);  // in an order of their own
    json::object body{{"specversion", "1.0"}, {"id", id}, {"source", any({"/a", "/B"})}, {"type", type}};
    body["time"] = happened();
    body["data"] = std::move(data);
    return {type, id, json::serialize(body)};
  }

  void maybe(json::object& data, int percent, std::string_view field,
             const std::function<json::value()>& value) {
    if (!chance(percent)) return;
    data[field] = chance(8) ? json::value(nullptr) : value();
  }
  std::function<json::value()> word(std::vector<std::string> words) {
    return [this, words = std::move(words)] { return json::value(any(words)); };
  }
  json::value money() {
    return chance(50) ? json::value(number(0, 20) * 100) : json::value(any({"0.05", "99.9", "1500.00"}));
  }
  void add_currency(json::object& data, int percent) {
    maybe(data, percent, "currency", word({"RUB", "RUB", "USD", "EUR", "usd", "JPY"}));
    if (!data.contains("currency") || data["currency"] != "JPY") return;
    for (const char* field : {"amount", "price", "tutor_pay"})  // a yen has no parts
      if (data.contains(field)) data[field] = number(1, 20) * 100;
  }
  void add_students(json::object& data) {
    if (chance(60)) {
      data["student_id"] = student();
      return;
    }
    json::array group;
    for (int i = number(1, 3); i > 0; --i) group.emplace_back(student());
    data["student_ids"] = group;
  }

  json::object lesson(const std::string& type) {
    json::object data{{"lesson_id", number(1, 30)}};
    bool plans = type == "lesson.created" || type == "lesson.scheduled" || type == "lesson.rescheduled";
    bool names =
        plans || type == "lesson.completed" || type == "lesson.attendance" || type == "lesson.reminder";
    if (names || chance(40)) add_students(data);
    if (names || chance(15)) data["tutor_id"] = tutor();
    if (plans) data["scheduled_at"] = planned();
    if (!plans && chance(15)) data[any({"scheduled_at", "new_date"})] = planned();
    maybe(data, type == "lesson.completed" ? 70 : 10, "completed_at", [this] { return happened(); });
    maybe(data, 40, "subject", word({"Физика", "Химия", "English"}));
    maybe(data, 40, "topic", word({"Сила", "Соли", "Past Simple"}));
    maybe(data, 30, "duration_minutes", [this] { return json::value(number(1, 120)); });
    maybe(data, 40, "rating", [this] { return json::value(number(4, 20) / 4.0); });
    maybe(data, 40, any({"attendance", "attendance_status"}),
          word({"attended", "late", "absent_excused", "absent_unexcused"}));
    maybe(data, 25, "charged", [this] { return json::value(chance(70)); });
    maybe(data, 40, "price", [this] { return money(); });
    maybe(data, 25, "tutor_pay", [this] { return money(); });
    add_currency(data, 25);
    return data;
  }

  json::object payment() {
    json::object data{{"payment_id", number(1, 25)}, {"amount", money()}};
    maybe(data, 60, "student_id", [this] { return json::value(student()); });
    maybe(data, 40, "tutor_id", [this] { return json::value(tutor()); });
    maybe(data, 40, "user_id", [this] { return json::value(parent()); });
    maybe(data, 40, "payment_method", word({"card", "sbp", "cash"}));
    add_currency(data, 40);
    for (const char* stamp : {"processed_at", "failed_at", "refunded_at"})
      maybe(data, 30, stamp, [this] { return happened(); });
    return data;
  }

  json::object homework() {
    json::object data{{"homework_id", number(1, 15)}};
    add_students(data);
    maybe(data, 40, "tutor_id", [this] { return json::value(tutor()); });
    maybe(data, 40, "subject", word({"Физика", "Химия"}));
    maybe(data, 40, "due_date", [this] {
      return chance(50) ? json::value(format_iso(moment(kPlansAhead)).substr(0, 10)) : planned();
    });
    maybe(data, 25, "submitted_at", [this] { return happened(); });
    maybe(data, 30, "grade", [this] { return json::value(number(0, 10) / 2.0); });
    maybe(data, 20, "grade_max", [this] { return json::value(number(5, 12)); });
    return data;
  }

  json::object material() {
    json::object data{{"material_id", number(1, 6)}};
    maybe(data, 60, "user_id", [this] { return json::value(anybody()); });
    maybe(data, 30, "student_id", [this] { return json::value(student()); });
    maybe(data, 30, "tutor_id", [this] { return json::value(tutor()); });
    maybe(data, 50, "title", word({"Конспект", "Задачи"}));
    maybe(data, 50, "subject", word({"Физика", "Химия"}));
    maybe(data, 40, "access_type", word({"view", "download"}));
    return data;
  }

  json::object person(const std::string& type) {
    json::object data{{"user_id", anybody()}};
    maybe(data, 60, "role", word({"student", "tutor", "parent"}));
    if (type == "user.login") return data;
    if (chance(30)) data["roles"] = json::array{any({"student", "tutor"}), "parent"};
    maybe(data, 40, "full_name", word({"Аня Ким", "Пётр Ли", "Ия Цой"}));
    maybe(data, 30, "timezone", word(era_.zones));
    if (chance(40)) data["children_ids"] = json::array{student(), student()};
    if (chance(30)) data["tutor_ids"] = json::array{tutor()};
    return data;
  }

  json::object data_of(const std::string& type) {
    if (type.starts_with("lesson.")) return lesson(type);
    if (type.starts_with("payment.")) return payment();
    if (type.starts_with("homework.")) return homework();
    return type.starts_with("material.") ? material() : person(type);
  }

  std::mt19937 random_;
  const Era& era_;
  int count_ = 0;
};

}  // namespace

const std::vector<Era>& eras() {
  static const std::vector<Era> all = {
      // Berlin on 30 March, New York on the 9th, Havana at a midnight, Lord Howe by half an hour.
      {"spring_forward",
       day(2025, 1, 10),
       day(2025, 3, 28),
       150,
       {"Europe/Moscow", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Asia/Kolkata",
        "America/Havana", "Australia/Lord_Howe", "Pacific/Chatham", "UTC"}},
      // 26 October and 2 November.
      {"autumn_back",
       day(2024, 7, 1),
       day(2024, 10, 30),
       200,
       {"Europe/Moscow", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "America/Havana",
        "Asia/Tehran"}},
      // Apia had no 30 December.
      {"lost_day",
       day(2011, 10, 1),
       day(2011, 12, 29),
       120,
       {"Pacific/Apia", "Europe/Moscow", "Asia/Kolkata", "America/Caracas", "Pacific/Fakaofo"}},
      // Monrovia was 44 minutes and 30 seconds behind until 7 January 1972.
      {"odd_seconds",
       day(1971, 10, 1),
       day(1972, 1, 5),
       150,
       {"Africa/Monrovia", "Asia/Kathmandu", "Europe/Moscow", "America/Guyana", "Europe/London"}},
  };
  return all;
}

std::vector<Told> messy_history(std::uint32_t seed, const Era& era, std::size_t events) {
  Making making(seed, era);
  std::vector<Told> out;
  while (out.size() < events) out.push_back(making.next());
  for (std::size_t erased = seed % 3; erased > 0; --erased) out.push_back(making.erasure());
  return out;
}

}  // namespace rb::analytics
