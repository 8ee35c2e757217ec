// Ticks, ranges, dates and bins as tables of cases.
#include <gtest/gtest.h>

#include <cmath>

#include "plot/axis.hpp"
#include "plot/bars.hpp"
#include "plot/box.hpp"
#include "plot/date.hpp"
#include "plot/ticks.hpp"

namespace rb::plot {
namespace {

namespace bj = boost::json;

struct AxisUnderTest {
  bj::value layout;
  Problems problems;
  Axis axis;

  explicit AxisUnderTest(const char* json = "{}", const char* id = "x", AxisKind kind = AxisKind::linear)
      : layout(bj::parse(json)), axis(Node(&layout, nullptr, "layout.xaxis", problems)) {
    axis.id = id, axis.kind = kind, axis.length = 640;
  }

  std::vector<std::string> labels(double from, double to, const char* language = "en") {
    axis.range = {from, to};
    std::vector<std::string> texts;
    for (const auto& tick : find_ticks(axis, 12, locale_of(language)).list) texts.push_back(tick.text);
    return texts;
  }
};

using Texts = std::vector<std::string>;
double day(const char* text) { return parse_date(text).value(); }

TEST(Ticks, are_round_numbers) {
  EXPECT_EQ(AxisUnderTest().labels(0, 10), (Texts{"0", "2", "4", "6", "8", "10"}));
  EXPECT_EQ(AxisUnderTest().labels(-0.3, 0.31), (Texts{"−0.3", "−0.2", "−0.1", "0", "0.1", "0.2", "0.3"}));
  EXPECT_EQ(AxisUnderTest().labels(0, 2e6), (Texts{"0", "0.5M", "1M", "1.5M", "2M"}));
  EXPECT_EQ(AxisUnderTest().labels(3, 0), (Texts{"3", "2.5", "2", "1.5", "1", "0.5", "0"}));
}

TEST(Ticks, speak_the_readers_language) {
  AxisUnderTest money(R"({"tickformat": ",.0f", "ticksuffix": " ₽", "dtick": 10000})");
  EXPECT_EQ(money.labels(0, 20000, "ru"), (Texts{"0 ₽", "10\u00a0000 ₽", "20\u00a0000 ₽"}));
}

TEST(Ticks, of_dates_are_whole_units_and_name_the_year_once) {
  AxisUnderTest dates("{}", "x", AxisKind::date);
  EXPECT_EQ(dates.labels(day("2024-01-01"), day("2024-12-31")),
            (Texts{"Jan 2024", "Mar 2024", "May 2024", "Jul 2024", "Sep 2024", "Nov 2024"}));
  EXPECT_EQ(dates.labels(day("2023-12-15"), day("2024-01-26")),
            (Texts{"Dec 17<br>2023", "Dec 24", "Dec 31", "Jan 7<br>2024", "Jan 14", "Jan 21"}));
}

TEST(Ticks, of_a_log_axis_are_powers) {
  AxisUnderTest log("{}", "x", AxisKind::log);
  EXPECT_EQ(log.labels(0, 8), (Texts{"1", "10", "100", "1000", "10k", "100k", "1M", "10M", "100M"}));
}

TEST(Ticks, that_are_listed_have_their_own_texts) {
  AxisUnderTest listed(R"({"tickvals": [1, 2, 30], "ticktext": ["one", "two", "thirty"]})");
  EXPECT_EQ(listed.labels(0, 10), (Texts{"one", "two"}));
}

TEST(Ticks, name_categories_in_their_order) {
  AxisUnderTest categories("{}", "x", AxisKind::category);
  for (const char* name : {"b", "a", "b", "c"}) categories.axis.coordinate(bj::value(name));
  EXPECT_EQ(categories.labels(-0.5, 2.5), (Texts{"b", "a", "c"}));
}

struct RangeCase {
  const char* layout;
  std::vector<double> values;
  Padding padding;
  double from, to;
};

TEST(Range, leaves_room_for_values_and_pixels) {
  std::vector<RangeCase> cases{
      {"{}", {1, 3}, {}, 1, 3},
      {"{}", {0, 9}, {.extra = true}, -0.5, 9.5},
      {"{}", {2, 9}, {.extra = true, .to_zero = true}, 0, 9 / 0.95},
      {"{}", {5}, {}, 4, 6},
      {R"({"rangemode": "tozero"})", {4, 8}, {}, 0, 8},
      {R"({"rangemode": "nonnegative"})", {0, 9}, {.extra = true}, 0, 9 / 0.95},
      {"{}", {0, 10}, {.low = 64, .high = 64}, -1.25, 11.25},
  };
  for (const auto& c : cases) {
    AxisUnderTest t(c.layout);
    make_room(t.axis, c.values, c.padding);
    settle_range(t.axis);
    EXPECT_NEAR(t.axis.range[0], c.from, 1e-9) << c.layout << c.to;
    EXPECT_NEAR(t.axis.range[1], c.to, 1e-9) << c.layout << c.from;
  }
}

TEST(Range, has_room_for_all_when_too_many_points_want_their_own) {
  AxisUnderTest t;
  for (int i = 0; i < 1000; ++i) {  // the farther out, the smaller: none makes another needless
    double pad = (1000 - i) * 0.1;
    make_room(t.axis, i, {.low = pad, .high = pad});
  }
  EXPECT_LE(t.axis.highs.size(), 256U);
  settle_range(t.axis);
  for (int i : {0, 500, 999}) EXPECT_LE(t.axis.at(i) + (1000 - i) * 0.1, t.axis.length + 1e-6) << i;
}

TEST(ColorScale, mixes_the_stops_around_a_position) {
  ColorScale scale{{{0, {0, 0, 0}}, {0.5, {100, 0, 0}}, {0.5, {0, 200, 0}}, {1, {0, 0, 200}}}};
  EXPECT_EQ(scale.at(-1), (Color{0, 0, 0}));
  EXPECT_EQ(scale.at(0.25), (Color{50, 0, 0}));
  EXPECT_EQ(scale.at(0.5), (Color{100, 0, 0}));
  EXPECT_EQ(scale.at(0.75), (Color{0, 100, 100}));
  EXPECT_EQ(scale.at(2), (Color{0, 0, 200}));
  scale.reverse();
  EXPECT_EQ(scale.at(0.25), (Color{0, 100, 100}));
}

TEST(Range, of_a_log_axis_is_of_powers) {
  AxisUnderTest log("{}", "y", AxisKind::log);
  make_room(log.axis, std::vector{-5.0, 1.0, 1000.0}, {});
  settle_range(log.axis);
  EXPECT_EQ(log.axis.range, (std::array{0.0, 3.0}));
}

TEST(Dates, are_read_as_wall_clocks) {
  EXPECT_EQ(day("1970-01-02"), kDay);
  EXPECT_EQ(day("2026-09"), day("2026-09-01 00:00"));
  EXPECT_EQ(day("2026-09-15T10:30:15.25Z"), day("2026-09-15 10:30:15.250"));
  for (const char* wrong : {"", "2026-13-01", "2026-02-30", "10:30", "2026-01-01x", "2026-01-01 24:00"})
    EXPECT_FALSE(parse_date(wrong)) << wrong;
  EXPECT_EQ(add_months(day("2024-11-15"), 3), day("2025-02-15"));
}

TEST(AxisKind, is_guessed_from_the_values) {
  auto kind = [](const char* json) { return guess_kind(bj::parse(json).as_array()); };
  EXPECT_EQ(kind(R"([1, 2, "3"])"), AxisKind::linear);
  EXPECT_EQ(kind(R"(["2024-01-01", "2024-01-02"])"), AxisKind::date);
  EXPECT_EQ(kind(R"(["a", "b", null])"), AxisKind::category);
  EXPECT_EQ(kind(R"(["2023", "2024"])"), AxisKind::linear);
}

TEST(Bins, are_round_and_hold_whole_numbers_in_their_middle) {
  AxisUnderTest t;
  auto empty = bj::value(bj::object());
  Node none(&empty, nullptr, "xbins", t.problems);
  auto bins = find_bins(t.axis, std::vector<double>{1, 1, 2, 2, 2, 3, 4, 4, 5}, none, 0);
  EXPECT_EQ(bins.edges.front(), -0.5);
  EXPECT_EQ(bins.edges[1] - bins.edges[0], 2);
  auto given = bj::parse(R"({"start": 0, "end": 100, "size": 25})");
  bins = find_bins(t.axis, std::vector<double>{50.5}, Node(&given, nullptr, "xbins", t.problems), 0);
  EXPECT_EQ(bins.edges, (std::vector<double>{0, 25, 50, 75, 100}));
}

TEST(Box, has_quartiles_by_each_method) {
  std::vector<double> values{1, 2, 3, 4, 5, 6, 7, 8, 30};
  auto linear = box_statistics(values, "linear");
  EXPECT_DOUBLE_EQ(linear.median, 5);
  EXPECT_DOUBLE_EQ(linear.q1, 2.75);
  EXPECT_DOUBLE_EQ(linear.q3, 7.25);
  EXPECT_DOUBLE_EQ(linear.high_fence, 8);
  EXPECT_DOUBLE_EQ(box_statistics(values, "exclusive").q1, 2.5);
  EXPECT_DOUBLE_EQ(box_statistics(values, "inclusive").q1, 3);
}

}  // namespace
}  // namespace rb::plot
