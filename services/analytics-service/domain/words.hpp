#pragma once
// Numbers, money, dates and plural forms in Russian or English, for charts and alerts. Pure.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace rb::analytics {

class Words {
 public:
  explicit Words(std::string_view language) : language_(language), russian_(language == "ru") {}

  std::string operator()(std::string_view russian, std::string_view english) const {
    return std::string(russian_ ? russian : english);
  }
  std::string_view language() const { return language_; }

  // «21 занятие», "21 lessons"; Russian forms: of 1, of 2, of 5.
  std::string count(std::int64_t n, std::array<std::string_view, 3> russian,
                    std::array<std::string_view, 2> english) const;
  std::string_view form(std::int64_t n, std::array<std::string_view, 3> russian,
                        std::array<std::string_view, 2> english) const;  // the word alone
  std::string lessons(std::int64_t n) const;
  std::string number(double value) const;                            // at most two decimals
  std::string percent(double value) const;                           // «87,5 %», "87.5%"
  std::string money(double value, std::string_view currency) const;  // «1 234,50 ₽», «12 000 ₽»
  std::string sign(std::string_view currency) const;                 // «₽»
  std::string day(std::string_view iso) const;                       // «15.09.2026»; English: as it is
  std::string weekday(int from_monday) const;                        // 1: «Пн»
  std::string role(std::string_view name) const;
  std::string nothing() const;  // what an empty picture says

 private:
  std::string_view language_;
  bool russian_;
};

}  // namespace rb::analytics
