#include <array>

#include "db/json_text.hpp"
#include "rb/analytics/sql/payments.sql.hpp"
#include "store/fact_rows.hpp"

namespace rb::analytics {
namespace {

struct PartColumns {
  PaymentPart part;
  std::optional<PaymentEntry> Payment::* entry;
  std::string_view at, minor, currency;
};
constexpr std::array kPartColumns = {
    PartColumns{PaymentPart::processed, &Payment::processed, "processed_at", "processed",
                "processed_currency"},
    PartColumns{PaymentPart::failed, &Payment::failed, "failed_at", "failed", "failed_currency"},
    PartColumns{PaymentPart::refunded, &Payment::refunded, "refunded_at", "refunded", "refunded_currency"}};

void add_key(RowsText& rows, const Payment& payment, const PartColumns& part) {
  rows.row()
      .text("tutor_id", payment.tutor_id)
      .time("at", (payment.*part.entry)->at)
      .text("payment_id", payment.id)
      .number("part", static_cast<std::int64_t>(part.part));
}

void add_row(RowsText& rows, const Payment& payment, const PartColumns& which) {
  add_key(rows, payment, which);
  rows.text("student_id", payment.student_id)
      .text("payer_id", payment.payer_id)
      .text("method", payment.method)
      .number("last_part", static_cast<std::int64_t>(payment.last));
  for (const auto& part : kPartColumns)
    if (const auto& entry = payment.*part.entry)
      rows.time(part.at, entry->at)
          .number(part.minor, entry->amount.minor)
          .text(part.currency, entry->amount.currency);
}

Payment payment_from(const db::Rows& rows, std::size_t i) {
  Payment payment;
  payment.id = rows.text(i, "payment_id");
  payment.tutor_id = rows.text(i, "tutor_id");
  payment.student_id = rows.text(i, "student_id");
  payment.payer_id = rows.text(i, "payer_id");
  payment.method = rows.text(i, "method");
  payment.last = static_cast<PaymentPart>(rows.integer(i, "last_part"));
  for (const auto& part : kPartColumns)
    if (auto amount = maybe_money(rows, i, part.minor, part.currency))
      payment.*part.entry = PaymentEntry{std::move(*amount), rows.time(i, part.at)};
  return payment;
}

Task<std::vector<Payment>> read_payments(db::QueryRunner read, const db::Query& query, db::Params whose,
                                         Span span) {
  auto rows = co_await rows_in(read, query, std::move(whose), span);
  co_return different_facts(rows, "payment_id", &payment_from);
}

}  // namespace

void write(db::Transaction& tx, const std::vector<Change<Payment>>& changes) {
  RowsText keys, rows;
  for (const auto& change : changes)
    for (const auto& part : kPartColumns) {
      if (change.before && (*change.before.*part.entry)) add_key(keys, *change.before, part);
      if (change.after && (*change.after.*part.entry)) add_row(rows, *change.after, part);
    }
  post(tx, sql::delete_payments, keys);
  post(tx, sql::insert_payments, rows);
}

Task<std::vector<Payment>> payments_of_tutor(db::QueryRunner read, std::string tutor_id, Span span) {
  return read_payments(std::move(read), sql::payments_of_tutor, {{"tutor_id", std::move(tutor_id)}}, span);
}

Task<std::vector<Payment>> payments_of_students(db::QueryRunner read, const std::vector<std::string>& ids,
                                                Span span) {
  return read_payments(std::move(read), sql::payments_of_students, {{"ids", db::json_list(ids)}}, span);
}

Task<std::vector<Payment>> payments_of_payer(db::QueryRunner read, std::string payer_id, Span span) {
  return read_payments(std::move(read), sql::payments_of_payer, {{"payer_id", std::move(payer_id)}}, span);
}

Task<std::vector<Payment>> payments_of_school(db::QueryRunner read, Span span) {
  return read_payments(std::move(read), sql::payments_of_school, {}, span);
}

Task<StoredById<Payment>> all_payments(db::QueryRunner read) {
  return all_by_id(std::move(read), sql::payments_after,
                   {{"tutor_id", ""}, {"at", kBelowAll}, {"payment_id", ""}, {"part", kBelowAll}},
                   &payment_from);
}

std::size_t rows_of(const Payment& payment) {
  return std::ranges::count_if(kPartColumns,
                               [&](const auto& part) { return (payment.*part.entry).has_value(); });
}

}  // namespace rb::analytics
