#include "history.hpp"

#include <fmt/format.h>

#include <random>

#include "events/normal.hpp"
#include "time/iso.hpp"

namespace rb::analytics {
namespace {

const Time kBegin{std::chrono::hours(24 * 365 * 56)};

class Making {
 public:
  explicit Making(std::uint32_t seed) : random_(seed) {}

  Told next() {
    auto type = any({"lesson.created",   "lesson.rescheduled", "lesson.completed",  "lesson.cancelled",
                     "lesson.missed",    "lesson.updated",     "homework.assigned", "homework.submitted",
                     "homework.graded",  "homework.overdue",   "payment.processed", "payment.failed",
                     "payment.refunded", "material.accessed",  "material.uploaded", "user.login",
                     "user.registered",  "user.updated",       "lesson.reminder",   "balance.low"});
    auto id = fmt::format("e{}", ++count_);
    auto time = format_iso(kBegin + std::chrono::minutes(number(0, 60 * 24 * 60)));
    auto body = fmt::format(
        R"({{"specversion":"1.0","id":"{}","source":"/{}","type":"{}","time":"{}","data":{{{}}}}})", id,
        any({"one", "two"}), type, time, data(type));
    return {type, id, body};
  }

 private:
  int number(int least, int most) { return std::uniform_int_distribution(least, most)(random_); }
  bool chance(int percent) { return number(1, 100) <= percent; }
  std::string any(std::vector<std::string> words) {
    return words[static_cast<std::size_t>(number(0, static_cast<int>(words.size()) - 1))];
  }
  std::string moment() { return format_iso(kBegin + std::chrono::minutes(number(0, 60 * 24 * 60))); }

  std::string students() {
    if (chance(60)) return fmt::format(R"("student_id":{})", number(100, 140));
    return fmt::format(R"("student_ids":[{},{},"{}"])", number(100, 140), number(100, 140), number(100, 140));
  }

  std::string maybe(int percent, const std::string& member) { return chance(percent) ? "," + member : ""; }

  std::string money(const std::string& field) {
    return fmt::format(R"("{}":"{}.{:02}","currency":"{}")", field, number(0, 5000), number(0, 99),
                       any({"RUB", "USD", "EUR"}));
  }

  std::string lesson(const std::string& type) {
    auto out = fmt::format(R"("lesson_id":"l{}")", number(1, 120));
    bool whole = type == "lesson.cancelled" || type == "lesson.missed" || type == "lesson.updated";
    if (!whole || chance(50)) out += fmt::format(R"(,"tutor_id":{},)", number(1, 9)) + students();
    bool planned = type == "lesson.created" || type == "lesson.rescheduled";
    if (planned || chance(20)) out += fmt::format(R"(,"scheduled_at":"{}")", moment());
    if (type == "lesson.completed") {
      out += fmt::format(R"(,"completed_at":"{}")", moment());
      out += maybe(50, fmt::format(R"("rating":{})", number(1, 5)));
      out += maybe(50, fmt::format(R"("attendance":"{}")", any({"attended", "late", "absent_excused"})));
    }
    out += maybe(10, R"("charged":true)");
    out += maybe(60, money("price"));
    out += maybe(30, fmt::format(R"("subject":"{}")", any({"Математика", "Физика", "Русский"})));
    return out + maybe(20, fmt::format(R"("duration_minutes":{})", number(30, 120)));
  }

  std::string homework(const std::string& type) {
    auto out = fmt::format(R"("homework_id":"h{}",{})", number(1, 80), students());
    out += maybe(70, fmt::format(R"("tutor_id":{})", number(1, 9)));
    out += maybe(50, fmt::format(R"("due_date":"{}")", chance(50) ? "2026-02-03" : moment()));
    if (type == "homework.graded") out += fmt::format(R"(,"grade":{},"grade_max":12)", number(0, 12));
    return out + maybe(30, R"("description":"Стр. 5, № 7")");
  }

  std::string payment() {
    auto out = fmt::format(R"("payment_id":"p{}",{})", number(1, 100), money("amount"));
    out += maybe(70, fmt::format(R"("tutor_id":{})", number(1, 9)));
    out += maybe(70, fmt::format(R"("student_id":{})", number(100, 140)));
    out += maybe(40, fmt::format(R"("user_id":{})", number(200, 240)));
    return out + maybe(50, fmt::format(R"("payment_method":"{}")", any({"card", "sbp", "cash"})));
  }

  std::string person() {
    auto out = fmt::format(R"("user_id":{})", number(1, 240));
    out += maybe(50, fmt::format(R"("role":"{}")", any({"tutor", "parent", "student"})));
    out += maybe(50, fmt::format(R"("full_name":"Имя {}")", number(1, 99)));
    out += maybe(40, fmt::format(R"("children_ids":[{},{}])", number(100, 140), number(100, 140)));
    return out + maybe(40, fmt::format(R"("tutor_ids":[{}])", number(1, 9)));
  }

  std::string data(const std::string& type) {
    if (type == "balance.low") return R"("user_id":200,"amount":100)";
    if (type == "lesson.reminder") return fmt::format(R"("lesson_id":"l1",{})", students());
    if (type.starts_with("lesson.")) return lesson(type);
    if (type.starts_with("homework.")) return homework(type);
    if (type.starts_with("payment.")) return payment();
    if (type == "user.login") return fmt::format(R"("user_id":{},"role":"student")", number(100, 140));
    if (type.starts_with("user.")) return person();
    return fmt::format(R"("material_id":"m{}","user_id":{},"title":"Конспект {}")", number(1, 30),
                       number(100, 140), number(1, 30));
  }

  std::mt19937 random_;
  int count_ = 0;
};

}  // namespace

std::vector<Told> random_history(std::uint32_t seed, std::size_t events) {
  Making making(seed);
  std::vector<Told> out;
  while (out.size() < events) out.push_back(making.next());
  return out;
}

events::Event understood(const Told& told) {
  auto outcome = events::parse_event(
      told.body, {told.type, told.id, 0, {}, kBegin + std::chrono::days(365), Zone::utc()});
  return std::get<events::Event>(std::move(outcome));
}

}  // namespace rb::analytics
