// Payments, earnings, balances.
#include "tests/plain.hpp"

namespace rb::analytics::plain {
namespace {

std::vector<Entry> asked_for(const History& history, const Question& asked) {
  std::vector<Entry> out;
  for (const auto& entry : entries(history))
    if (entry.counts && same_tutor(entry.tutor, asked) && same_student(entry.student, asked) &&
        within(entry.at, asked))
      out.push_back(entry);
  return out;
}

struct Amount {
  std::int64_t minor = 0, count = 0;
};

template <class Keep>
Amount sum(const std::vector<Entry>& all, std::string_view what, std::string_view currency, Keep keep) {
  Amount out;
  for (const auto& entry : all)
    if (entry.what == what && entry.currency == currency && keep(entry)) {
      out.minor += entry.minor;
      ++out.count;
    }
  return out;
}

CurrencyFigures of_currency(const std::vector<Entry>& all, const std::string& code) {
  auto any = [](const Entry&) { return true; };
  auto processed = sum(all, "processed", code, any), refunded = sum(all, "refunded", code, any);
  CurrencyFigures out;
  out.currency = code;
  out.total_revenue = major(processed.minor, code);
  out.refunds = major(refunded.minor, code);
  out.net_revenue = major(processed.minor - refunded.minor, code);
  out.total_payments = processed.count;
  std::vector<Number> amounts;
  for (const auto& entry : all) {
    if (entry.what != "processed" || entry.currency != code) continue;
    Number units = 1;
    for (int digit = 0; digit < events::currency_digits(code); ++digit) units *= 10;
    amounts.push_back(Number(entry.minor) / units);
    auto of_method =
        sum(all, "processed", code, [&](const Entry& other) { return other.method == entry.method; });
    out.by_method[entry.method] = {major(of_method.minor, code), of_method.count};
  }
  out.average_payment = mean(amounts);
  out.failed_payments = sum(all, "failed", code, any).count;
  out.success_rate = rate(out.total_payments, out.total_payments + out.failed_payments);
  return out;
}

std::string most_used(const std::vector<CurrencyFigures>& currencies, const Question& asked) {
  if (!asked.currency.empty()) return asked.currency;
  if (currencies.empty()) return "RUB";
  const auto* best = &currencies.front();
  for (const auto& each : currencies)
    if (each.total_payments > best->total_payments) best = &each;
  return best->currency;
}

Earnings earnings(const std::vector<Entry>& all, const std::string& tutor, const std::string& code,
                  std::int64_t lessons, std::optional<std::int64_t> pay) {
  auto of_tutor = [&](const Entry& entry) { return entry.tutor == tutor; };
  auto net = sum(all, "processed", code, of_tutor).minor - sum(all, "refunded", code, of_tutor).minor;
  Number units = 1;
  for (int digit = 0; digit < events::currency_digits(code); ++digit) units *= 10;
  Earnings out{code, major(net, code), std::nullopt, std::nullopt};
  if (pay) out.tutor_pay = major(*pay, code);
  if (lessons > 0) out.average_per_lesson = two(Number(net) / units / lessons);
  return out;
}

std::vector<TutorEarnings> tutors(const History& history, const std::vector<Entry>& all,
                                  const Question& asked, const std::string& chosen) {
  std::map<std::string, std::int64_t> lessons;
  std::map<std::string, std::map<std::string, std::int64_t>> pay;
  std::map<std::string, std::set<std::string>> currencies;
  for (const auto& [id, lesson] : history.lessons) {
    auto tutor = text(lesson, "tutor_id");
    std::vector<Seat> scope;
    for (const auto& seat : seats(lesson))
      if (same_student(seat.student, asked)) scope.push_back(seat);
    auto stand = whole(scope);
    if (!stand || stand->status != "completed" || !within(stand->at, asked) || tutor.empty()) continue;
    if (!same_tutor(tutor, asked) || !same_subject(text(lesson, "subject"), asked)) continue;
    ++lessons[tutor];
    if (auto told = lesson_money(lesson, "tutor_pay", "price")) {
      pay[tutor][told->first] += told->second;
      currencies[tutor].insert(told->first);
    }
  }
  for (const auto& entry : all) {
    if (entry.tutor.empty() || entry.what == "failed") continue;
    lessons.try_emplace(entry.tutor, 0);
    currencies[entry.tutor].insert(entry.currency);
  }
  std::vector<TutorEarnings> out;
  for (const auto& [tutor, count] : lessons) {
    auto row = [&](const std::string& code) {
      auto paid = pay[tutor].find(code);
      return earnings(all, tutor, code, count,
                      paid == pay[tutor].end() ? std::nullopt : std::optional(paid->second));
    };
    TutorEarnings full{row(chosen), tutor, count, {}};
    for (const auto& code : currencies[tutor]) full.by_currency.push_back(row(code));
    out.push_back(full);
  }
  std::ranges::sort(out, [](const TutorEarnings& a, const TutorEarnings& b) {
    return a.total_earnings != b.total_earnings ? a.total_earnings > b.total_earnings
                                                : a.tutor_id < b.tutor_id;
  });
  return out;
}

struct Charge {
  Time at;
  std::string lesson;
  std::int64_t minor;
};

}  // namespace

std::vector<Entry> entries(const History& history) {
  std::vector<Entry> out;
  for (const auto& [id, story] : history.payments) {
    auto* named = last_with(story, "student_ids");
    Entry entry;
    entry.payment = id;
    entry.tutor = text(story, "tutor_id");
    entry.student = named == nullptr ? "" : student_of(*named);
    entry.payer = text(story, "user_id", entry.student);
    entry.method = text(story, "payment_method", "unknown");
    for (std::string what : {"processed", "refunded", "failed"}) {
      auto* event = last_of(story, "payment." + what);
      if (event == nullptr) continue;
      auto stamp = event->moment(what + "_at");
      entry.what = what;
      entry.counts = what != "failed" || story.back().type == "payment.failed";
      std::tie(entry.currency, entry.minor) = money(*event, "amount");
      entry.at = stamp ? *stamp : event->time;
      out.push_back(entry);
    }
  }
  return out;
}

void answer_money(const History& history, const Question& asked, Answers& out) {
  auto all = asked_for(history, asked);
  std::set<std::string> codes;
  for (const auto& entry : all) codes.insert(entry.currency);
  for (const auto& code : codes) out.payments.by_currency.push_back(of_currency(all, code));
  auto chosen = most_used(out.payments.by_currency, asked);
  static_cast<CurrencyFigures&>(out.payments) = of_currency(all, chosen);

  std::int64_t running = 0;
  for (auto day : dates(asked)) {
    auto of_day = [&](const Entry& entry) { return date(entry.at, asked) == day; };
    auto came = sum(all, "processed", chosen, of_day);
    running += came.minor;
    out.revenue_trends.push_back({written(day), major(came.minor, chosen),
                                  major(sum(all, "refunded", chosen, of_day).minor, chosen), came.count,
                                  major(running, chosen)});
  }
  out.tutor_earnings = tutors(history, all, asked, chosen);
}

void answer_balances(const History& history, const Question& asked, Answers& out) {
  std::map<std::pair<std::string, std::string>, std::int64_t> money_left;
  std::map<std::pair<std::string, std::string>, std::vector<Charge>> charges;
  std::map<std::string, std::vector<Time>> planned;
  for (const auto& entry : entries(history)) {
    if (entry.student.empty() || !same_student(entry.student, asked) || entry.what == "failed") continue;
    money_left[{entry.student, entry.currency}] += entry.what == "processed" ? entry.minor : -entry.minor;
  }
  for (const auto& [id, lesson] : history.lessons)
    for (const auto& seat : seats(lesson)) {
      if (seat.student.empty() || !same_student(seat.student, asked)) continue;
      auto* event = last_with(lesson, "scheduled_at");
      if (seat.status == "scheduled" && event != nullptr && *event->moment("scheduled_at") >= asked.now)
        planned[seat.student].push_back(*event->moment("scheduled_at"));
      if (!seat.charged || !seat.price) continue;
      money_left[{seat.student, seat.price->first}] -= seat.price->second;
      charges[{seat.student, seat.price->first}].push_back({seat.at, id, seat.price->second});
    }
  for (const auto& [key, minor] : money_left) {
    const auto& [student, code] = key;
    auto last = charges[key];
    std::ranges::sort(last, [](const Charge& a, const Charge& b) {
      return a.at != b.at ? a.at > b.at : a.lesson > b.lesson;
    });
    if (last.size() > 3) last.resize(3);
    Number price;
    for (const auto& charge : last) price += charge.minor;
    Balance row;
    row.student_id = student;
    row.currency = code;
    row.balance = major(minor, code);
    if (price > 0) {
      std::int64_t left = minor < 0 ? -1 : 0;  // the greatest number of mean prices that the balance holds
      auto holds = [&](std::int64_t lessons) { return price / last.size() * lessons <= minor; };
      while (!holds(left)) --left;
      while (holds(left + 1)) ++left;
      auto coming = planned[student];
      std::ranges::sort(coming);
      auto index = static_cast<std::size_t>(left < 0 ? 0 : left);
      row.lessons_left = left;
      row.low = left <= kLowLessons;
      if (index < coming.size()) row.run_out_date = written(date(coming[index], asked));
    }
    out.balances.push_back(row);
  }
}

}  // namespace rb::analytics::plain
