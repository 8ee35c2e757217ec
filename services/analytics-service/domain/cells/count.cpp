#include "domain/cells/count.hpp"

#include "domain/cells/measure.hpp"
#include "domain/figures/activity.hpp"
#include "domain/figures/lessons.hpp"
#include "domain/figures/materials.hpp"
#include "domain/figures/question.hpp"
#include "domain/figures/standing.hpp"

namespace rb::analytics {

// The cells of one moment.
class Counting::At {
 public:
  At(Counting& to, Time at, int times) : to_(to), slot_(slot_of(at)), times_(times) {}

  void trend(Measure measure, std::uint32_t y, std::int64_t value = 1) {
    put(kTrends, key_of(measure, static_cast<std::uint32_t>(slot_.quarter), y), value);
  }
  void sum(Measure measure, std::uint32_t x, std::uint32_t y, std::int64_t value = 1) {
    put(kWholeDay, key_of(measure, x, y), value);
    put(slot_.quarter, key_of(measure, x, y), value);
  }

 private:
  void put(int quarter, std::uint64_t key, std::int64_t value) {
    if (value != 0) to_.gathered_.push_back({{slot_.day, quarter}, {key, value * times_}});
  }
  Counting& to_;
  Slot slot_;
  int times_;
};

template <class Fact>
void Counting::add_activity_of(const Fact& fact, int times) {
  for (const auto& [id, at] : activities_of(fact))
    At(*this, at, times).sum(Measure::active, names_.person(id), 0);
}

void Counting::add(const Lesson& lesson, int times) {
  auto whole = standing(lesson);
  if (!whole) return;
  At at(*this, whole->at, times);
  auto subject = names_.word(subject_name(lesson.subject));
  auto status = static_cast<std::uint32_t>(whole->status);
  at.trend(Measure::lessons, status);
  at.sum(Measure::subject_lessons, subject, status);
  if (whole->status == LessonStatus::scheduled && lesson.scheduled_at) at.sum(Measure::scheduled_ends, 0, 0);
  if (whole->status == LessonStatus::completed) {
    at.sum(Measure::minutes, 0, 0, lesson.minutes);
    if (!lesson.tutor_id.empty()) {
      auto tutor = names_.person(lesson.tutor_id);
      at.sum(Measure::tutor_lessons, tutor, 0);
      if (lesson.tutor_pay) {
        at.sum(Measure::tutor_pay, tutor, currency(*lesson.tutor_pay), lesson.tutor_pay->minor);
        at.sum(Measure::tutor_pay_count, tutor, currency(*lesson.tutor_pay));
      }
    }
  }
  for (const auto& place : lesson.places) {
    At here(*this, place.at, times);
    if (place.status == LessonStatus::missed) here.sum(Measure::missed_places, 0, 0);
    if (place.status != LessonStatus::completed) continue;
    here.sum(Measure::completed_places, 0, 0);
    if (is_present(place)) here.sum(Measure::present_places, 0, 0);
    if (!place.student_id.empty()) here.sum(Measure::students, names_.person(place.student_id), 0);
    if (!place.rating) continue;
    here.sum(Measure::rating, 0, 0, *place.rating);
    here.sum(Measure::rating_count, 0, 0);
    if (straddles(place, whole->at)) continue;
    here.sum(Measure::subject_rating, subject, 0, *place.rating);
    here.sum(Measure::subject_rating_count, subject, 0);
  }
  add_activity_of(lesson, times);
}

void Counting::add(const Payment& payment, int times) {
  auto count_net = [&](At& at, const Money& amount, int sign) {
    if (payment.tutor_id.empty()) return;
    auto tutor = names_.person(payment.tutor_id);
    at.sum(Measure::tutor_net, tutor, currency(amount), sign * amount.minor);
    at.sum(Measure::tutor_net_count, tutor, currency(amount));
  };
  if (const auto& processed = payment.processed) {
    At at(*this, processed->at, times);
    auto code = currency(processed->amount);
    auto method = names_.word(or_unknown(payment.method));
    at.trend(Measure::revenue, code, processed->amount.minor);
    at.trend(Measure::transactions, code);
    at.sum(Measure::method_revenue, code, method, processed->amount.minor);
    at.sum(Measure::method_count, code, method);
    count_net(at, processed->amount, 1);
  }
  if (const auto& refunded = payment.refunded) {
    At at(*this, refunded->at, times);
    auto code = currency(refunded->amount);
    at.trend(Measure::refunds, code, refunded->amount.minor);
    at.trend(Measure::refund_count, code);
    count_net(at, refunded->amount, -1);
  }
  if (payment.failed && payment.last == PaymentPart::failed)
    At(*this, payment.failed->at, times).sum(Measure::failed, currency(payment.failed->amount), 0);
  add_activity_of(payment, times);
}

void Counting::add(const Homework& homework, int times) { add_activity_of(homework, times); }

void Counting::add(const Access& access, int times) {
  At at(*this, access.at, times);
  auto use = static_cast<std::uint32_t>(access.use);
  at.trend(Measure::uses, use);
  at.sum(Measure::subject_uses, names_.word(subject_name(access.subject)), use);
  if (is_access(access.use) && !access.user_id.empty())
    at.sum(Measure::readers, names_.person(access.user_id), 0);
  add_activity_of(access, times);
}

void Counting::add(const Login& login, int times) {
  At(*this, login.at, times).trend(Measure::logins, names_.word(or_unknown(login.role)));
  add_activity_of(login, times);
}

void Counting::add(const Person& person, int times) {
  if (!person.registered_at) return;
  At at(*this, *person.registered_at, times);
  at.trend(Measure::registrations, 0);
  at.sum(Measure::registered, names_.person(person.id), 0);
}

Cells Counting::take() {
  std::map<Slot, std::vector<Counter>> by_slot;
  for (const auto& [slot, counter] : gathered_) by_slot[slot].push_back(counter);
  gathered_.clear();
  Cells out;
  for (auto& [slot, counters] : by_slot)
    if (Cell cell(std::move(counters)); !cell.empty()) out.emplace(slot, std::move(cell));
  return out;
}

bool straddles(const Place& place, Time lesson_at) { return slot_of(place.at) != slot_of(lesson_at); }

}  // namespace rb::analytics
