#include "domain/derived.hpp"

#include <fmt/format.h>

#include <boost/json/value_from.hpp>

#include "base/ids.hpp"
#include "base/strings.hpp"
#include "time/iso.hpp"

namespace rb::analytics {
namespace {

constexpr std::size_t kDigest = 16;  // bytes

events::Event saying(std::string type, const std::vector<std::string>& words, Time time) {
  events::Event out;
  out.source = kOwnSource;
  out.id = id_of_saying(type, words);
  out.type = std::move(type);
  out.time = time;
  return out;
}

void add(boost::json::object& to, std::string_view field, const std::string& text) {
  if (!text.empty()) to[field] = text;
}

}  // namespace

std::string id_of_saying(std::string_view type, const std::vector<std::string>& words) {
  return fmt::format("{}-{}", type, hex(sha256(join(words, "\n")).substr(0, kDigest)));
}

events::Event balance_low(const LowBalanceSaying& what, Time now) {
  const auto& tally = what.tally;
  auto left = lessons_left(tally).value_or(0);
  auto out = saying("balance.low",
                    {what.student_id, what.currency, std::to_string(what.times), std::to_string(tally.paid),
                     std::to_string(tally.charged)},
                    now);
  // Amounts of events are never negative: what is owed is told in lessons.
  auto rest = std::max<std::int64_t>(tally.paid - tally.charged, 0);
  out.data = {{"user_id", what.payer_id.empty() ? what.student_id : what.payer_id},
              {"student_ids", boost::json::array{what.student_id}},
              {"amount", events::format_money(rest, what.currency)},
              {"currency", what.currency},
              {"lessons_left", left}};
  return out;
}

events::Event homework_overdue(const Homework& homework, const std::vector<std::string>& students, Time due) {
  auto out = saying("homework.overdue", {homework.id, std::to_string(to_micros(due))}, due);
  out.data = {{"homework_id", homework.id}, {"student_ids", boost::json::value_from(students)}};
  add(out.data, "tutor_id", homework.tutor_id);
  add(out.data, "lesson_id", homework.lesson_id);
  add(out.data, "subject", homework.subject);
  add(out.data, "description", homework.description);
  add(out.data, "due_date", homework.due->day.empty() ? format_iso(due) : homework.due->day);
  return out;
}

}  // namespace rb::analytics
