#include "domain/lists/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/strings.hpp"
#include "events/event.hpp"
#include "time/iso.hpp"

namespace rb::notification::lists {
namespace {

std::optional<int> whole(std::string_view text) {
  int out = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

// «1.9.2026» → "2026-09-01"; what is not written so stays as it is.
std::string iso_day(std::string_view text) {
  auto parts = split(text, '.');
  if (parts.size() != 3 || parts[2].size() != 4) return std::string(text);
  auto day = whole(parts[0]), month = whole(parts[1]), year = whole(parts[2]);
  if (!day || !month || !year || *day < 0 || *month < 0) return std::string(text);
  return fmt::format("{:04}-{:02}-{:02}", *year, *month, *day);
}

template <class T>
struct Word {
  std::string_view text;
  T value;
};

template <class T, std::size_t N>
std::optional<T> find_word(const std::array<Word<T>, N>& words, std::string_view text) {
  const auto* found = std::ranges::find(words, utf8_lower(text), &Word<T>::text);
  return found == words.end() ? std::nullopt : std::optional(found->value);
}

constexpr std::array kRoles = std::to_array<Word<Audience>>({
    {"student", Audience::student},
    {"ученик", Audience::student},
    {"ученица", Audience::student},
    {"parent", Audience::parent},
    {"родитель", Audience::parent},
    {"мама", Audience::parent},
    {"папа", Audience::parent},
    {"tutor", Audience::tutor},
    {"teacher", Audience::tutor},
    {"репетитор", Audience::tutor},
    {"преподаватель", Audience::tutor},
    {"учитель", Audience::tutor},
    {"admin", Audience::admin},
    {"администратор", Audience::admin},
});

constexpr std::array kLanguages = std::to_array<Word<std::string_view>>({{"ru", "ru"},
                                                                         {"русский", "ru"},
                                                                         {"russian", "ru"},
                                                                         {"en", "en"},
                                                                         {"английский", "en"},
                                                                         {"english", "en"}});

constexpr std::array kForms =
    std::to_array<Word<std::string_view>>({{"ты", "ты"}, {"на ты", "ты"}, {"вы", "вы"}, {"на вы", "вы"}});

}  // namespace

std::optional<Start> parse_start(std::string_view cell) {
  auto gap = cell.find_first_of(" Tt");
  if (gap == std::string_view::npos) return std::nullopt;
  auto date = cell.substr(0, gap);
  if (date.ends_with(',')) date.remove_suffix(1);
  auto clock = std::string(trim(cell.substr(gap + 1)));
  if (clock.find(':') == 1) clock.insert(0, "0");  // «9:30»
  auto text = iso_day(date) + "T" + clock;
  auto in_utc = parse_iso(text, Zone::utc());
  if (!in_utc || clock.empty()) return std::nullopt;
  bool has_offset = clock.find_first_of("Zz+-") != std::string::npos;
  if (has_offset) return *in_utc;
  return LocalTime(in_utc->time_since_epoch());
}

std::optional<std::chrono::local_days> parse_day(std::string_view cell) {
  auto text = iso_day(cell);
  auto moment = text.size() == 10 ? parse_iso(text, Zone::utc()) : fail(Errc::invalid, "");
  if (!moment) return std::nullopt;
  return std::chrono::floor<std::chrono::days>(LocalTime(moment->time_since_epoch()));
}

std::optional<std::string> parse_price(std::string_view cell, std::string_view currency) {
  auto text = utf8_lower(cell);
  for (std::string_view word : {"₽", "руб.", "руб", "р.", " "}) text = replace_all(text, word, "");
  auto minor = events::parse_money(replace_all(text, ",", "."), currency);
  auto most = events::parse_money("1000000000", currency);
  if (!minor || *minor < 0 || *minor > *most) return std::nullopt;
  return events::format_money(*minor, currency);
}

std::optional<int> parse_minutes(std::string_view cell) {
  auto words = words_of(utf8_lower(cell));
  constexpr std::array<std::string_view, 5> kUnits = {"мин", "мин.", "минут", "min", "minutes"};
  if (words.size() == 2 && std::ranges::find(kUnits, words[1]) != kUnits.end()) words.pop_back();
  auto minutes = words.size() == 1 ? whole(words[0]) : std::nullopt;
  return minutes && *minutes >= 1 && *minutes <= 1440 ? minutes : std::nullopt;
}

std::optional<Audience> parse_role(std::string_view word) { return find_word(kRoles, word); }

std::optional<std::string> parse_language(std::string_view cell) {
  auto found = find_word(kLanguages, cell);
  return found ? std::optional(std::string(*found)) : std::nullopt;
}

std::optional<std::string> parse_address_form(std::string_view cell) {
  auto found = find_word(kForms, cell);
  return found ? std::optional(std::string(*found)) : std::nullopt;
}

std::vector<std::string> parse_several(std::string_view cell) {
  std::string text(cell);
  std::ranges::replace_if(text, [](char c) { return c == ';' || c == '\n'; }, ',');
  std::vector<std::string> out;
  for (const auto& part : split(text, ',')) {
    auto one = std::string(trim(part));
    if (!one.empty() && std::ranges::find(out, one) == out.end()) out.push_back(std::move(one));
  }
  return out;
}

std::string name_key(std::string_view name) {
  auto words = words_of(replace_all(utf8_lower(name), "ё", "е"));
  std::ranges::sort(words);
  return join(words, " ");
}

}  // namespace rb::notification::lists
