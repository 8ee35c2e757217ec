#include "domain/figures/payments.hpp"

#include <gmock/gmock.h>

#include "domain/figures/asking.hpp"
#include "domain/figures/balances.hpp"
#include "domain/figures/exact.hpp"
#include "json/json.hpp"

namespace rb::analytics {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

PaymentEntry entry(std::int64_t minor, std::string_view when, std::string currency = "RUB") {
  return {{minor, std::move(currency)}, at(when)};
}

Payment processed(std::int64_t minor, std::string_view when, std::string currency = "RUB",
                  std::string method = "") {
  Payment out;
  out.student_id = "2";
  out.tutor_id = "1";
  out.method = std::move(method);
  out.processed = entry(minor, when, std::move(currency));
  return out;
}

PaymentTallies tallied(const std::vector<Payment>& payments,
                       const Question& asked = asking("2026-03-01", "2026-03-31")) {
  return tally(payments, Scope(asked));
}

TEST(Payments, count_processed_and_refunded_each_on_its_own_day) {
  auto refunded = processed(150'050, "2026-03-01T10:00:00Z", "RUB", "sbp");
  refunded.refunded = entry(50'000, "2026-03-03T10:00:00Z");
  refunded.last = PaymentPart::refunded;
  auto earlier = processed(70'000, "2026-02-01T10:00:00Z");
  earlier.refunded = entry(70'000, "2026-03-02T10:00:00Z");
  auto asked = asking("2026-03-01", "2026-03-03");
  auto all = tallied({refunded, earlier, processed(100, "2026-03-03T11:00:00Z")}, asked);
  CurrencyFigures rub{.currency = "RUB",
                      .total_revenue = 1501.5,
                      .refunds = 1200,
                      .net_revenue = 301.5,
                      .total_payments = 2,
                      .average_payment = 750.75,
                      .failed_payments = 0,
                      .success_rate = 100,
                      .by_method = {{"sbp", {1500.5, 1}}, {"unknown", {1, 1}}}};
  EXPECT_EQ(payment_figures(all, asked), (PaymentFigures{rub, {rub}}));
  EXPECT_THAT(revenue_trends(all, Scope(asked)), ElementsAre(RevenueDay{"2026-03-01", 1500.5, 0, 1, 1500.5},
                                                             RevenueDay{"2026-03-02", 0, 700, 0, 1500.5},
                                                             RevenueDay{"2026-03-03", 1, 500, 1, 1501.5}));
}

TEST(Payments, are_failed_only_when_the_failure_came_last) {
  auto failed = processed(100, "2026-03-05T10:00:00Z");
  failed.processed.reset();
  failed.failed = entry(100, "2026-03-05T09:00:00Z");
  failed.last = PaymentPart::failed;
  auto cured = processed(100, "2026-03-05T10:00:00Z");
  cured.failed = entry(100, "2026-03-05T09:00:00Z");
  auto figures = payment_figures(tallied({failed, cured, cured}), asking("2026-03-01", "2026-03-31"));
  EXPECT_EQ(figures.failed_payments, 1);
  EXPECT_EQ(figures.success_rate, 66.67);
}

TEST(Payments, none_have_no_mean_and_stand_in_roubles) {
  auto figures = payment_figures({}, asking("2026-03-01", "2026-03-31"));
  EXPECT_EQ(figures.currency, "RUB");
  EXPECT_FALSE(figures.average_payment || figures.success_rate);
  EXPECT_THAT(figures.by_currency, IsEmpty());
}

TEST(Payments, never_add_currencies) {
  auto asked = asking("2026-03-01", "2026-03-31");
  auto all =
      tallied({processed(100, "2026-03-05T10:00:00Z", "USD"), processed(500, "2026-03-05T10:00:00Z", "EUR"),
               processed(100, "2026-03-06T10:00:00Z", "USD"), processed(700, "2026-03-05T10:00:00Z", "JPY"),
               processed(900, "2026-03-06T10:00:00Z", "EUR")});
  auto figures = payment_figures(all, asked);
  EXPECT_EQ(figures.currency, "EUR");  // as many as USD, first by code
  EXPECT_EQ(figures.total_revenue, 14);
  EXPECT_THAT(figures.by_currency, SizeIs(3));
  EXPECT_EQ(figures.by_currency[1].total_revenue, 700);
  asked.currency = "USD";
  EXPECT_EQ(payment_figures(all, asked).total_revenue, 2);
  asked.currency = "KZT";
  EXPECT_EQ(payment_figures(all, asked).currency, "KZT");
  EXPECT_EQ(payment_figures(all, asked).total_payments, 0);
}

TEST(Payments, in_json_are_exact_decimals) {
  auto asked = asking("2026-03-05", "2026-03-05");
  auto all = tallied({processed(123'456'789'012'37, "2026-03-05T10:00:00Z")});
  EXPECT_EQ(json::to_text(json::write(revenue_trends(all, Scope(asked)).at(0))).find("1.2"),
            std::string::npos);
  EXPECT_NE(
      json::to_text(json::write(payment_figures(all, asked))).find(R"("total_revenue":123456789012.37,)"),
      std::string::npos);
}

// Balances.

const Time kNow = at("2026-03-10T12:00:00Z");

Lesson charged(const std::string& id, std::int64_t price, std::string_view when) {
  Lesson out;
  out.id = id;
  Place place;
  place.student_id = "2";
  place.status = LessonStatus::completed;
  place.at = at(when);
  place.price = Money{price, "RUB"};
  place.charged = true;
  out.places.push_back(place);
  return out;
}

Lesson planned(std::string_view when) {
  Lesson out;
  out.id = when;
  out.scheduled_at = at(when);
  Place place;
  place.student_id = "2";
  place.at = at(when);
  out.places.push_back(place);
  return out;
}

std::vector<Balance> balance(const std::vector<Lesson>& lessons, const std::vector<Payment>& payments) {
  auto asked = asking("2026-03-01", "2026-03-31");
  asked.now = kNow;
  return balances(tally_balances(lessons, payments, asked), asked, 1);
}

TEST(Balances, leave_lessons_at_the_mean_of_the_last_three_prices) {
  std::vector lessons{charged("1", 900'000, "2026-02-01T10:00:00Z"),
                      charged("2", 100'000, "2026-02-02T10:00:00Z"),
                      charged("3", 100'000, "2026-02-03T10:00:00Z"),
                      charged("4", 130'000, "2026-02-04T10:00:00Z"),
                      planned("2026-03-09T10:00:00Z"),
                      planned("2026-03-20T10:00:00Z"),
                      planned("2026-03-17T10:00:00Z"),
                      planned("2026-03-26T22:00:00Z")};
  auto paid = [](std::int64_t minor) { return std::vector{processed(1'230'000 + minor, "2026-01-01")}; };
  EXPECT_THAT(balance(lessons, paid(220'000)),
              ElementsAre(Balance{"2", "RUB", 2200, 2, false, "2026-03-27"}));
  EXPECT_THAT(balance(lessons, paid(219'999)),
              ElementsAre(Balance{"2", "RUB", 2199.99, 1, true, "2026-03-20"}));
  EXPECT_THAT(balance(lessons, paid(400'000)),
              ElementsAre(Balance{"2", "RUB", 4000, 3, false, std::nullopt}));
  EXPECT_THAT(balance(lessons, paid(-1)), ElementsAre(Balance{"2", "RUB", -0.01, -1, true, "2026-03-17"}));
}

TEST(Balances, without_prices_leave_no_number_of_lessons) {
  auto refunded = processed(100'000, "2026-01-01");
  refunded.refunded = entry(40'000, "2026-02-01");
  EXPECT_THAT(balance({planned("2026-03-20T10:00:00Z")}, {refunded}),
              ElementsAre(Balance{"2", "RUB", 600, std::nullopt, false, std::nullopt}));
  EXPECT_THAT(balance({charged("1", 0, "2026-02-01")}, {refunded}),
              ElementsAre(Balance{"2", "RUB", 600, std::nullopt, false, std::nullopt}));
}

TEST(Balances, stand_for_each_currency) {
  EXPECT_THAT(balance({charged("1", 1000, "2026-02-01")}, {processed(500, "2026-01-01", "USD")}),
              ElementsAre(Balance{"2", "RUB", -10, -1, true, std::nullopt},
                          Balance{"2", "USD", 5, std::nullopt, false, std::nullopt}));
}

}  // namespace
}  // namespace rb::analytics
