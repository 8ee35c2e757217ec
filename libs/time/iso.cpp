#include "time/iso.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace rb {
namespace {

// Reads fixed-width digits and separators from the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool done() const { return at_ == text_.size(); }
  char peek() const { return done() ? '\0' : text_[at_]; }

  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  std::optional<int> digits(std::size_t count) {
    if (text_.size() - at_ < count) return std::nullopt;
    int value = 0;
    auto part = text_.substr(at_, count);
    const auto* last = part.data() + part.size();
    auto [end, error] = std::from_chars(part.data(), last, value);
    if (error != std::errc() || end != last || part[0] == '-') return std::nullopt;
    at_ += count;
    return value;
  }

  // Up to six digits of a fraction, as microseconds; further digits are passed over.
  std::optional<int> micros() {
    int value = 0, seen = 0;
    for (; peek() >= '0' && peek() <= '9'; ++at_, ++seen)
      if (seen < 6) value = value * 10 + (text_[at_] - '0');
    if (seen == 0) return std::nullopt;
    for (; seen < 6; ++seen) value *= 10;
    return value;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

std::optional<std::chrono::local_days> read_date(Reader& in) {
  auto year = in.digits(4);
  if (!year || !in.take('-')) return std::nullopt;
  auto month = in.digits(2);
  if (!month || !in.take('-')) return std::nullopt;
  auto day = in.digits(2);
  if (!day || *year < 1970 || *year > 2200) return std::nullopt;
  std::chrono::year_month_day date{std::chrono::year(*year),
                                   std::chrono::month(static_cast<unsigned>(*month)),
                                   std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::local_days(date);
}

std::optional<Micros> read_clock(Reader& in) {
  auto hour = in.digits(2);
  if (!hour || !in.take(':')) return std::nullopt;
  auto minute = in.digits(2);
  if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
  Micros time = std::chrono::hours(*hour) + std::chrono::minutes(*minute);
  if (!in.take(':')) return time;
  auto second = in.digits(2);
  if (!second || *second > 59) return std::nullopt;
  time += std::chrono::seconds(*second);
  if (!in.take('.') && !in.take(',')) return time;
  auto fraction = in.micros();
  if (!fraction) return std::nullopt;
  return time + Micros(*fraction);
}

// "Z", "+03:00", "+0300", "+03"; nullopt inside: broken.
std::optional<std::chrono::minutes> read_offset(Reader& in) {
  if (in.take('Z') || in.take('z')) return std::chrono::minutes(0);
  int sign = in.take('-') ? -1 : (in.take('+') ? 1 : 0);
  auto hours = in.digits(2);
  if (sign == 0 || !hours || *hours > 14) return std::nullopt;
  int minutes = 0;
  if (!in.done()) {
    in.take(':');
    auto part = in.digits(2);
    if (!part || *part > 59) return std::nullopt;
    minutes = *part;
  }
  return sign * std::chrono::minutes(*hours * 60 + minutes);
}

}  // namespace

Result<Time> parse_iso(std::string_view text, const Zone& zone) {
  auto bad = [&] { return fail(Errc::invalid, "must be an ISO 8601 time such as 2026-01-02T10:00:00Z"); };
  Reader in(text);
  auto day = read_date(in);
  if (!day) return bad();
  LocalTime local(*day);
  if (in.done()) return zone.to_utc(local);
  if (!in.take('T') && !in.take('t') && !in.take(' ')) return bad();
  auto clock = read_clock(in);
  if (!clock) return bad();
  local += *clock;
  if (in.done()) return zone.to_utc(local);
  auto offset = read_offset(in);
  if (!offset || !in.done()) return bad();
  return Time(local.time_since_epoch() - *offset);
}

std::string format_iso(Time t) {
  auto [date, clock] = split_local(LocalTime(t.time_since_epoch()));
  auto text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                          static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                          clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (clock.subseconds().count() != 0) text += fmt::format(".{:06}", clock.subseconds().count());
  return text + "Z";
}

}  // namespace rb
