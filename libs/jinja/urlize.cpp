#include "jinja/urlize.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/strings.hpp"
#include "jinja/meter.hpp"
#include "jinja/printing.hpp"
#include "jinja/split.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

constexpr std::string_view kOpening[] = {"(", "<", "&lt;"};
constexpr std::string_view kTails[] = {"&gt;", ")", ">", ".", ",", "\n"};
constexpr std::string_view kTopLevel[] = {"com", "net", "int", "edu", "gov", "org", "info", "mil"};

bool host_point(char32_t c) { return is_word(c) || c == '%' || c == '-'; }
bool letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

bool all_points(std::string_view text, bool (*fits)(char32_t)) {
  for (std::size_t at = 0; at < text.size();)
    if (!fits(next_point(text, at))) return false;
  return !text.empty();
}

std::size_t points(std::string_view text) { return to_points(text).size(); }

bool all_letters(std::string_view text) { return std::ranges::all_of(text, letter); }

// The last label of a host after http:// or www.
bool top_level(std::string_view label) {
  auto lower_label = ascii_lower(label);
  if (lower_label.starts_with("xn--")) {
    auto rest = label.substr(4);
    if (points(rest) >= 2 && points(rest) <= 59 &&
        all_points(rest, [](char32_t c) { return is_word(c) || c == '%'; }))
      return true;
  }
  return label.size() >= 2 && label.size() <= 63 && all_letters(label);
}

bool ipv4(std::string_view host) {
  auto parts = split_text(host, ".");
  return parts.size() == 4 &&
         std::ranges::all_of(parts, [](auto part) { return part.size() <= 3 && all_digits(part); });
}

// "[xxxx:xxxx:...]": two groups with colons, then one to six more.
bool ipv6(std::string_view host) {
  if (!host.starts_with('[') || !host.ends_with(']')) return false;
  auto parts = split_text(host.substr(1, host.size() - 2), ":");
  return parts.size() >= 3 && parts.size() <= 9 && std::ranges::all_of(parts, [](auto part) {
           return part.size() <= 4 && part.find_first_not_of("0123456789abcdefABCDEF") == part.npos;
         });
}

// Everything before the last dot must be labels.
bool labels(std::string_view text, std::size_t least, std::size_t most) {
  for (auto label : split_text(text, "."))
    if (points(label) < least || points(label) > most || !all_points(label, host_point)) return false;
  return true;
}

bool host_with_scheme(std::string_view host, bool scheme) {
  if (scheme && (ipv4(host) || ipv6(host))) return true;
  auto dot = host.rfind('.');
  if (dot == std::string_view::npos) return top_level(host);
  return labels(host.substr(0, dot), 1, std::string_view::npos) && top_level(host.substr(dot + 1));
}

bool bare_host(std::string_view host) {
  auto dot = host.rfind('.');
  if (dot == std::string_view::npos) return false;
  return labels(host.substr(0, dot), 2, 63) &&
         std::ranges::find(kTopLevel, ascii_lower(host.substr(dot + 1))) != std::end(kTopLevel);
}

// Cuts ":80" and "/path", "?query", "#part" off a host.
std::optional<std::string_view> host_of(std::string_view rest) {
  auto bracket = rest.starts_with('[') ? rest.find(']') : std::string_view::npos;
  auto from = bracket == std::string_view::npos ? 0 : bracket;
  auto path = std::min(rest.find_first_of("/?#", from), rest.size());
  auto host = rest.substr(0, path);
  auto colon = host.find(':', from);
  if (colon == std::string_view::npos) return host;
  auto port = host.substr(colon + 1);
  bool valid = port.size() <= 5 && all_digits(port);
  return valid ? std::optional(host.substr(0, colon)) : std::nullopt;
}

bool is_address(std::string_view word) {
  auto lower_word = ascii_lower(word.substr(0, 8));
  std::size_t skip = lower_word.starts_with("https://") ? 8 : lower_word.starts_with("http://") ? 7 : 0;
  if (!skip && lower_word.starts_with("www."))
    if (auto host = host_of(word.substr(4)); host && host_with_scheme(*host, false)) return true;
  auto host = host_of(word.substr(skip));
  if (!host) return false;
  return skip ? host_with_scheme(*host, true) : bare_host(*host);
}

// \S+@\w[\w.-]*\.\w+
bool is_mail(std::string_view word) {
  auto at = word.rfind('@');  // a domain has none
  if (at == std::string_view::npos || at == 0) return false;
  auto domain = word.substr(at + 1);
  auto dot = domain.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  std::size_t first = 0;
  return is_word(next_point(domain, first)) && all_points(domain.substr(dot + 1), is_word) &&
         all_points(domain.substr(0, dot), [](char32_t c) { return is_word(c) || c == '.' || c == '-'; });
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

class Linker {
 public:
  explicit Linker(const UrlizeOptions& options) : options_(options) {
    std::set<std::string> words = {"noopener"};
    for (auto word : split_blanks(options.rel)) words.emplace(word);
    std::string rel;
    for (const auto& word : words) rel += (rel.empty() ? "" : " ") + word;
    attributes_ = " rel=\"" + escaped(rel) + "\"";
    if (!options.target.empty()) attributes_ += " target=\"" + escaped(options.target) + "\"";
  }

  std::string link(std::string_view word) const {
    charge_steps(word.size() / 32);
    auto head = word.substr(0, head_size(word));
    auto rest = word.substr(head.size());
    auto middle = std::string(rest.substr(0, rest.size() - tail_size(rest)));
    auto tail = std::string(rest.substr(middle.size()));
    take_back(middle, tail);
    return std::string(head) + linked(middle) + tail;
  }

 private:
  static std::string escaped(std::string_view text) {
    std::string out;
    append_escaped(out, text);
    return out;
  }

  static std::size_t head_size(std::string_view word) {
    std::size_t size = 0;
    while (true) {
      auto rest = word.substr(size);
      const auto* open = std::ranges::find_if(kOpening, [&](auto o) { return rest.starts_with(o); });
      if (open == std::end(kOpening)) return size;
      size += open->size();
    }
  }

  static std::size_t tail_size(std::string_view word) {
    auto left = word;
    while (true) {
      const auto* end = std::ranges::find_if(kTails, [&](auto t) { return left.ends_with(t); });
      if (end == std::end(kTails)) return word.size() - left.size();
      left.remove_suffix(end->size());
    }
  }

  // Closing brackets belong to the address when their opening ones do.
  static void take_back(std::string& middle, std::string& tail) {
    static constexpr std::pair<std::string_view, std::string_view> pairs[] = {
        {"(", ")"}, {"<", ">"}, {"&lt;", "&gt;"}};
    for (auto [open, close] : pairs) {
      auto opened = count(middle, open);
      if (opened <= count(middle, close)) continue;
      std::size_t end = 0;
      for (auto n = std::min(opened, count(tail, close)); n > 0; --n)
        end = tail.find(close, end) + close.size();
      middle += tail.substr(0, end);
      tail.erase(0, end);
    }
  }

  std::string shown(const std::string& address) const {
    if (!options_.trim || static_cast<std::int64_t>(points(address)) <= *options_.trim) return address;
    auto keep = *options_.trim < 0
                    ? std::max<std::int64_t>(static_cast<std::int64_t>(points(address)) + *options_.trim, 0)
                    : *options_.trim;
    return address.substr(0, offset_of(address, static_cast<std::size_t>(keep))) + "...";
  }

  std::string linked(const std::string& middle) const {
    if (is_address(middle)) {
      bool scheme = middle.starts_with("https://") || middle.starts_with("http://");
      return "<a href=\"" + std::string(scheme ? "" : "https://") + middle + "\"" + attributes_ + ">" +
             shown(middle) + "</a>";
    }
    if (middle.starts_with("mailto:") && is_mail(std::string_view(middle).substr(7)))
      return "<a href=\"" + middle + "\">" + middle.substr(7) + "</a>";
    if (middle.find('@') != std::string::npos && !middle.starts_with("www.") &&
        middle.find(':') == std::string::npos && is_mail(middle))
      return "<a href=\"mailto:" + middle + "\">" + middle + "</a>";
    auto out = middle;
    for (const auto& scheme : options_.extra_schemes)
      if (out != scheme && out.starts_with(scheme))
        out = fmt::format("<a href=\"{0}\"{1}>{0}</a>", out, attributes_);
    return out;
  }

  const UrlizeOptions& options_;
  std::string attributes_;
};

}  // namespace

std::string urlize(std::string_view text, const UrlizeOptions& options) {
  Linker linker(options);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    auto from = at;
    auto end = at;
    while (end < text.size() && !is_space(next_point(text, at))) end = at;
    out += linker.link(text.substr(from, end - from));
    if (end < text.size()) out += text.substr(end, at - end);
    check_growth(out.size());
    if (end >= text.size()) break;
  }
  return out;
}

// [\w.+-]{2,}:(/){0,2}
bool is_scheme(std::string_view text) {
  auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return false;
  auto slashes = text.substr(colon + 1);
  if (!slashes.empty() && slashes != "/" && slashes != "//") return false;
  auto name = text.substr(0, colon);
  return points(name) >= 2 &&
         all_points(name, [](char32_t c) { return is_word(c) || c == '.' || c == '+' || c == '-'; });
}

}  // namespace rb::jinja
