#include "jinja/pretty.hpp"

#include <algorithm>
#include <numeric>

#include "jinja/compare.hpp"
#include "jinja/order.hpp"
#include "jinja/printing.hpp"
#include "jinja/split.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

constexpr std::int64_t kWidth = 80;

std::int64_t width_of(std::string_view text) { return static_cast<std::int64_t>(to_points(text).size()); }

using Entries = std::vector<Dict::Entry, Metered<Dict::Entry>>;

// By key; keys without an order of their own go by type.
Entries sorted_entries(const Dict& dict) {
  const auto& entries = dict.entries;
  auto before = [&](std::uint32_t i, std::uint32_t j) {
    const auto &a = entries[i].key, &b = entries[j].key;
    if ((a.is_text() && b.is_text()) || (a.is_number() && b.is_number())) return less(a, b);
    return type_name(a) < type_name(b);
  };
  Positions order(entries.size());
  std::iota(order.begin(), order.end(), 0U);
  merge_sort(order, before);
  Entries sorted;
  for (auto i : order) sorted.push_back(entries[i]);
  return sorted;
}

// To show a value may run a part of the template, which may change the container it lies in: what is shown is
// held, and containers are walked in copies.
class Printer {
 public:
  std::string run(const Value& v) {
    format(v, 0, 0, 0);
    return std::move(out_);
  }

 private:
  // A container within itself. Python adds its address, which is nobody's business here.
  static std::string recursion(const Value& v) { return "<Recursion on " + std::string(type_name(v)) + ">"; }
  bool active(const Value& v) const { return std::ranges::find(active_, v.object()) != active_.end(); }

  std::string one_line(const Value& v) {
    bool items = v.is(Type::list) || v.is(Type::tuple);
    if (!items && !v.is(Type::dict)) return repr(v);
    if (active(v)) return recursion(v);
    Deeper deeper;
    active_.push_back(v.object());
    std::string out;
    if (items) {
      const auto copy = v.items().items;
      for (const auto& item : copy) {
        out += (out.empty() ? "" : ", ") + one_line(item);
        check_growth(out.size());
      }
      if (v.is(Type::tuple) && copy.size() == 1) out += ',';
    } else {
      for (const auto& entry : sorted_entries(v.dict())) {
        out += (out.empty() ? "" : ", ") + one_line(entry.key) + ": " + one_line(entry.value);
        check_growth(out.size());
      }
    }
    charge_steps(out.size() / 64);
    active_.pop_back();
    auto open = v.is(Type::list) ? '[' : v.is(Type::tuple) ? '(' : '{';
    auto close = v.is(Type::list) ? ']' : v.is(Type::tuple) ? ')' : '}';
    return open + out + close;
  }

  void format(const Value& v, std::int64_t indent, std::int64_t allowance, int level) {
    auto line = one_line(v);
    bool container = v.is(Type::list) || v.is(Type::tuple) || v.is(Type::dict);
    if (width_of(line) <= kWidth - indent - allowance || !(container || v.is(Type::string)) ||
        (container && active(v))) {
      out_ += line;
      return;
    }
    Deeper deeper;
    active_.push_back(v.object());
    if (v.is(Type::string)) {
      format_text(v.text(), indent, allowance, level + 1);
    } else if (v.is(Type::dict)) {
      format_dict(v.dict(), indent, allowance + 1, level + 1);
    } else {
      bool single = v.is(Type::tuple) && v.items().items.size() == 1;
      out_ += v.is(Type::list) ? '[' : '(';
      format_items(v.items().items, indent, allowance + (single ? 2 : 1), level + 1);
      out_ += v.is(Type::list) ? "]" : single ? ",)" : ")";
    }
    active_.pop_back();
  }

  void new_line(std::int64_t indent) {
    out_ += '\n';
    check_growth(out_.size());
    out_.append(static_cast<std::size_t>(indent), ' ');
  }

  void format_items(Values items, std::int64_t indent, std::int64_t allowance, int level) {
    ++indent;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i) {
        out_ += ',';
        new_line(indent);
      }
      format(items[i], indent, i + 1 == items.size() ? allowance : 1, level);
    }
  }

  void format_dict(const Dict& dict, std::int64_t indent, std::int64_t allowance, int level) {
    out_ += '{';
    ++indent;
    auto entries = sorted_entries(dict);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (i) {
        out_ += ',';
        new_line(indent);
      }
      auto key = one_line(entries[i].key);
      out_ += key + ": ";
      format(entries[i].value, indent + width_of(key) + 2, i + 1 == entries.size() ? allowance : 1, level);
    }
    out_ += '}';
  }

  // A long text becomes several literals, broken at line ends and blanks.
  void format_text(std::string_view text, std::int64_t indent, std::int64_t allowance, int level) {
    if (level == 1) ++indent, ++allowance;
    std::vector<std::string> chunks;
    auto lines = split_lines(text, true);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      bool last = i + 1 == lines.size();
      auto line = repr_text(lines[i]);
      if (width_of(line) <= kWidth - indent - (last ? allowance : 0))
        chunks.push_back(std::move(line));
      else
        break_line(lines[i], kWidth - indent, last ? allowance : 0, chunks);
    }
    if (chunks.size() == 1) {
      out_ += repr_text(lines.back());
      return;
    }
    if (level == 1) out_ += '(';
    for (std::size_t i = 0; i < chunks.size(); ++i) {
      if (i) new_line(indent);
      out_ += chunks[i];
    }
    if (level == 1) out_ += ')';
  }

  static void break_line(std::string_view line, std::int64_t width, std::int64_t allowance,
                         std::vector<std::string>& chunks) {
    std::string current;
    while (!line.empty()) {
      auto part = word_with_blanks(line);
      line.remove_prefix(part.size());
      if (line.empty()) width -= allowance;
      auto candidate = current + std::string(part);
      if (width_of(repr_text(candidate)) > width) {
        if (!current.empty()) chunks.push_back(repr_text(current));
        current = part;
      } else {
        current = std::move(candidate);
      }
      charge_steps(current.size() / 16);
    }
    if (!current.empty()) chunks.push_back(repr_text(current));
  }

  static std::string_view word_with_blanks(std::string_view text) {
    std::size_t at = 0;
    bool blanks = false;
    while (at < text.size()) {
      auto next = at;
      bool space = is_space(next_point(text, next));
      if (blanks && !space) break;
      blanks = blanks || space;
      at = next;
    }
    return text.substr(0, at);
  }

  std::string out_;
  std::vector<const Object*> active_;
};

}  // namespace

std::string pretty(const Value& v) { return Printer().run(v); }

}  // namespace rb::jinja
