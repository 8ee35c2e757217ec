#include "domain/recurrence.hpp"

namespace rb::notification {
namespace {

constexpr auto kHorizon = std::chrono::days(3653);  // a search ends somewhere
constexpr auto kClosest = std::chrono::minutes(15);
constexpr int kLooked = 500;  // occurrences whose distances are looked at

}  // namespace

// The readings that a recurrence names, in their order, from a given one on.
class Recurrence::Walk {
 public:
  Walk(const Recurrence& of, LocalTime from) : of_(of), from_(std::max(from, of.start_)) {
    if (!of.rule_.count) number_ = std::max<std::int64_t>(0, of.periods_.number_of(from_));
  }

  std::optional<LocalTime> next() {
    for (;;) {
      for (; place_ < period_.size(); ++place_) {
        auto reading = period_[place_];
        if (reading < of_.start_) continue;
        if (of_.rule_.count && ++counted_ > *of_.rule_.count) return std::nullopt;
        if (reading < from_) continue;
        ++place_;
        return reading;
      }
      if (of_.periods_.beginning(number_) > from_ + kHorizon) return std::nullopt;
      period_ = of_.periods_.readings(number_++);
      place_ = 0;
    }
  }

 private:
  const Recurrence& of_;
  LocalTime from_;
  std::int64_t number_ = 0;
  std::vector<LocalTime> period_;
  std::size_t place_ = 0;
  int counted_ = 0;
};

Recurrence::Recurrence(RecurrenceRule rule, LocalTime start, Zone zone)
    : rule_(std::move(rule)), start_(start), zone_(zone), periods_(rule_, start) {
  if (!rule_.until) return;
  const auto& [reading, utc] = *rule_.until;
  until_ = utc ? Time(reading.time_since_epoch()) : zone_.to_utc(reading);
}

Result<Recurrence> Recurrence::parse(std::string_view rule, Time start, Zone zone) {
  auto read = parse_recurrence_rule(rule);
  if (!read) return fail(std::move(read.error()));
  auto local = std::chrono::floor<std::chrono::seconds>(zone.to_local(start));
  Recurrence out(std::move(*read), local, zone);
  if (auto objection = out.objection()) return fail(Errc::invalid, *objection);
  return out;
}

std::optional<std::string> Recurrence::objection() const {
  Walk walk(*this, start_);
  auto before = walk.next();
  if (!before || (until_ && zone_.to_utc(*before) > *until_))
    return "names no moment within ten years of its start";
  for (int i = 0; i < kLooked; ++i) {
    auto reading = walk.next();
    if (!reading) break;
    if (*reading - *before < kClosest) return "comes more often than every 15 minutes";
    before = reading;
  }
  return std::nullopt;
}

std::optional<Time> Recurrence::next_after(Time moment) const {
  // Readings never go back, so none before this one can be later than `moment`.
  Walk walk(*this, zone_.to_local(moment));
  while (auto reading = walk.next()) {
    auto time = zone_.to_utc(*reading);
    if (until_ && time > *until_) return std::nullopt;
    if (time > moment) return time;
  }
  return std::nullopt;
}

Recurrence::Passed Recurrence::passed(Time from, Time now) const {
  Passed out{from, 0, std::nullopt};
  Walk walk(*this, zone_.to_local(from));
  while (auto reading = walk.next()) {
    auto time = zone_.to_utc(*reading);
    if (until_ && time > *until_) break;
    if (time <= out.newest) continue;
    if (time > now) {
      out.next = time;
      break;
    }
    out.newest = time;
    ++out.earlier;
  }
  return out;
}

}  // namespace rb::notification
