#include "school_history.hpp"

#include <fmt/format.h>

#include <fstream>

#include "base/error.hpp"
#include "school_life.hpp"
#include "time/iso.hpp"

namespace rb::bench {
namespace {

void write_users(const std::filesystem::path& file, Seconds moment) {
  Dice dice(2);
  std::ofstream out(file);
  for (int id = 1; id <= kTutors + kStudents; ++id)
    out << envelope(dice, "user.registered", moment + dice.between(0, 30 * 24) * kHour,
                    fmt::format(R"("user_id":{},"role":"{}","full_name":"Имя {}")", id,
                                id <= kTutors ? "tutor" : "student", id))
        << '\n';
  if (!out.flush()) throw Broken("cannot write " + file.string());
}

void write_history(const std::filesystem::path& file, const std::vector<Happening>& events) {
  std::ofstream out(file);
  for (const auto& happening : events) out << happening.event << '\n';
  if (!out.flush()) throw Broken("cannot write " + file.string());
}

}  // namespace

School write_school(const std::filesystem::path& folder, std::string name, std::size_t events, int days,
                    std::chrono::sys_days end) {
  School out{std::move(name),
             folder / fmt::format("users-{}.ndjson", days),
             folder / fmt::format("history-{}-{}.ndjson", events, days),
             events,
             days,
             end - std::chrono::days(1)};
  Seconds until = end.time_since_epoch().count() * kDay;
  write_users(out.users, until - 365 * kDay);
  write_history(out.history, life_of_school(until - days * kDay, until, events, kTutors, kStudents));
  return out;
}

School read_school(std::filesystem::path history, std::filesystem::path users) {
  School out{.name = history.stem().string(), .users = std::move(users), .history = std::move(history)};
  std::ifstream in(out.history);
  std::string first, last;
  for (std::string line; std::getline(in, line); last.swap(line))
    if (++out.events == 1) first = line;
  auto begin = parse_iso(text_field(first, "time"), Zone::utc());
  auto end = parse_iso(text_field(last, "time"), Zone::utc());
  if (!begin || !end) throw Broken("not a history: " + out.history.string());
  out.last = std::chrono::floor<std::chrono::days>(*end);
  out.days = static_cast<int>((out.last - std::chrono::floor<std::chrono::days>(*begin)).count()) + 1;
  return out;
}

std::string_view text_field(std::string_view line, std::string_view name) {
  auto at = line.find(fmt::format("\"{}\":\"", name));
  if (at == std::string_view::npos) return {};
  at += name.size() + 4;
  return line.substr(at, line.find('"', at) - at);
}

}  // namespace rb::bench
