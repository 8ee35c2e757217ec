#include "events/event.hpp"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>
#include <charconv>

#include "time/iso.hpp"

namespace rb::events {

namespace bj = boost::json;

namespace {

const bj::value* find(const bj::object& data, std::string_view field) {
  const auto* value = data.if_contains(field);
  return value == nullptr || value->is_null() ? nullptr : value;
}

}  // namespace

bool Event::has(std::string_view field) const { return find(data, field) != nullptr; }

std::string Event::text(std::string_view field) const {
  const auto* value = find(data, field);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::vector<std::string> Event::list(std::string_view field) const {
  std::vector<std::string> out;
  const auto* value = find(data, field);
  if (value == nullptr || !value->is_array()) return out;
  for (const auto& item : value->get_array())
    if (item.is_string()) out.emplace_back(item.get_string());
  return out;
}

std::optional<Time> Event::moment(std::string_view field) const {
  auto parsed = parse_iso(text(field), Zone::utc());
  return parsed ? std::optional(*parsed) : std::nullopt;
}

std::optional<std::int64_t> Event::integer(std::string_view field) const {
  const auto* value = find(data, field);
  return value != nullptr && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

std::optional<double> Event::number(std::string_view field) const {
  const auto* value = find(data, field);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->to_number<double>();
}

bool Event::flag(std::string_view field) const {
  const auto* value = find(data, field);
  return value != nullptr && value->is_bool() && value->get_bool();
}

std::optional<std::int64_t> Event::minor(std::string_view field) const {
  return has(field) ? parse_money(text(field), text("currency")) : std::nullopt;
}

std::string Event::family() const { return type.substr(0, type.find('.')); }

namespace {

// An update that moves a lesson may leave out who takes part; whoever reads it again must still take it for
// one.
std::string_view told_type(const Event& event) {
  bool whole = event.has("tutor_id") && event.has("student_ids");
  return event.type == "lesson.rescheduled" && !whole ? "lesson.updated" : std::string_view(event.type);
}

}  // namespace

std::string to_cloudevent(const Event& event) {
  bj::object out;
  out["specversion"] = "1.0";
  out["id"] = event.id;
  out["source"] = event.source;
  out["type"] = told_type(event);
  out["time"] = format_iso(event.time);
  out["datacontenttype"] = "application/json";
  out["data"] = event.data;
  return bj::serialize(out);
}

int currency_digits(std::string_view currency) {
  constexpr std::array<std::string_view, 16> kNone = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                                      "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
  constexpr std::array<std::string_view, 7> kThree = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  if (std::ranges::find(kNone, currency) != kNone.end()) return 0;
  return std::ranges::find(kThree, currency) != kThree.end() ? 3 : 2;
}

std::optional<std::int64_t> parse_money(std::string_view text, std::string_view currency) {
  bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  auto dot = text.find('.');
  auto whole = text.substr(0, dot);
  auto fraction = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  auto digits = static_cast<std::size_t>(currency_digits(currency));
  if (whole.empty() || whole.size() > 14 || fraction.size() > digits) return std::nullopt;
  std::string all(whole);
  all += fraction;
  all.append(digits - fraction.size(), '0');
  if (all.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  std::int64_t minor = 0;
  std::from_chars(all.data(), all.data() + all.size(), minor);
  return negative ? -minor : minor;
}

std::string format_money(std::int64_t minor, std::string_view currency) {
  auto digits = static_cast<std::size_t>(currency_digits(currency));
  auto text = std::to_string(minor < 0 ? -minor : minor);
  if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
  if (digits > 0) text.insert(text.size() - digits, 1, '.');
  return (minor < 0 ? "-" : "") + text;
}

}  // namespace rb::events
