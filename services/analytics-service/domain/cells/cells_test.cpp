// Cells: what they tell of a school equals what its facts tell.
#include <gmock/gmock.h>

#include <random>

#include "domain/cells/count.hpp"
#include "domain/cells/measure.hpp"
#include "domain/cells/read.hpp"
#include "domain/figures/asking.hpp"
#include "domain/figures/standing.hpp"

namespace rb::analytics {
namespace {

using testing::IsEmpty;

struct School {
  std::vector<Lesson> lessons;
  std::vector<Payment> payments;
  std::vector<Homework> homework;
  std::vector<Access> accesses;
  std::vector<Login> logins;
  std::vector<Person> people;
};

class Making {
 public:
  explicit Making(unsigned seed) : random_(seed) {}

  School school() {
    School out;
    for (int i = 0; i < 60; ++i) out.lessons.push_back(lesson(i));
    for (int i = 0; i < 40; ++i) out.payments.push_back(payment(i));
    for (int i = 0; i < 40; ++i) {
      Homework homework;
      homework.submitted_at = moment();
      homework.submitted_by = {person()};
      out.homework.push_back(homework);
      Access access{"s", std::to_string(i),     "m",     "", word(), person(), "",
                    "",  MaterialUse(below(4)), moment()};
      out.accesses.push_back(access);
      out.logins.push_back({"s", std::to_string(i), person(), below(2) == 0 ? "" : "tutor", "", moment()});
    }
    for (int i = 1; i < 12; ++i) {
      Person one;
      one.id = std::to_string(i);
      if (below(3) != 0) one.registered_at = moment();
      out.people.push_back(one);
    }
    return out;
  }

 private:
  int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }
  // Around two changes of Berlin's clocks, many of them on a border of days or quarter-hours.
  Time moment() {
    auto at = parse_date("2026-03-01").value().time_since_epoch() + std::chrono::hours(below(24 * 60));
    return Time(at) + Micros(below(3) - 1) + std::chrono::minutes(below(5) * 15 * below(2));
  }
  std::string person() { return below(9) == 0 ? "" : std::to_string(1 + below(11)); }
  std::string word() { return std::array{"", "Физика", "Химия"}[static_cast<std::size_t>(below(3))]; }
  Money money() { return {below(2) * 100 + below(3), below(3) == 0 ? "USD" : "RUB"}; }

  Lesson lesson(int i) {
    Lesson out;
    out.id = std::to_string(i);
    out.tutor_id = person();
    out.subject = word();
    out.minutes = 30 * below(4);
    if (below(2) == 0) out.tutor_pay = money();
    auto common = moment();
    if (below(3) != 0) out.scheduled_at = common;
    for (int place = 0; place <= below(3); ++place) {
      Place one;
      one.student_id = person();
      one.status = LessonStatus(below(4));
      one.at = below(3) == 0 ? moment() : common + std::chrono::minutes(below(20));
      one.attendance = std::array{"", "late", "absent"}[static_cast<std::size_t>(below(3))];
      if (below(2) == 0) one.rating = 1'000'000 * below(6);
      out.places.push_back(one);
    }
    return out;
  }

  Payment payment(int i) {
    Payment out;
    out.id = std::to_string(i);
    out.tutor_id = person();
    out.payer_id = person();
    out.method = std::array{"", "sbp", "card"}[static_cast<std::size_t>(below(3))];
    if (below(3) != 0) out.processed = PaymentEntry{money(), moment()};
    if (below(3) == 0) out.refunded = PaymentEntry{money(), moment()};
    if (below(3) == 0) out.failed = PaymentEntry{money(), moment()};
    if (out.failed && below(2) == 0) out.last = PaymentPart::failed;
    return out;
  }

  std::mt19937 random_;
};

void count(Counting& to, const School& school, int times) {
  auto add = [&](const auto& facts) {
    for (const auto& fact : facts) to.add(fact, times);
  };
  add(school.lessons);
  add(school.payments);
  add(school.homework);
  add(school.accesses);
  add(school.logins);
  add(school.people);
}

void learn_all(Names& names, Texts& texts) {
  while (!names.missing().empty()) {
    auto name = *names.missing().begin();
    auto number = static_cast<std::uint32_t>(texts.size() + 1);
    texts[number] = name.substr(1);
    names.learn(name, number);
  }
}

struct Counted {
  Names names;
  Texts texts;
  Cells cells;
};
Counted counted(const School& school) {
  Counted out;
  Counting first(out.names);
  count(first, school, 1);
  learn_all(out.names, out.texts);
  Counting second(out.names);
  count(second, school, 1);
  out.cells = second.take();
  return out;
}

UserFigures by_facts(const School& school, const Scope& scope) {
  auto active =
      activities_in(school.lessons, school.payments, school.homework, school.accesses, school.logins);
  auto out = user_figures(active, school.people, school.logins, scope);
  out.role_distribution.clear();
  return out;
}

void expect_same(const School& school, const Counted& counted, const Scope& scope, const std::string& label) {
  auto period = cover(scope.days);
  ASSERT_TRUE(period.has_value()) << label;
  auto read = read_tallies(counted.cells, *period, counted.texts, scope);
  auto lessons = tally(school.lessons, scope);
  EXPECT_EQ(read.lessons.total, lessons.total) << label;
  EXPECT_EQ(read.lessons.days, lessons.days) << label;
  EXPECT_EQ(read.lessons.unique_students, lessons.unique_students) << label;
  for (const auto& [name, subject] : lessons.subjects)
    EXPECT_EQ(read.lessons.subjects[name].lessons, subject.lessons) << label;
  EXPECT_EQ(read.money.payments, tally(school.payments, scope)) << label;
  EXPECT_EQ(read.money.tutors, tally_earnings(school.lessons, school.payments, scope)) << label;
  EXPECT_EQ(read.materials, tally(school.accesses, scope)) << label;
  auto covers = cover_users(scope.asked);
  ASSERT_TRUE(covers.has_value()) << label;
  EXPECT_EQ(read_users(counted.cells, *covers, counted.texts, scope), by_facts(school, scope)) << label;
}

// Every lesson has ended.
Scope long_after(Question asked) {
  asked.now += std::chrono::days(365);
  return Scope(asked);
}

TEST(Cells, tell_of_any_period_in_any_zone_what_the_facts_tell) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    auto school = Making(seed).school();
    auto cells = counted(school);
    for (const auto* zone : {"UTC", "Europe/Moscow", "Europe/Berlin", "America/New_York", "Asia/Kathmandu",
                             "Pacific/Kiritimati", "Pacific/Marquesas"})
      for (auto [first, last] : {std::pair("2026-03-10", "2026-03-10"), std::pair("2026-03-02", "2026-04-20"),
                                 std::pair("2026-03-29", "2026-03-29")})
        expect_same(school, cells, long_after(asking(first, last, zone)),
                    fmt::format("seed {}, {} {}..{}", seed, zone, first, last));
  }
}

TEST(Cells, are_empty_when_everything_has_been_taken_away) {
  auto school = Making(7).school();
  auto all = counted(school);
  Counting away(all.names);
  count(away, school, -1);
  for (const auto& [slot, delta] : away.take()) all.cells[slot].add(delta.counters());
  for (const auto& [slot, cell] : all.cells) EXPECT_THAT(cell.counters(), IsEmpty());
}

TEST(Cells, cannot_tell_where_days_begin_off_the_quarter_hours) {
  auto asked = asking("1960-03-01", "1960-03-02", "Africa/Monrovia");  // −0:44:30
  EXPECT_EQ(cover(Days(asked.first, asked.last, asked.zone)), std::nullopt);
}

TEST(Cells, cover_a_period_by_whole_days_and_the_fewest_quarter_hours) {
  auto asked = asking("2026-03-10", "2026-03-11");  // three hours before UTC
  auto parts = cover(Days(asked.first, asked.last, asked.zone)).value();
  EXPECT_EQ(parts.size(), 2U + 12U + 12U);
}

TEST(Cell, reads_the_text_that_it_writes) {
  Cell cell(
      {{key_of(Measure::active, 7), 3}, {key_of(Measure::minutes), -1'000'000'000'000}, {5, 15}, {6, 16}});
  EXPECT_EQ(Cell::from_text(cell.text()), cell);
  EXPECT_EQ(Cell::from_text(""), Cell());
  EXPECT_EQ(Cell({{1, 1}, {0, 15}, {key_of(Measure{}, 1, 1), -1}}).text(), "AeDCCD");
}

TEST(Cell, that_is_torn_or_foreign_is_none) {
  for (const auto* text : {"A", "g", "A!", "AAA", "gggggggggggggggA"})
    EXPECT_EQ(Cell::from_text(text), std::nullopt) << text;
}

TEST(Cell, keeps_no_counter_of_nothing) {
  Cell cell({{1, 2}, {2, 5}, {1, -2}});
  EXPECT_EQ(cell, Cell({{2, 5}}));
  cell.add(Cell({{2, 5}, {3, 1}}).counters(), -1);
  EXPECT_EQ(cell, Cell({{3, -1}}));
}

}  // namespace
}  // namespace rb::analytics
