#include "domain/wording/html.hpp"

#include <charconv>
#include <cstdint>
#include <optional>

#include "base/strings.hpp"
#include "jinja/unicode.hpp"

namespace rb::notification {
namespace {

std::optional<std::uint32_t> character_of(std::string_view entity) {
  if (entity == "amp") return '&';
  if (entity == "lt") return '<';
  if (entity == "gt") return '>';
  if (entity == "quot") return '"';
  if (entity == "nbsp") return 0xA0;
  if (!entity.starts_with('#')) return std::nullopt;
  entity.remove_prefix(1);
  int base = entity.starts_with('x') || entity.starts_with('X') ? 16 : 10;
  if (base == 16) entity.remove_prefix(1);
  std::uint32_t point = 0;
  auto [end, error] = std::from_chars(entity.data(), entity.data() + entity.size(), point, base);
  bool whole = error == std::errc() && end == entity.data() + entity.size();
  bool valid = point > 0 && point < 0x110000 && (point < 0xD800 || point > 0xDFFF);
  return whole && valid ? std::optional(point) : std::nullopt;
}

std::string decoded(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto end = text.front() == '&' ? text.substr(0, 12).find(';') : std::string_view::npos;
    auto point = end == std::string_view::npos ? std::nullopt : character_of(text.substr(1, end - 1));
    if (point) {
      jinja::append_utf8(out, *point);
      text.remove_prefix(end + 1);
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

std::string address_in(std::string_view tag) {
  constexpr std::string_view attribute = "href=\"";
  auto start = tag.find(attribute);
  if (start == std::string_view::npos) return {};
  tag.remove_prefix(start + attribute.size());
  return decoded(tag.substr(0, tag.find('"')));
}

class TextWriter {
 public:
  void text(std::string_view part) { out_ += decoded(part); }

  void tag(std::string_view tag) {
    std::string name = ascii_lower(tag.substr(0, tag.find_first_of(" \t\n/", 1)));
    if (name == "a") {
      address_ = address_in(tag);
      label_ = out_.size();
    } else if (name == "/a") {
      close_link();
    } else if (name == "blockquote") {
      quote_ = out_.size();
    } else if (name == "/blockquote") {
      close_quote();
    } else if (name == "br") {
      out_ += '\n';
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void close_link() {
    if (!address_.empty() && out_.substr(label_) != address_) out_ += " (" + address_ + ")";
    address_.clear();
  }

  void close_quote() {
    if (!quote_) return;
    std::string inside = replace_all(out_.substr(*quote_), "\n", "\n> ");
    out_.replace(*quote_, std::string::npos, "> " + inside);
    quote_.reset();
  }

  std::string out_;
  std::string address_;
  std::size_t label_ = 0;
  std::optional<std::size_t> quote_;
};

bool opens_tag(std::string_view html) {
  if (html.size() < 2) return false;
  char next = html[1] == '/' && html.size() > 2 ? html[2] : html[1];
  return (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
}

}  // namespace

std::string html_to_text(std::string_view html) {
  TextWriter out;
  while (!html.empty()) {
    auto end = opens_tag(html) && html.front() == '<' ? html.find('>') : std::string_view::npos;
    if (end != std::string_view::npos) {
      out.tag(html.substr(1, end - 1));
      html.remove_prefix(end + 1);
      continue;
    }
    auto next = html.find('<', 1);
    out.text(html.substr(0, next));
    html.remove_prefix(next == std::string_view::npos ? html.size() : next);
  }
  return out.take();
}

}  // namespace rb::notification
