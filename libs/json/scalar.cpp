// Types without parts: booleans, numbers, texts, times, enums and free JSON.
#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/strings.hpp"
#include "json/format.hpp"
#include "json/type.hpp"
#include "time/iso.hpp"

namespace rb::json {
namespace {

using boost::json::string;

std::string decimal(double number) { return fmt::format("{}", number); }

// A limit as JSON Schema and people see it: integers without ".0".
value limit(double number) {
  if (number == std::floor(number) && std::abs(number) < 1e15) return static_cast<std::int64_t>(number);
  return number;
}

bool in_range(double number, const Rule& rule, const Spot& at, Reading& in) {
  bool low = rule.minimum && number < *rule.minimum, high = rule.maximum && number > *rule.maximum;
  if (!low && !high) return true;
  if (rule.minimum && rule.maximum) {
    in.fail(at, fmt::format("must be between {} and {}", decimal(*rule.minimum), decimal(*rule.maximum)));
  } else {
    in.fail(at,
            low ? "must be at least " + decimal(*rule.minimum) : "must be at most " + decimal(*rule.maximum));
  }
  return false;
}

void put_range(object& schema, const Rule& rule) {
  if (rule.minimum) schema["minimum"] = limit(*rule.minimum);
  if (rule.maximum) schema["maximum"] = limit(*rule.maximum);
}

template <class T>
std::optional<T> from_chars(std::string_view text) {
  T out{};
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

std::optional<std::int64_t> integer(const value& from, bool from_text) {
  if (const auto* number = from.if_int64()) return *number;
  if (const auto* text = from.if_string(); text && from_text) return from_chars<std::int64_t>(*text);
  const auto* real = from.if_double();
  bool whole = real && std::abs(*real) < 9007199254740992.0 && *real == std::floor(*real);
  if (whole) return static_cast<std::int64_t>(*real);
  return std::nullopt;
}

class BooleanType final : public Type {
  void read(const value& from, void* to, const Rule&, const Spot& at, Reading& in) const override {
    auto& out = *static_cast<bool*>(to);
    if (const auto* flag = from.if_bool()) {
      out = *flag;
      return;
    }
    const auto* text = in.from_text ? from.if_string() : nullptr;
    if (text && (*text == "true" || *text == "1")) {
      out = true;
    } else if (text && (*text == "false" || *text == "0")) {
      out = false;
    } else {
      in.fail(at, "must be true or false");
    }
  }
  value write(const void* from, const Rule&) const override { return *static_cast<const bool*>(from); }
  object schema(const Rule&, Schemas&) const override { return {{"type", "boolean"}}; }
};

class NumberType final : public Type {
  void read(const value& from, void* to, const Rule& rule, const Spot& at, Reading& in) const override {
    auto number = [&]() -> std::optional<double> {
      const auto* text = in.from_text ? from.if_string() : nullptr;
      if (text) return from_chars<double>(*text);
      if (!from.is_number()) return std::nullopt;
      return from.to_number<double>();
    }();
    if (!number || !std::isfinite(*number)) return in.fail(at, "must be a number");
    if (in_range(*number, rule, at, in)) *static_cast<double*>(to) = *number;
  }
  value write(const void* from, const Rule&) const override { return *static_cast<const double*>(from); }
  object schema(const Rule& rule, Schemas&) const override {
    object out{{"type", "number"}};
    put_range(out, rule);
    return out;
  }
};

class TextType final : public Type {
  void read(const value& from, void* to, const Rule& rule, const Spot& at, Reading& in) const override {
    auto& out = *static_cast<std::string*>(to);
    auto number = rule.id ? integer(from, false) : std::nullopt;
    const auto* text = from.if_string();
    if (number) {
      out = std::to_string(*number);
    } else if (text) {
      out.assign(text->data(), text->size());
    } else {
      return in.fail(at, rule.id ? "must be an integer or a string" : "must be a string");
    }
    check(out, rule, at, in);
  }

  static void check(const std::string& text, const Rule& rule, const Spot& at, Reading& in) {
    if (text.find('\0') != std::string::npos) return in.fail(at, "must not contain a NUL character");
    if (rule.min_length || rule.max_length) {
      auto size = utf8_length(text);
      auto least = rule.min_length.value_or(0), most = rule.max_length.value_or(std::string::npos);
      if (size < least && least == 1) return in.fail(at, "must not be empty");
      if (size < least) return in.fail(at, fmt::format("must have at least {} characters", least));
      if (size > most) return in.fail(at, fmt::format("must have at most {} characters", most));
    }
    if (!rule.values.empty() && std::ranges::find(rule.values, text) == rule.values.end())
      return in.fail(at, "must be one of: " + join(rule.values, ", "));
    // Who allows a length of 0 takes an empty text, whatever form the others must have.
    if (text.empty() && rule.min_length == std::size_t{0}) return;
    if (!has_format(text, rule.format)) in.fail(at, fmt::format("must be {}", described(rule.format)));
  }

  value write(const void* from, const Rule& rule) const override {
    const auto& text = *static_cast<const std::string*>(from);
    if (rule.id && plain_integer(text)) return from_chars<std::int64_t>(text).value();
    return string(text);
  }

  object schema(const Rule& rule, Schemas&) const override {
    object out;
    if (rule.id) {
      out["type"] = array{"string", "integer"};
    } else {
      out["type"] = "string";
    }
    if (rule.min_length) out["minLength"] = *rule.min_length;
    if (rule.max_length) out["maxLength"] = *rule.max_length;
    if (rule.format != Format::none) out["format"] = schema_name(rule.format);
    if (!rule.values.empty()) out["enum"] = array(rule.values.begin(), rule.values.end());
    return out;
  }
};

class TimeType final : public Type {
  void read(const value& from, void* to, const Rule&, const Spot& at, Reading& in) const override {
    const auto* text = from.if_string();
    auto time = parse_iso(text ? std::string_view(*text) : std::string_view(), in.zone);
    if (!time) return in.fail(at, time.error().message);
    *static_cast<Time*>(to) = *time;
  }
  value write(const void* from, const Rule&) const override {
    return string(format_iso(*static_cast<const Time*>(from)));
  }
  object schema(const Rule&, Schemas&) const override {
    return {{"type", "string"}, {"format", "date-time"}};
  }
};

class FreeValueType final : public Type {
  void read(const value& from, void* to, const Rule&, const Spot&, Reading&) const override {
    *static_cast<value*>(to) = from;
  }
  value write(const void* from, const Rule&) const override { return *static_cast<const value*>(from); }
  object schema(const Rule&, Schemas&) const override { return {}; }
};

class FreeObjectType final : public Type {
  void read(const value& from, void* to, const Rule&, const Spot& at, Reading& in) const override {
    if (!from.is_object()) return in.fail(at, "must be an object");
    *static_cast<object*>(to) = from.get_object();
  }
  value write(const void* from, const Rule&) const override { return *static_cast<const object*>(from); }
  object schema(const Rule&, Schemas&) const override {
    return {{"type", "object"}, {"additionalProperties", true}};
  }
};

class FreeArrayType final : public Type {
  void read(const value& from, void* to, const Rule&, const Spot& at, Reading& in) const override {
    if (!from.is_array()) return in.fail(at, "must be a list");
    *static_cast<array*>(to) = from.get_array();
  }
  value write(const void* from, const Rule&) const override { return *static_cast<const array*>(from); }
  object schema(const Rule&, Schemas&) const override { return {{"type", "array"}, {"items", object()}}; }
};

template <class T>
const Type& only() {
  static const T out;
  return out;
}

}  // namespace

const Type& boolean_type() { return only<BooleanType>(); }
const Type& number_type() { return only<NumberType>(); }
const Type& text_type() { return only<TextType>(); }
const Type& time_type() { return only<TimeType>(); }
const Type& free_value_type() { return only<FreeValueType>(); }
const Type& free_object_type() { return only<FreeObjectType>(); }
const Type& free_array_type() { return only<FreeArrayType>(); }

void IntegerType::read(const value& from, void* to, const Rule& rule, const Spot& at, Reading& in) const {
  auto number = integer(from, in.from_text);
  if (!number) return in.fail(at, "must be an integer");
  if (!in_range(static_cast<double>(*number), rule, at, in)) return;
  if (!store(*number, to)) in.fail(at, "is out of range");
}

value IntegerType::write(const void* from, const Rule&) const { return load(from); }

object IntegerType::schema(const Rule& rule, Schemas&) const {
  object out{{"type", "integer"}};
  put_range(out, rule);
  return out;
}

void EnumType::read(const value& from, void* to, const Rule&, const Spot& at, Reading& in) const {
  std::vector<std::string> known;
  for (const auto& [name, number] : table_.names) {
    if (from.is_string() && from.get_string() == name) return table_.store(number, to);
    known.push_back(name);
  }
  in.fail(at, "must be one of: " + join(known, ", "));
}

value EnumType::write(const void* from, const Rule&) const {
  auto number = table_.load(from);
  for (const auto& [name, known] : table_.names)
    if (known == number) return string(name);
  throw std::logic_error("an enum holds a value without a name");
}

object EnumType::schema(const Rule&, Schemas&) const {
  array names;
  for (const auto& [name, number] : table_.names) names.emplace_back(name);
  return {{"type", "string"}, {"enum", std::move(names)}};
}

}  // namespace rb::json
