#include "jinja/printing.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "jinja/bigint.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

// Containers being printed, to show one that contains itself as [...].
class Printing {
 public:
  explicit Printing(const Object* object) : seen_(std::ranges::find(active(), object) != active().end()) {
    active().push_back(object);
  }
  ~Printing() { active().pop_back(); }
  Printing(const Printing&) = delete;
  Printing& operator=(const Printing&) = delete;
  bool seen() const { return seen_; }

 private:
  static std::vector<const Object*>& active() {
    thread_local std::vector<const Object*> objects;
    return objects;
  }
  bool seen_;
};

void append_integer(std::string& out, std::int64_t n) {
  char digits[24];
  auto end = std::to_chars(digits, digits + sizeof digits, n).ptr;
  out.append(digits, end);
}

// To show an element may run a part of the template, which may change the container: each is held meanwhile,
// and none is asked for that has gone.
void append_items(std::string& out, const Value& v, char open, char close) {
  Printing printing(v.object());
  Deeper deeper;
  out += open;
  if (printing.seen()) {
    out += "...";
  } else {
    const auto& items = v.items().items;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i) out += ", ";
      append_repr(out, Value(items[i]));
    }
    if (v.is(Type::tuple) && items.size() == 1) out += ',';
  }
  out += close;
}

void append_dict(std::string& out, const Value& v) {
  Printing printing(v.object());
  Deeper deeper;
  out += '{';
  if (printing.seen()) {
    out += "...";
  } else {
    const auto& entries = v.dict().entries;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (i) out += ", ";
      append_repr(out, Value(entries[i].key));
      out += ": ";
      if (i < entries.size()) append_repr(out, Value(entries[i].value));
    }
  }
  out += '}';
}

void append_escape(std::string& out, char32_t point) {
  int width = point < 0x100 ? 2 : point < 0x10000 ? 4 : 8;
  out += width == 2 ? "\\x" : width == 4 ? "\\u" : "\\U";
  for (int shift = (width - 1) * 4; shift >= 0; shift -= 4) out += "0123456789abcdef"[(point >> shift) & 15U];
}

void append_repr_text(std::string& out, std::string_view text) {
  bool single = text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos;
  char quote = single ? '"' : '\'';
  out += quote;
  for (std::size_t at = 0; at < text.size();) {
    auto from = at;
    auto point = next_point(text, at);
    if (point == static_cast<char32_t>(quote) || point == '\\') {
      out += '\\';
      out += static_cast<char>(point);
    } else if (point == '\n') {
      out += "\\n";
    } else if (point == '\r') {
      out += "\\r";
    } else if (point == '\t') {
      out += "\\t";
    } else if (is_printable(point)) {
      out += text.substr(from, at - from);
    } else {
      append_escape(out, point);
    }
  }
  out += quote;
}

}  // namespace

std::string_view type_name(const Value& v) {
  switch (v.type()) {
    case Type::none:
      return "NoneType";
    case Type::boolean:
      return "bool";
    case Type::integer:
    case Type::big:
      return "int";
    case Type::real:
      return "float";
    case Type::undefined:
      return v.undefined().strict ? "StrictUndefined" : "Undefined";
    case Type::string:
      return "str";
    case Type::markup:
      return "Markup";
    case Type::list:
      return "list";
    case Type::tuple:
      return "tuple";
    case Type::dict:
      return "dict";
    case Type::thing:
      return v.thing().type_name();
    default:
      return "missing";
  }
}

std::string repr_real(double d) {
  if (std::isnan(d)) return "nan";
  if (std::isinf(d)) return d > 0 ? "inf" : "-inf";
  char buffer[40];
  auto end = std::to_chars(buffer, buffer + sizeof buffer, d, std::chars_format::scientific).ptr;
  std::string_view all(buffer, static_cast<std::size_t>(end - buffer));
  auto e = all.find('e');
  int exponent = 0;
  std::from_chars(all.data() + e + (all[e + 1] == '+' ? 2 : 1), end, exponent);
  if (exponent < -4 || exponent >= 16) return std::string(all);
  std::string out(all[0] == '-' ? "-" : "");
  std::string digits;
  for (char c : all.substr(0, e))
    if (c >= '0' && c <= '9') digits += c;
  auto size = static_cast<int>(digits.size());
  if (exponent < 0) return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  if (size <= exponent + 1)
    return out + digits + std::string(static_cast<std::size_t>(exponent + 1 - size), '0') + ".0";
  auto point = static_cast<std::size_t>(exponent) + 1;
  return out + digits.substr(0, point) + "." + digits.substr(point);
}

std::string repr_text(std::string_view text) {
  std::string out;
  append_repr_text(out, text);
  return out;
}

void append_repr(std::string& out, const Value& v) {
  charge_steps();
  if (static_cast<std::int64_t>(out.size()) > meter.memory_limit) memory_exceeded(0);
  switch (v.type()) {
    case Type::string:
      return append_repr_text(out, v.text());
    case Type::markup:
      out += "Markup(";
      append_repr_text(out, v.text());
      out += ')';
      return;
    case Type::undefined:
      out += "Undefined";
      return;
    default:
      return append_str(out, v);
  }
}

void append_str(std::string& out, const Value& v) {
  switch (v.type()) {
    case Type::none:
      out += "None";
      return;
    case Type::boolean:
      out += v.boolean() ? "True" : "False";
      return;
    case Type::integer:
      return append_integer(out, v.integer());
    case Type::real:
      out += repr_real(v.real());
      return;
    case Type::big:
      out += big_text(v);
      return;
    case Type::string:
    case Type::markup:
      out += v.text();
      return;
    case Type::list:
      return append_items(out, v, '[', ']');
    case Type::tuple:
      return append_items(out, v, '(', ')');
    case Type::dict:
      return append_dict(out, v);
    case Type::undefined:
      if (v.undefined().strict) v.undefined().fail();
      return;
    case Type::thing:
      out += v.thing().text();
      return;
    default:
      return;
  }
}

std::string str(const Value& v) {
  std::string out;
  append_str(out, v);
  return out;
}

std::string repr(const Value& v) {
  std::string out;
  append_repr(out, v);
  return out;
}

std::string ascii(const Value& v) {
  std::string out;
  auto text = repr(v);
  for (std::size_t at = 0; at < text.size();) {
    auto point = next_point(text, at);
    if (point < 0x80)
      out += static_cast<char>(point);
    else
      append_escape(out, point);
  }
  return out;
}

Value to_text(const Value& v) { return v.is_text() ? v : Value(str(v)); }

static bool needs_entity(char c) { return (c == '&') | (c == '<') | (c == '>') | (c == '"') | (c == '\''); }

// A block is looked at without a branch, so that the compiler makes one vector of it.
constexpr std::size_t kBlock = 16;
static bool block_needs_entity(const char* block) {
  unsigned char any = 0;
  for (std::size_t i = 0; i < kBlock; ++i) any |= needs_entity(block[i]);
  return any != 0;
}

static std::size_t find_for_entity(std::string_view text, std::size_t at) {
  while (at + kBlock <= text.size() && !block_needs_entity(text.data() + at)) at += kBlock;
  while (at < text.size() && !needs_entity(text[at])) ++at;
  return at;
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t from = 0;
  for (auto at = find_for_entity(text, 0); at < text.size(); at = find_for_entity(text, from)) {
    std::string_view entity;
    switch (text[at]) {
      case '&':
        entity = "&amp;";
        break;
      case '<':
        entity = "&lt;";
        break;
      case '>':
        entity = "&gt;";
        break;
      case '"':
        entity = "&#34;";
        break;
      default:
        entity = "&#39;";
        break;
    }
    out.append(text, from, at - from);
    out += entity;
    from = at + 1;
  }
  out.append(text, from);
}

Value escape(const Value& v) {
  if (v.is(Type::markup)) return v;
  if (v.is(Type::thing) && v.thing().is_markup()) return Value::markup(v.thing().text());
  std::string out;
  append_output(out, v, true);
  return Value::markup(out);
}

void append_output(std::string& out, const Value& v, bool autoescape) {
  if (!autoescape || v.is(Type::markup) || (v.type() >= Type::boolean && v.type() <= Type::real))
    return append_str(out, v);
  if (v.is(Type::string)) return append_escaped(out, v.text());
  if (v.is(Type::thing) && v.thing().is_markup()) return append_str(out, v);
  append_escaped(out, str(v));
}

}  // namespace rb::jinja
