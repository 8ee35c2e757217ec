#pragma once
// What the figures of a whole school are made of. Pure.
#include "domain/figures/earnings.hpp"
#include "domain/figures/lessons.hpp"
#include "domain/figures/materials.hpp"
#include "domain/figures/payments.hpp"

namespace rb::analytics {

struct MoneyTallies {
  PaymentTallies payments;
  TutorTallies tutors;
  bool operator==(const MoneyTallies&) const = default;
};

struct SchoolTallies {
  LessonTallies lessons;
  MoneyTallies money;
  MaterialTallies materials;
  bool operator==(const SchoolTallies&) const = default;
};

}  // namespace rb::analytics
