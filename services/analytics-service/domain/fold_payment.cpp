#include "domain/merge.hpp"

namespace rb::analytics {
namespace {

std::optional<PaymentEntry> entry(const events::Event* last, std::string_view stamp) {
  if (last == nullptr) return std::nullopt;
  return PaymentEntry{money(*last, "amount").value_or(Money{}), last->moment(stamp).value_or(last->time)};
}

std::optional<PaymentPart> part(std::string_view type) {
  if (type == "payment.processed") return PaymentPart::processed;
  if (type == "payment.failed") return PaymentPart::failed;
  if (type == "payment.refunded") return PaymentPart::refunded;
  return std::nullopt;
}

}  // namespace

std::optional<Payment> fold_payment(Events ordered) {
  std::optional<PaymentPart> last;
  for (const auto& event : ordered)
    if (auto said = part(event.type)) last = said;
  if (!last) return std::nullopt;

  Payment payment;
  payment.id = ordered.back().text("payment_id");
  payment.tutor_id = merged_text(ordered, "tutor_id");
  if (const auto* event = last_with(ordered, "student_ids")) payment.student_id = first_student(*event);
  payment.payer_id = merged_text(ordered, "user_id");
  if (payment.payer_id.empty()) payment.payer_id = payment.student_id;
  payment.method = merged_text(ordered, "payment_method");
  payment.processed = entry(last_of(ordered, "payment.processed"), "processed_at");
  payment.failed = entry(last_of(ordered, "payment.failed"), "failed_at");
  payment.refunded = entry(last_of(ordered, "payment.refunded"), "refunded_at");
  payment.last = *last;
  return payment;
}

}  // namespace rb::analytics
