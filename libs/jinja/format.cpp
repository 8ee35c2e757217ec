// text.format(...)
#include "jinja/format.hpp"

#include <algorithm>
#include <charconv>

#include "base/strings.hpp"
#include "jinja/interpreter.hpp"
#include "jinja/printing.hpp"
#include "jinja/text.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

class Formatter {
 public:
  Formatter(Interpreter& in, Arguments& arguments, bool markup)
      : in_(in), arguments_(arguments), markup_(markup) {}

  std::string run(std::string_view format, int depth) {
    if (depth < 0) bad_format("Max string recursion exceeded");
    std::string out;
    std::size_t at = 0;
    while (at < format.size()) {
      char c = format[at];
      if (c != '{' && c != '}') {
        out += c;
        ++at;
        continue;
      }
      if (at + 1 < format.size() && format[at + 1] == c) {
        out += c;
        at += 2;
        continue;
      }
      if (c == '}') bad_format("Single '}' encountered in format string");
      if (at + 1 >= format.size()) bad_format("Single '{' encountered in format string");
      auto end = closing(format, at + 1);
      out += field(format.substr(at + 1, end - at - 1), depth);
      check_growth(out.size());
      at = end + 1;
    }
    return out;
  }

 private:
  static std::size_t closing(std::string_view format, std::size_t at) {
    bool in_brackets = false;
    for (int open = 1; at < format.size(); ++at) {
      if (format[at] == '[') in_brackets = true;
      if (format[at] == ']') in_brackets = false;
      if (in_brackets) continue;
      if (format[at] == '{') ++open;
      if (format[at] == '}' && --open == 0) return at;
    }
    bad_format("expected '}' before end of string");
  }

  std::string field(std::string_view text, int depth) {
    bool in_brackets = false;
    auto end = std::size_t{0};
    for (; end < text.size(); ++end) {
      if (text[end] == '[') in_brackets = true;
      if (text[end] == ']') in_brackets = false;
      if (in_brackets) continue;
      if (text[end] == '{') bad_format("unexpected '{' in field name");
      if (text[end] == '!' || text[end] == ':') break;
    }
    auto value = lookup(text.substr(0, end));
    auto rest = text.substr(end);
    if (rest.starts_with('!')) {
      if (rest.size() < 2) bad_format("end of string while looking for conversion specifier");
      if (rest.size() > 2 && rest[2] != ':') bad_format("expected ':' after conversion specifier");
      value = converted(value, rest[1]);
      rest.remove_prefix(2);
    }
    auto spec = rest.empty() ? std::string() : run(rest.substr(1), depth - 1);
    if (!markup_) return format_value(value, spec);
    if (value.is(Type::markup) && !spec.empty()) bad_format("Unsupported format specification for Markup.");
    std::string out;
    append_output(out, value.is(Type::markup) ? value : Value(format_value(value, spec)), true);
    return out;
  }

  static Value converted(const Value& v, char conversion) {
    if (conversion == 's') return Value(str(v));
    if (conversion == 'r') return Value(repr(v));
    if (conversion == 'a') return Value(ascii(v));
    bad_format(std::string("Unknown conversion specifier ") + conversion);
  }

  Value lookup(std::string_view name) {
    auto end = std::min(name.find_first_of(".["), name.size());
    auto value = first(name.substr(0, end));
    while (end < name.size()) {
      auto from = end + 1;
      if (name[end] == '.') {
        end = std::min(name.find_first_of(".[", from), name.size());
        if (end == from) bad_format("Empty attribute in format string");
        value = in_.get_attribute(value, Value(name.substr(from, end - from)));
      } else {
        auto close = name.find(']', from);
        if (close == std::string_view::npos) bad_format("Missing ']' in format string");
        auto key = name.substr(from, close - from);
        if (key.empty()) bad_format("Empty attribute in format string");
        value = in_.get_item(value, all_digits(key) ? Value(number(key)) : Value(key));
        end = close + 1;
        if (end < name.size() && name[end] != '.' && name[end] != '[')
          bad_format("Only '.' or '[' may follow ']' in format field specifier");
      }
    }
    return value;
  }

  static std::int64_t number(std::string_view digits) {
    std::int64_t n = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), n).ec != std::errc())
      bad_format("Too many decimal digits in format string");
    return n;
  }

  Value first(std::string_view name) {
    bool manual = all_digits(name);
    if (name.empty() || manual) {
      if (numbering_ != Numbering::unknown && (numbering_ == Numbering::manual) != manual)
        bad_format("cannot switch from manual field specification to automatic field numbering");
      numbering_ = manual ? Numbering::manual : Numbering::automatic;
      auto index = manual ? static_cast<std::size_t>(number(name)) : next_++;
      if (index < arguments_.positional.size()) return arguments_.positional[index];
      raise(ErrorKind::index,
            "Replacement index " + std::to_string(index) + " out of range for positional args tuple");
    }
    for (const auto& [key, value] : arguments_.named)
      if (key.text() == name) return value;
    raise(ErrorKind::key, repr_text(name));
  }

  enum class Numbering : std::uint8_t { unknown, automatic, manual };
  Interpreter& in_;
  Arguments& arguments_;
  bool markup_;
  Numbering numbering_ = Numbering::unknown;
  std::size_t next_ = 0;
};

}  // namespace

Value format_text(Interpreter& in, const Value& format, Arguments& arguments) {
  auto out = Formatter(in, arguments, format.is(Type::markup)).run(format.text(), 2);
  return like(format, out);
}

}  // namespace rb::jinja
