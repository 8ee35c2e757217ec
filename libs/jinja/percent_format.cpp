#include "jinja/percent_format.hpp"

#include <algorithm>
#include <cmath>

#include "jinja/format.hpp"
#include "jinja/numbers.hpp"
#include "jinja/operators.hpp"
#include "jinja/printing.hpp"
#include "jinja/text.hpp"
#include "jinja/unicode.hpp"
#include "jinja/views.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

struct Directive {
  bool left = false, plus = false, blank = false, zero = false, alternative = false;
  std::int64_t width = 0, precision = -1;
  char type = 0;
};

class PercentFormatter {
 public:
  PercentFormatter(const Value& format, std::span<const Value> arguments, const Value* mapping)
      : format_(format.text()), arguments_(arguments), mapping_(mapping), markup_(format.is(Type::markup)) {}

  std::string run() {
    while (at_ < format_.size()) {
      auto percent = std::min(format_.find('%', at_), format_.size());
      out_ += format_.substr(at_, percent - at_);
      at_ = percent + 1;
      if (percent < format_.size()) directive();
      check_growth(out_.size());
    }
    if (!mapping_ && next_ < arguments_.size())
      raise(ErrorKind::type, "not all arguments converted during string formatting");
    return std::move(out_);
  }

 private:
  char peek() const {
    if (at_ >= format_.size()) raise(ErrorKind::value, "incomplete format");
    return format_[at_];
  }

  static bool set_flag(Directive& d, char c) {
    switch (c) {
      case '-':
        return d.left = true;
      case '+':
        return d.plus = true;
      case ' ':
        return d.blank = true;
      case '0':
        return d.zero = true;
      case '#':
        return d.alternative = true;
      default:
        return false;
    }
  }

  void directive() {
    if (peek() == '%') {
      ++at_;
      out_ += '%';
      return;
    }
    Directive d;
    bool keyed = peek() == '(';
    Value value;
    if (keyed) value = by_key();
    while (set_flag(d, peek())) ++at_;
    d.width = number(d);
    if (peek() == '.') {
      ++at_;
      Directive ignored;
      d.precision = std::max<std::int64_t>(number(ignored), 0);
    }
    while (peek() == 'h' || peek() == 'l' || peek() == 'L') ++at_;
    d.type = peek();
    ++at_;
    if (!keyed) value = next();
    put(value, d);
  }

  [[noreturn]] void unsupported(char type) const {
    raise(ErrorKind::value, std::string("unsupported format character '") + type + "' (0x" + hex(type) +
                                ") at index " + std::to_string(at_ - 1));
  }

  static std::string hex(char c) {
    char text[4];
    std::snprintf(text, sizeof text, "%x", static_cast<unsigned char>(c));
    return text;
  }

  Value by_key() {
    if (!mapping_) raise(ErrorKind::type, "format requires a mapping");
    int open = 1;
    auto from = ++at_;
    for (; open > 0; ++at_) {
      if (at_ >= format_.size()) raise(ErrorKind::value, "incomplete format key");
      if (format_[at_] == '(') ++open;
      if (format_[at_] == ')') --open;
    }
    auto key = format_.substr(from, at_ - from - 1);
    if (mapping_->is(Type::undefined)) mapping_->undefined().fail();
    if (!mapping_->is(Type::dict)) raise(ErrorKind::type, "list indices must be integers or slices, not str");
    const auto* found = mapping_->dict().find(Value(key));
    if (!found) raise(ErrorKind::key, repr_text(key));
    return *found;
  }

  const Value& next() {
    if (next_ < arguments_.size()) return arguments_[next_++];
    raise(ErrorKind::type, "not enough arguments for format string");
  }

  // A number in the directive, or * for one from the arguments.
  std::int64_t number(Directive& d) {
    if (peek() == '*') {
      ++at_;
      const auto& v = next();
      if (v.is(Type::big)) raise(ErrorKind::overflow, "Python int too large to convert to C ssize_t");
      if (!v.is(Type::integer) && !v.is(Type::boolean)) raise(ErrorKind::type, "* wants int");
      if (v.integer() < 0) d.left = true;
      return std::abs(v.integer());
    }
    std::int64_t n = 0;
    while (peek() >= '0' && peek() <= '9') {
      n = n * 10 + (peek() - '0');
      if (n > 1'000'000'000'000) raise(ErrorKind::value, "width too big");
      ++at_;
    }
    return n;
  }

  void put(const Value& v, const Directive& d) {
    switch (d.type) {
      case 's':
        return put_text(printed(v), d);
      case 'r':
        return put_text(escaped(repr(v)), d);
      case 'a':
        return put_text(escaped(ascii(v)), d);
      case 'c':
        return put_text(character(v), d);
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        return put_integer(v, d);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return put_real(v, d);
      default:
        unsupported(d.type);
    }
  }

  std::string escaped(std::string text) const {
    if (!markup_) return text;
    std::string out;
    append_escaped(out, text);
    return out;
  }

  std::string printed(const Value& v) const {
    std::string out;
    append_output(out, v, markup_);
    return out;
  }

  std::string character(const Value& v) const {
    if (v.is_text() && v.str().length() == 1 && !markup_) return std::string(v.text());
    if (v.is(Type::big) && !markup_) raise(ErrorKind::overflow, "%c arg not in range(0x110000)");
    if ((v.is(Type::integer) || v.is(Type::boolean)) && !markup_) {
      if (v.integer() < 0 || v.integer() > 0x10FFFF)
        raise(ErrorKind::overflow, "%c arg not in range(0x110000)");
      std::string out;
      append_utf8(out, static_cast<char32_t>(v.integer()));
      return out;
    }
    raise(ErrorKind::type, "%c requires int or char");
  }

  void put_text(std::string_view text, const Directive& d) {
    if (d.precision >= 0 && d.type != 'c')
      text = text.substr(0, offset_of(text, static_cast<std::size_t>(d.precision)));
    auto length = static_cast<std::int64_t>(to_points(text).size());
    auto padding = static_cast<std::size_t>(std::max<std::int64_t>(d.width - length, 0));
    out_ += d.left ? pad(text, " ", 0, padding) : pad(text, " ", padding, 0);
  }

  void put_number(std::string_view sign, std::string_view digits, const Directive& d) {
    if (sign.empty()) sign = d.plus ? "+" : d.blank ? " " : "";
    auto size = static_cast<std::int64_t>(sign.size() + digits.size());
    auto padding = static_cast<std::size_t>(std::max<std::int64_t>(d.width - size, 0));
    if (padding == 0) {
      out_ += sign;
      out_ += digits;
      return;
    }
    check_size(padding);
    if (!d.left && !d.zero) out_.append(padding, ' ');
    out_ += sign;
    if (!d.left && d.zero) out_.append(padding, '0');
    out_ += digits;
    if (d.left) out_.append(padding, ' ');
  }

  Value as_number(const Value& v, const char* wanted) const {
    if (v.is_number()) return v;
    if (markup_ && v.is_text()) {
      if (auto n = parse_integer(v.text(), 10)) return *n;
      raise(ErrorKind::value, "invalid literal for int() with base 10: " + repr(v));
    }
    raise(ErrorKind::type, std::string(wanted) + ", not " + std::string(type_name(v)));
  }

  void put_integer(const Value& v, const Directive& d) {
    bool decimal = d.type == 'd' || d.type == 'i' || d.type == 'u';
    if (decimal && v.is(Type::undefined)) v.undefined().fail();
    auto n =
        as_number(v, decimal ? "%d format: a real number is required" : "%x format: an integer is required");
    if (n.is(Type::real)) {
      if (!decimal)
        raise(ErrorKind::type, std::string("%") + d.type + " format: an integer is required, not float");
      n = big_from_real(std::trunc(n.real()));
    }
    int base = d.type == 'o' ? 8 : decimal ? 10 : 16;
    auto digits = big_text(n.is(Type::boolean) ? Value(n.integer()) : n, base);
    bool negative = digits.starts_with('-');
    if (negative) digits.erase(0, 1);
    if (d.precision > static_cast<std::int64_t>(digits.size()))
      digits = pad(digits, "0", static_cast<std::size_t>(d.precision) - digits.size(), 0);
    if (d.type == 'X') digits = upper(digits);
    auto sign = std::string(negative ? "-" : "");
    if (d.alternative && !decimal)
      sign = (negative  ? "-"
              : d.plus  ? "+"
              : d.blank ? " "
                        : "") +
             std::string(base == 8       ? "0o"
                         : d.type == 'X' ? "0X"
                                         : "0x");
    put_number(sign, digits, d);
  }

  void put_real(const Value& v, const Directive& d) {
    if (v.is(Type::undefined)) v.undefined().fail();
    if (markup_ && v.is_text()) {
      auto read = parse_real(v.text());
      if (!read) raise(ErrorKind::value, "could not convert string to float: " + repr(v));
      return put_real(Value(*read), d);
    }
    auto real = to_real(as_number(v, "must be real number"));
    check_size(static_cast<std::size_t>(std::max<std::int64_t>(d.precision, 0)));
    if (d.precision > 100'000'000) raise(ErrorKind::value, "precision too big");
    auto digits = format_real(std::abs(real), d.type, static_cast<int>(d.precision < 0 ? 6 : d.precision),
                              d.alternative);
    put_number(std::string_view("-", std::signbit(real) && !std::isnan(real) ? 1 : 0), digits, d);
  }

  std::string_view format_;
  std::span<const Value> arguments_;
  const Value* mapping_;  // of %(key)s; or null
  bool markup_;
  std::size_t at_ = 0, next_ = 0;
  std::string out_;
};

}  // namespace

Value percent_format(const Value& format, std::span<const Value> arguments, const Value* mapping) {
  return like(format, PercentFormatter(format, arguments, mapping).run());
}

Value percent_format(const Value& format, const Value& arguments) {
  if (arguments.is(Type::tuple)) return percent_format(format, arguments.items().items, nullptr);
  // What Python takes for a mapping: whatever has items to ask for, but a text or a tuple.
  bool mapping = arguments.is(Type::dict) || arguments.is(Type::list) || arguments.is(Type::undefined) ||
                 as<Range>(arguments) != nullptr;
  return percent_format(format, std::span(&arguments, 1), mapping ? &arguments : nullptr);
}

}  // namespace rb::jinja
