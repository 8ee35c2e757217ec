#pragma once
// What people write into the cells of a list → values. Pure.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/people.hpp"
#include "time/zone.hpp"

namespace rb::notification::lists {

// A reading of the wall clock, or a moment when an offset stands with it.
using Start = std::variant<LocalTime, Time>;

// "01.09.2026 17:00", "2026-09-01 17:00", "2026-09-01T17:00:00+03:00". nullopt: no date with a time of day.
std::optional<Start> parse_start(std::string_view cell);
std::optional<std::chrono::local_days> parse_day(std::string_view cell);  // "24.12.2026", "2026-12-24"

// «1 500,50 ₽», "1500.5" → "1500.50"; nullopt: no amount of this currency within 0..10^9.
std::optional<std::string> parse_price(std::string_view cell, std::string_view currency);

std::optional<int> parse_minutes(std::string_view cell);  // 1..1440; «90», «90 мин»
std::optional<Audience> parse_role(std::string_view word);
std::optional<std::string> parse_language(std::string_view cell);      // "ru", "en"
std::optional<std::string> parse_address_form(std::string_view cell);  // «ты», «вы»

// Names or ids separated by comma, semicolon or line break.
std::vector<std::string> parse_several(std::string_view cell);

// The words of a name in lower case and alphabetical order: «Ким  Алёна» and «алена ким» are one person.
std::string name_key(std::string_view name);

}  // namespace rb::notification::lists
