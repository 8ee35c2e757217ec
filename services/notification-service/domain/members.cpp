#include "domain/members.hpp"

#include "time/iso.hpp"

namespace rb::notification {

namespace bj = boost::json;

std::string text_in(const bj::object& from, std::string_view name) {
  const auto* found = from.if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::optional<std::int64_t> number_in(const bj::object& from, std::string_view name) {
  const auto* found = from.if_contains(name);
  if (found == nullptr || !found->is_number()) return std::nullopt;
  return found->to_number<std::int64_t>();
}

bool flag_in(const bj::object& from, std::string_view name) {
  const auto* found = from.if_contains(name);
  return found != nullptr && found->is_bool() && found->get_bool();
}

std::optional<Time> moment_in(const bj::object& from, std::string_view name) {
  auto moment = parse_iso(text_in(from, name), Zone::utc());
  return moment ? std::optional(*moment) : std::nullopt;
}

const bj::object& object_in(const bj::object& from, std::string_view name) {
  static const bj::object kNone;
  const auto* found = from.if_contains(name);
  return found != nullptr && found->is_object() ? found->get_object() : kNone;
}

}  // namespace rb::notification
