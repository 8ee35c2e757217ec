#include "jinja/json_write.hpp"

#include <algorithm>

#include "jinja/compare.hpp"
#include "jinja/iterate.hpp"
#include "jinja/operators.hpp"
#include "jinja/order.hpp"
#include "jinja/printing.hpp"
#include "jinja/text.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

class Writer {
 public:
  explicit Writer(const Value& indent) : pretty_(!indent.is(Type::none)) {
    if (!pretty_) return;
    if (indent.is_text())
      step_ = indent.text();
    else
      step_ = pad("", " ", static_cast<std::size_t>(std::max<std::int64_t>(to_amount(indent), 0)), 0);
  }

  std::string run(const Value& v) {
    write(v, 0);
    return std::move(out_);
  }

 private:
  void write(const Value& v, int level) {
    charge_steps();
    check_growth(out_.size());
    switch (v.type()) {
      case Type::none:
        out_ += "null";
        return;
      case Type::boolean:
        out_ += v.boolean() ? "true" : "false";
        return;
      case Type::integer:
      case Type::big:
        return append_str(out_, v);
      case Type::real:
        return write_real(v.real());
      case Type::string:
      case Type::markup:
        return write_text(v.text());
      case Type::list:
      case Type::tuple:
        return write_list(v, level);
      case Type::dict:
        return write_dict(v, level);
      default:
        break;
    }
    if (v.is(Type::thing) && v.thing().type_name() == "_GroupTuple")
      return write_list(make_tuple(to_values(v)), level);
    raise(ErrorKind::type, "Object of type " + std::string(type_name(v)) + " is not JSON serializable");
  }

  void write_real(double d) {
    auto text = repr_real(d);
    out_ += text == "inf" ? "Infinity" : text == "-inf" ? "-Infinity" : text == "nan" ? "NaN" : text;
  }

  void write_unit(char32_t unit) {
    out_ += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out_ += "0123456789abcdef"[(unit >> shift) & 15U];
  }

  void write_text(std::string_view text) {
    charge_steps(text.size() / 64);
    out_ += '"';
    for (std::size_t at = 0; at < text.size();) {
      auto c = next_point(text, at);
      switch (c) {
        case '"':
          out_ += "\\\"";
          continue;
        case '\\':
          out_ += "\\\\";
          continue;
        case '\n':
          out_ += "\\n";
          continue;
        case '\r':
          out_ += "\\r";
          continue;
        case '\t':
          out_ += "\\t";
          continue;
        case '\b':
          out_ += "\\b";
          continue;
        case '\f':
          out_ += "\\f";
          continue;
        default:
          break;
      }
      if (c >= 0x10000) {
        write_unit(0xD800 + ((c - 0x10000) >> 10));
        write_unit(0xDC00 + ((c - 0x10000) & 0x3FF));
      } else if (c < 0x20 || c > 0x7F || c == '<' || c == '>' || c == '&' || c == '\'') {
        write_unit(c);
      } else {
        out_ += static_cast<char>(c);
      }
    }
    out_ += '"';
  }

  void separate(bool first, int level) {
    if (!first) out_ += pretty_ ? "," : ", ";
    if (!pretty_) return;
    out_ += '\n';
    for (int i = 0; i < level; ++i) out_ += step_;
  }

  void close(char bracket, int level) {
    if (pretty_) separate(true, level);
    out_ += bracket;
  }

  // An object that is being written already.
  void open(const Value& v) {
    if (std::ranges::find(active_, v.object()) != active_.end())
      raise(ErrorKind::value, "Circular reference detected");
    active_.push_back(v.object());
  }

  void write_list(const Value& v, int level) {
    const auto& items = v.items().items;
    if (items.empty()) {
      out_ += "[]";
      return;
    }
    Deeper deeper;
    open(v);
    out_ += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      separate(i == 0, level + 1);
      write(items[i], level + 1);
    }
    close(']', level);
    active_.pop_back();
  }

  void write_key(const Value& key) {
    if (key.is_text()) return write_text(key.text());
    if (!key.is_number() && !key.is(Type::none))
      raise(ErrorKind::type,
            "keys must be str, int, float, bool or None, not " + std::string(type_name(key)));
    out_ += '"';
    write(key, 0);
    out_ += '"';
  }

  void write_dict(const Value& v, int level) {
    if (v.dict().entries.empty()) {
      out_ += "{}";
      return;
    }
    Deeper deeper;
    open(v);
    Values pairs;
    for (const auto& entry : v.dict().entries) pairs.push_back(make_tuple({entry.key, entry.value}));
    sort_values(pairs, false, [](const Value& pair) { return pair.items().items[0]; });
    out_ += '{';
    bool first = true;
    for (const auto& pair : pairs) {
      separate(first, level + 1);
      first = false;
      write_key(pair.items().items[0]);
      out_ += ": ";
      write(pair.items().items[1], level + 1);
    }
    close('}', level);
    active_.pop_back();
  }

  bool pretty_;
  std::string step_, out_;
  std::vector<const Object*> active_;
};

}  // namespace

std::string html_json(const Value& v, const Value& indent) { return Writer(indent).run(v); }

}  // namespace rb::jinja
