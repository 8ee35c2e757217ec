#include "domain/wording/html.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/strings.hpp"
#include "jinja/text.hpp"

namespace rb::notification {
namespace {

std::string address_in(std::string_view tag) {
  constexpr std::string_view attribute = "href=\"";
  auto start = tag.find(attribute);
  if (start == std::string_view::npos) return {};
  tag.remove_prefix(start + attribute.size());
  return jinja::unescape_html(tag.substr(0, tag.find('"')));
}

class TextWriter {
 public:
  void text(std::string_view part) { out_ += jinja::unescape_html(part); }

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

class MarkupWriter {
 public:
  void text(std::string_view part) { out_ += escape_html(jinja::unescape_html(part)); }

  void tag(std::string_view tag) {
    std::string name = ascii_lower(tag.substr(0, tag.find_first_of(" \t\n/", 1)));
    if (name == "br") out_ += '\n';
    if (name.starts_with('/')) return close(std::string_view(name).substr(1));
    if (std::ranges::find(kKept, name) == kKept.end()) return;
    if (name != "a") return open(name, "<" + name + ">");
    auto address = address_in(tag);
    if (address.starts_with("https://") || address.starts_with("http://"))
      open(name, "<a href=\"" + escape_html(address) + "\">");
  }

  std::string take() {
    close_down_to(0);
    return std::move(out_);
  }

 private:
  static constexpr std::array<std::string_view, 8> kKept = {"a", "b",    "i",   "u",
                                                            "s", "code", "pre", "blockquote"};

  void open(const std::string& name, const std::string& written) {
    open_.push_back(name);
    out_ += written;
  }

  void close(std::string_view name) {
    auto depth = open_.size();
    while (depth > 0 && open_[depth - 1] != name) --depth;
    if (depth > 0) close_down_to(depth - 1);
  }

  void close_down_to(std::size_t depth) {
    for (; open_.size() > depth; open_.pop_back()) out_ += "</" + open_.back() + ">";
  }

  std::string out_;
  std::vector<std::string> open_;
};

bool opens_tag(std::string_view html) {
  if (html.size() < 2) return false;
  char next = html[1] == '/' && html.size() > 2 ? html[2] : html[1];
  return (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
}

template <class Writer>
std::string written(std::string_view html) {
  Writer out;
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

}  // namespace

std::string html_to_text(std::string_view html) { return written<TextWriter>(html); }

std::string safe_markup(std::string_view html) { return written<MarkupWriter>(html); }

}  // namespace rb::notification
