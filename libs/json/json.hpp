#pragma once
// JSON of described structs: reading with every error named, writing, JSON Schema; and JSON text.
// Pure, thread-safe. How a struct is described: json/rule.hpp. Unknown members are ignored; null counts as
// absent for an optional or defaulted member.
#include "json/describe.hpp"

namespace rb::json {

// The one JSON document in `text`, at most 64 levels deep. Errc::invalid: message with line and column.
// Boost.JSON rounds numbers of 17 digits to a neighbour now and then; amounts with two decimals are exact.
Result<value> parse(std::string_view text);

// Compact JSON text. Numbers are shortest decimals (1234.5, never 1.2345E3); NaN and infinity become null.
std::string to_text(const value& from);

// Errc::invalid with one FieldError for each wrong member, in the order of the members.
Result<void> read_into(const Type& type, void* to, const value& from, const Zone& zone = Zone::utc());

// An object whose members come from `texts` (URL parts, form fields: "5" is an integer there) or else from
// `body`; null is an empty body.
Result<void> read_parts(const ObjectType& type, void* to, const value& body, const object& texts,
                        const Zone& zone = Zone::utc());

// Times without an offset are in `zone`.
template <class T>
Result<T> read(const value& from, const Zone& zone = Zone::utc()) {
  T out{};
  if (auto done = read_into(type_of<T>(), &out, from, zone); !done) return fail(std::move(done.error()));
  return out;
}

template <class T>
value write(const T& from) {
  return type_of<T>().write(&from, Rule{});
}

}  // namespace rb::json
