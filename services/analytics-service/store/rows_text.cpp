#include "store/rows_text.hpp"

#include <array>
#include <charconv>

namespace rb::analytics {
namespace {

void append_quoted(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  std::size_t begun = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, begun, i - begun);
    begun = i + 1;
    if (c >= 0x20) {
      out += '\\';
      out += text[i];
    } else {
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 15];
    }
  }
  out.append(text, begun);
  out += '"';
}

}  // namespace

RowsText& RowsText::row() {
  out_ += out_.empty() ? "[{" : "},{";
  first_ = true;
  return *this;
}

void RowsText::member(std::string_view name) {
  if (!first_) out_ += ',';
  first_ = false;
  out_ += '"';
  out_ += name;
  out_ += "\":";
}

RowsText& RowsText::text(std::string_view name, std::string_view value) {
  member(name);
  append_quoted(out_, value);
  return *this;
}

RowsText& RowsText::number(std::string_view name, std::int64_t value) {
  member(name);
  std::array<char, 24> digits{};
  auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out_.append(digits.data(), end);
  return *this;
}

RowsText& RowsText::number(std::string_view name, std::optional<std::int64_t> value) {
  return value ? number(name, *value) : *this;
}

RowsText& RowsText::time(std::string_view name, std::optional<Time> value) {
  return value ? number(name, to_micros(*value)) : *this;
}

RowsText& RowsText::flag(std::string_view name, bool value) {
  member(name);
  out_ += value ? "true" : "false";
  return *this;
}

std::string RowsText::take() {
  if (out_.empty()) return "[]";
  out_ += "}]";
  return std::exchange(out_, {});
}

}  // namespace rb::analytics
