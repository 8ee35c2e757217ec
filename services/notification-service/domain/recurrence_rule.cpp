#include "domain/recurrence_rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <set>

#include "base/strings.hpp"

namespace rb::notification {
namespace {

using Rule = RecurrenceRule;

constexpr int kLongestInterval = 10'000;
constexpr int kMostCount = 10'000;

std::optional<int> number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int out = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

std::optional<std::chrono::weekday> weekday_of(std::string_view text) {
  constexpr std::array<std::string_view, 7> kNames = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
  const auto* found = std::ranges::find(kNames, text);
  if (found == kNames.end()) return std::nullopt;
  return std::chrono::weekday(static_cast<unsigned>(found - kNames.begin()));
}

std::optional<Rule::Frequency> frequency_of(std::string_view text) {
  constexpr std::array<std::string_view, 6> kNames = {"MINUTELY", "HOURLY",  "DAILY",
                                                      "WEEKLY",   "MONTHLY", "YEARLY"};
  const auto* found = std::ranges::find(kNames, text);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Rule::Frequency>(found - kNames.begin());
}

std::optional<Rule::Until> until_of(std::string_view text) {
  constexpr std::size_t kDate = std::string_view("20260102").size();
  constexpr std::size_t kMoment = std::string_view("20260102T030405").size();
  Rule::Until out;
  if (text.ends_with('Z')) {
    out.utc = true;
    text.remove_suffix(1);
  }
  if (text.size() != kMoment && (text.size() != kDate || out.utc)) return std::nullopt;
  auto y = number(text.substr(0, 4)), m = number(text.substr(4, 2)), d = number(text.substr(6, 2));
  if (!y || !m || !d || *m < 1 || *d < 1) return std::nullopt;
  std::chrono::year_month_day date{std::chrono::year(*y), std::chrono::month(static_cast<unsigned>(*m)),
                                   std::chrono::day(static_cast<unsigned>(*d))};
  if (!date.ok()) return std::nullopt;
  out.reading = std::chrono::local_days(date);
  if (text.size() == kDate) {  // the day belongs to it whole
    out.reading += std::chrono::days(1) - Micros(1);
    return out;
  }
  auto h = number(text.substr(9, 2)), min = number(text.substr(11, 2)), s = number(text.substr(13, 2));
  if (text[8] != 'T' || !h || !min || !s || *h < 0 || *h > 23 || *min < 0 || *min > 59 || *s < 0 || *s > 60)
    return std::nullopt;
  out.reading += std::chrono::hours(*h) + std::chrono::minutes(*min) + std::chrono::seconds(*s);
  return out;
}

struct Range {
  int least, most;
  bool also_negative = false;  // from the end
  bool holds(int value) const { return in(value) || (also_negative && in(-value)); }

 private:
  bool in(int value) const { return value >= least && value <= most; }
};

class Parsing {
 public:
  Result<Rule> parse(std::string_view text) {
    auto upper = std::string(trim(text));
    std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
    std::string_view parts = upper;
    if (parts.starts_with("RRULE:")) parts.remove_prefix(6);
    if (parts.ends_with(';')) parts.remove_suffix(1);
    for (const auto& part : split(parts, ';')) {
      auto equals = part.find('=');
      if (equals == std::string::npos) return wrong(fmt::format("has a part without “=”: {}", part));
      auto name = part.substr(0, equals), value = part.substr(equals + 1);
      if (!seen_.insert(name).second) return wrong(name + " stands in it twice");
      if (auto problem = take(name, value); !problem.empty()) return wrong(problem);
    }
    if (auto problem = contradiction(); !problem.empty()) return wrong(problem);
    return out_;
  }

 private:
  static std::unexpected<Error> wrong(std::string reason) { return fail(Errc::invalid, std::move(reason)); }

  std::string take(std::string_view name, std::string_view value) {
    if (name == "FREQ") return take_frequency(value);
    if (name == "INTERVAL") return take_number(name, value, kLongestInterval, out_.interval);
    if (name == "COUNT") return take_number(name, value, kMostCount, out_.count.emplace());
    if (name == "UNTIL") {
      out_.until = until_of(value);
      return out_.until ? "" : "UNTIL must be like 20261231 or 20261231T180000Z";
    }
    if (name == "WKST") {
      auto day = weekday_of(value);
      if (day) out_.week_start = *day;
      return day ? "" : "WKST must be one of MO, TU, WE, TH, FR, SA, SU";
    }
    if (name == "BYDAY") return take_days(value);
    if (name == "BYMONTH") return take_list(name, value, {1, 12}, out_.months);
    if (name == "BYWEEKNO") return take_list(name, value, {1, 53, true}, out_.week_numbers);
    if (name == "BYYEARDAY") return take_list(name, value, {1, 366, true}, out_.year_days);
    if (name == "BYMONTHDAY") return take_list(name, value, {1, 31, true}, out_.month_days);
    if (name == "BYHOUR") return take_list(name, value, {0, 23}, out_.hours);
    if (name == "BYMINUTE") return take_list(name, value, {0, 59}, out_.minutes);
    if (name == "BYSETPOS") return take_list(name, value, {1, 366, true}, out_.positions);
    if (name == "BYSECOND") return "has BYSECOND, but nothing comes more often than every 15 minutes";
    return fmt::format("has an unknown part: {}", name);
  }

  std::string take_frequency(std::string_view value) {
    if (value == "SECONDLY") return "comes more often than every 15 minutes";
    auto frequency = frequency_of(value);
    if (frequency) out_.frequency = *frequency;
    return frequency ? "" : "FREQ must be one of YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY";
  }

  static std::string take_number(std::string_view name, std::string_view value, int most, int& to) {
    auto read = number(value);
    if (!read || *read < 1 || *read > most)
      return fmt::format("{} must be a number from 1 to {}", name, most);
    to = *read;
    return {};
  }

  static std::string take_list(std::string_view name, std::string_view value, Range range,
                               std::vector<int>& to) {
    for (const auto& item : split(value, ',')) {
      auto read = number(item);
      if (!read || !range.holds(*read))
        return fmt::format("{} must be numbers from {} to {}{}", name, range.least, range.most,
                           range.also_negative ? ", or negative ones from the end" : "");
      to.push_back(*read);
    }
    std::ranges::sort(to);
    auto tail = std::ranges::unique(to);
    to.erase(tail.begin(), tail.end());
    return {};
  }

  std::string take_days(std::string_view value) {
    for (const auto& item : split(value, ',')) {
      auto name = std::string_view(item);
      auto day = weekday_of(name.size() < 2 ? name : name.substr(name.size() - 2));
      auto nth = name.size() <= 2 ? std::optional(0) : number(name.substr(0, name.size() - 2));
      bool fits = nth && (name.size() <= 2 || (*nth != 0 && std::abs(*nth) <= 53));
      if (!day || !fits) return "BYDAY must be weekdays like MO, or 1MO and -1FR, the first and the last";
      out_.days.push_back({*nth, *day});
    }
    return {};
  }

  // What RFC 5545 forbids; «FREQ=WEEKLY;BYMONTHDAY=1» would mean nothing that people expect.
  std::string contradiction() const {
    using enum Rule::Frequency;
    auto frequency = out_.frequency;
    if (!seen_.contains("FREQ")) return "has no FREQ";
    if (out_.count && out_.until) return "has COUNT and UNTIL, and only one of them can end it";
    bool nth = std::ranges::any_of(out_.days, [](const Rule::Day& day) { return day.nth != 0; });
    if (nth && frequency != monthly && frequency != yearly)
      return "has BYDAY with numbers, which needs FREQ=MONTHLY or YEARLY";
    if (nth && !out_.week_numbers.empty())
      return "has BYDAY with numbers and BYWEEKNO, which do not go together";
    if (!out_.week_numbers.empty() && frequency != yearly) return "has BYWEEKNO, which needs FREQ=YEARLY";
    bool year_days = frequency == daily || frequency == weekly || frequency == monthly;
    if (!out_.year_days.empty() && year_days)
      return "has BYYEARDAY, which does not go with FREQ=DAILY, WEEKLY or MONTHLY";
    if (!out_.month_days.empty() && frequency == weekly)
      return "has BYMONTHDAY, which does not go with FREQ=WEEKLY";
    bool by = std::ranges::any_of(
        seen_, [](const std::string& part) { return part.starts_with("BY") && part != "BYSETPOS"; });
    if (!out_.positions.empty() && !by) return "has BYSETPOS, which needs another BY… part to choose from";
    if (frequency == minutely && out_.interval < 15) return "comes more often than every 15 minutes";
    return {};
  }

  Rule out_;
  std::set<std::string, std::less<>> seen_;
};

}  // namespace

Result<RecurrenceRule> parse_recurrence_rule(std::string_view text) { return Parsing().parse(text); }

}  // namespace rb::notification
