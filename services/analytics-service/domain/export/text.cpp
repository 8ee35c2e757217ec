#include "domain/export/text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.hpp"
#include "json/format.hpp"
#include "json/json.hpp"
#include "time/iso.hpp"

namespace rb::analytics {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF", kLineEnd = "\r\n";

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

// Digits, and among them one point or comma.
bool is_plain(std::string_view number) {
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  auto whole = std::ranges::find_if_not(number, is_digit);
  if (whole == number.begin()) return false;
  if (whole == number.end()) return true;
  if (*whole != '.' && *whole != ',') return false;
  return whole + 1 != number.end() && std::all_of(whole + 1, number.end(), is_digit);
}

bool looks_like_formula(std::string_view text) {
  if (text.empty() || std::string_view("=+-@\t\r").find(text.front()) == std::string_view::npos) return false;
  return text.front() != '-' || !is_plain(text.substr(1));
}

std::string harmless(std::string text) {
  if (looks_like_formula(text)) text.insert(text.begin(), '\'');
  return text;
}

std::string csv_text(const ExportCell& cell, char delimiter) {
  return std::visit(
      Overloaded{[](std::monostate) { return std::string(); },
                 [](bool flag) { return std::string(flag ? "true" : "false"); },
                 [&](const Number& number) {
                   return delimiter == ';' ? replace_all(number.decimal, ".", ",") : number.decimal;
                 },
                 [](const Moment& moment) { return iso(moment); }, [](const Day& day) { return day.iso; },
                 [](const Id& id) { return harmless(id.text); },
                 [](const std::string& text) { return harmless(text); },
                 [](const std::vector<std::string>& list) { return harmless(join(list, ", ")); },
                 [](const RawJson& json) { return harmless(json.text); }},
      cell);
}

void add_field(std::string& to, const std::string& text, char delimiter) {
  bool quoted =
      text.find_first_of("\"\r\n") != std::string::npos || text.find(delimiter) != std::string::npos;
  to += quoted ? '"' + replace_all(text, "\"", "\"\"") + '"' : text;
}

std::string json_id(const std::string& id) {
  return json::plain_integer(id) ? id : json::to_text(json::value(id));
}

std::string json_list(const std::vector<std::string>& list) {
  std::vector<std::string> items;
  for (const auto& item : list) items.push_back(json_id(item));
  return '[' + join(items, ",") + ']';
}

std::string json_text(const ExportCell& cell) {
  return std::visit(Overloaded{[](std::monostate) { return std::string("null"); },
                               [](bool flag) { return std::string(flag ? "true" : "false"); },
                               [](const Number& number) { return number.decimal; },
                               [](const Moment& moment) { return '"' + iso(moment) + '"'; },
                               [](const Day& day) { return json::to_text(json::value(day.iso)); },
                               [](const Id& id) { return json_id(id.text); },
                               [](const std::string& text) { return json::to_text(json::value(text)); },
                               [](const std::vector<std::string>& list) { return json_list(list); },
                               [](const RawJson& json) { return json.text; }},
                    cell);
}

}  // namespace

std::string ExportText::begin() const {
  if (style_.format == Format::json) return "[";
  if (style_.format == Format::ndjson) return "";
  std::string out(kByteOrderMark);
  std::vector<ExportCell> names;
  for (auto name : columns_) names.emplace_back(std::string(name));
  add_csv(out, names);
  return out;
}

void ExportText::add(std::string& to, std::span<const ExportCell> row) {
  if (style_.format == Format::csv) return add_csv(to, row);
  if (style_.format == Format::json) to += first_ ? "\n" : ",\n";
  add_object(to, row);
  if (style_.format == Format::ndjson) to += '\n';
  first_ = false;
}

std::string ExportText::end() const { return style_.format == Format::json ? "\n]\n" : ""; }

void ExportText::add_csv(std::string& to, std::span<const ExportCell> row) const {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i != 0) to += style_.delimiter;
    add_field(to, csv_text(row[i], style_.delimiter), style_.delimiter);
  }
  to += kLineEnd;
}

void ExportText::add_object(std::string& to, std::span<const ExportCell> row) const {
  for (std::size_t i = 0; i < row.size(); ++i) {
    to += i == 0 ? "{\"" : ",\"";
    to += columns_[i];
    to += "\":";
    to += json_text(row[i]);
  }
  to += '}';
}

Moment moment_in(Time t, const Zone& zone) {
  return {t, std::chrono::duration_cast<std::chrono::minutes>(zone.offset(t))};
}

std::string iso(const Moment& moment) {
  auto text = format_iso(moment.time + moment.offset);
  text.pop_back();
  std::chrono::hh_mm_ss size(moment.offset);
  return fmt::format("{}{}{:02}:{:02}", text, size.is_negative() ? '-' : '+', size.hours().count(),
                     size.minutes().count());
}

}  // namespace rb::analytics
