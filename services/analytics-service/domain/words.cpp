#include "domain/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plot/number_format.hpp"

namespace rb::analytics {
namespace {

constexpr std::string_view kNoBreak = "\u00a0";
constexpr double kHalfOfHundredth = 0.005;

std::string formatted(double value, const char* how, std::string_view language) {
  return (*plot::NumberFormat::parse(how))(value, plot::locale_of(language), "−");
}

struct RoleWords {
  std::string_view name, russian, english;
};
constexpr std::array kRoleWords{
    RoleWords{"admin", "Администраторы", "Administrators"}, RoleWords{"tutor", "Преподаватели", "Tutors"},
    RoleWords{"parent", "Родители", "Parents"}, RoleWords{"student", "Ученики", "Students"},
    RoleWords{"unknown", "Роль не указана", "Role unknown"}};

struct Sign {
  std::string_view code, sign;
};
constexpr std::array kSigns{Sign{"RUB", "₽"}, Sign{"EUR", "€"}, Sign{"USD", "$"}, Sign{"KZT", "₸"}};

}  // namespace

std::string Words::count(std::int64_t n, std::array<std::string_view, 3> russian,
                         std::array<std::string_view, 2> english) const {
  auto shown = formatted(static_cast<double>(n), ",d", language_);
  return fmt::format("{} {}", shown, form(n, russian, english));
}

std::string_view Words::form(std::int64_t n, std::array<std::string_view, 3> russian,
                             std::array<std::string_view, 2> english) const {
  if (!russian_) return english[n == 1 ? 0 : 1];
  auto tens = n % 100, ones = n % 10;
  if (tens >= 11 && tens <= 14) return russian[2];
  return russian[ones == 1 ? 0 : ones >= 2 && ones <= 4 ? 1 : 2];
}

std::string Words::lessons(std::int64_t n) const {
  return count(n, {"занятие", "занятия", "занятий"}, {"lesson", "lessons"});
}

std::string Words::number(double value) const { return formatted(value, ",.2~f", language_); }

std::string Words::percent(double value) const {
  return number(value) + (russian_ ? std::string(kNoBreak) : "") + "%";
}

std::string Words::sign(std::string_view currency) const {
  auto found = std::ranges::find(kSigns, currency, &Sign::code);
  return std::string(found == kSigns.end() ? currency : found->sign);
}

std::string Words::money(double value, std::string_view currency) const {
  bool is_whole = std::abs(value - std::round(value)) < kHalfOfHundredth;
  return formatted(value, is_whole ? ",.0f" : ",.2f", language_) + std::string(kNoBreak) + sign(currency);
}

std::string Words::day(std::string_view iso) const {
  if (!russian_ || iso.size() != 10) return std::string(iso);
  return fmt::format("{}.{}.{}", iso.substr(8, 2), iso.substr(5, 2), iso.substr(0, 4));
}

std::string Words::weekday(int from_monday) const {
  constexpr std::array<std::string_view, 7> kRussian = {"Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"},
                                            kEnglish = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  auto index = static_cast<std::size_t>(from_monday - 1);
  return std::string((russian_ ? kRussian : kEnglish).at(index));
}

std::string Words::role(std::string_view name) const {
  auto found = std::ranges::find(kRoleWords, name, &RoleWords::name);
  if (found == kRoleWords.end()) return std::string(name);
  return (*this)(found->russian, found->english);
}

std::string Words::nothing() const {
  return (*this)("Здесь пока пусто: за этот период данных нет", "Nothing here yet: no data in this period");
}

}  // namespace rb::analytics
