#include "asking.hpp"

#include "base/strings.hpp"

namespace rb::analytics {
namespace {

struct Path {
  const char* path;
  std::vector<std::string> roles;
  const char* parameters;  // letters: p period, t tutor, s student, u subject, c currency, m compare, l low
};

const std::vector<std::string> kAll = {"admin", "tutor", "parent", "student"}, kTutors = {"admin", "tutor"},
                               kAdmin = {"admin"}, kFamilies = {"admin", "parent", "student"};

const std::vector<Path> kPaths = {
    {"analytics/overview", kAll, ""},
    {"analytics/dashboard/admin", kAdmin, "ptsucm"},
    {"analytics/dashboard/admin", kAdmin, "pm"},
    {"analytics/dashboard/tutor", kTutors, "pTucm"},
    {"analytics/dashboard/parent", {"admin", "parent"}, "pSum"},
    {"analytics/dashboard/student", {"admin", "student"}, "pSum"},
    {"analytics/lessons/stats", kAll, "ptsum"},
    {"analytics/lessons/stats", kAdmin, "pm"},
    {"analytics/performance/subjects", kAll, "ptsum"},
    {"analytics/homework/analytics", kAll, "ptsum"},
    {"analytics/payments/summary", kAll, "ptscm"},
    {"analytics/payments/summary", kAdmin, "pcm"},
    {"analytics/tutors/earnings", kTutors, "ptsucm"},
    {"analytics/balances", kFamilies, "sl"},
    {"analytics/balances", kAdmin, "l"},
    {"analytics/users/activity", kAdmin, "pm"},
    {"analytics/engagement/metrics", kAdmin, "p"},
    {"analytics/materials/usage", kAll, "ptsum"},
    {"charts/lessons/completion", kAll, "ptsu"},
    {"charts/subjects/performance", kAll, "ptsu"},
    {"charts/students/progress", kAdmin, "pSu"},
    {"charts/revenue/trends", kTutors, "ptsc"},
    {"charts/tutors/earnings", kTutors, "ptsuc"},
    {"charts/users/activity", kAdmin, "p"},
    {"charts/users/retention", kAdmin, "p"},
    {"charts/materials/usage", kAll, "ptsu"},
    {"charts/dashboard/overview", kTutors, "ptsuc"},
    {"export/lessons", kAll, "ptsu"},
    {"export/payments", kAll, "ptsc"},
    {"export/homework", kAll, "ptsu"},
    {"export/materials", kAll, "ptsu"},
    {"export/users", kAdmin, "p"},
};

class Choosing {
 public:
  Choosing(std::mt19937& random, const Era& era) : random_(random), era_(era) {}

  Asked question() {
    const auto& path = kPaths[static_cast<std::size_t>(number(0, static_cast<int>(kPaths.size()) - 1))];
    Asked out;
    out.path = path.path;
    out.role = chance(65) ? path.roles.front() : any(path.roles);
    if (out.role == "tutor") out.id = tutor();
    if (out.role == "student") out.id = student();
    if (out.role == "parent") out.id = std::to_string(number(21, 23));
    if (chance(85)) out.timezone = any(era_.zones);
    for (char parameter : std::string_view(path.parameters)) choose(out, parameter);
    return out;
  }

 private:
  int number(int least, int most) { return std::uniform_int_distribution(least, most)(random_); }
  bool chance(int percent) { return number(1, 100) <= percent; }
  std::string any(const std::vector<std::string>& words) {
    return words[static_cast<std::size_t>(number(0, static_cast<int>(words.size()) - 1))];
  }
  std::string tutor() { return std::to_string(number(1, 3)); }
  std::string student() { return std::to_string(number(11, 16)); }

  void choose(Asked& out, char parameter) {
    bool admin = out.role == "admin";
    switch (parameter) {
      case 'p':
        choose_period(out);
        break;
      case 't':
        if (admin && chance(35)) out.tutor = tutor();
        break;
      case 'T':
        if (admin) out.tutor = tutor();
        break;
      case 's':
        if (admin && chance(35)) out.student = student();
        break;
      case 'S':
        if (admin) out.student = student();
        break;
      case 'u':
        if (chance(20)) out.subject = any({"Физика", "Химия", "—"});
        break;
      case 'c':
        if (chance(25)) out.currency = any({"RUB", "USD", "JPY", "KZT"});
        break;
      case 'm':
        out.compares = chance(35);
        break;
      default:
        out.low = chance(30);
    }
  }

  // From a day to a year, mostly about the odd fortnight.
  void choose_period(Asked& out) {
    auto days = any({"1", "1", "2", "7", "30", "31", "90", "365"});
    if (chance(25)) {
      out.days = std::stoi(days);
      return;
    }
    auto odd = static_cast<int>((era_.odd - era_.from) / std::chrono::days(1));
    auto first = std::chrono::floor<std::chrono::days>(era_.from) +
                 std::chrono::days(chance(70) ? number(odd - 9, odd + 9) : number(-20, era_.days + 40));
    if (days == "365") first -= std::chrono::days(120);
    auto written = [](std::chrono::sys_days day) { return plain::written(Date(day.time_since_epoch())); };
    out.first = written(first);
    out.last = written(first + std::chrono::days(std::stoi(days) - 1));
  }

  std::mt19937& random_;
  const Era& era_;
};

Date read_date(const std::string& text) {
  std::chrono::year_month_day day{std::chrono::year(std::stoi(text.substr(0, 4))),
                                  std::chrono::month(static_cast<unsigned>(std::stoi(text.substr(5, 2)))),
                                  std::chrono::day(static_cast<unsigned>(std::stoi(text.substr(8))))};
  return Date(day);
}

// The zone asked for, else that of the tutor asked about, else the caller's own, else Moscow.
Zone zone_of(const plain::History& history, const Asked& asked) {
  std::string name = asked.timezone;
  if (name.empty()) name = plain::own(history, asked.tutor, "timezone");
  if (name.empty()) name = plain::own(history, asked.id, "timezone");
  return Zone::find(name.empty() ? "Europe/Moscow" : name).value();
}

}  // namespace

std::string Asked::target() const {
  std::string out;
  auto add = [&](const char* name, const std::string& value) {
    if (value.empty()) return;
    out += std::string(out.empty() ? "?" : "&") + name + "=" + percent_encode(value);
  };
  add("start_date", first);
  add("end_date", last);
  add("days", days == 0 ? "" : std::to_string(days));
  add("timezone", timezone);
  add("tutor_id", tutor);
  add("student_id", student);
  add("subject", subject);
  add("currency", currency);
  add("compare", compares ? "previous" : "");
  add("low", low ? "true" : "");
  add("format", path.starts_with("export/") ? "json" : "");
  return "/api/v1/" + path + out;
}

Asked random_question(std::mt19937& random, const Era& era) { return Choosing(random, era).question(); }

Question resolved(const plain::History& history, const Asked& asked, Time now) {
  constexpr int kStandard = 30, kOverview = 7;
  Question out;
  out.now = now;
  out.zone = zone_of(history, asked);
  out.last = asked.last.empty() ? plain::date(now, out) : read_date(asked.last);
  int days = asked.path.ends_with("analytics/overview") ? kOverview
             : asked.days == 0                          ? kStandard
                                                        : asked.days;
  out.first = asked.first.empty() ? out.last - std::chrono::days(days - 1) : read_date(asked.first);
  out.tutor_id = asked.role == "tutor" ? asked.id : asked.tutor;
  if (!asked.student.empty()) out.student_ids = {asked.student};
  if (asked.role == "student") out.student_ids = {asked.id};
  if (asked.role == "parent") out.student_ids = plain::children(history, asked.id);
  if (!asked.subject.empty()) out.subject = asked.subject;
  out.currency = asked.currency;
  return out;
}

}  // namespace rb::analytics
