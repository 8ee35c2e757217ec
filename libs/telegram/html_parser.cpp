#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/strings.hpp"
#include "telegram/entity.hpp"
#include "telegram/html.hpp"

namespace rb::telegram {
namespace {

struct Spelling {
  std::string_view written, name;
};
constexpr Spelling kTags[] = {{"b", "b"},
                              {"strong", "b"},
                              {"i", "i"},
                              {"em", "i"},
                              {"u", "u"},
                              {"ins", "u"},
                              {"s", "s"},
                              {"strike", "s"},
                              {"del", "s"},
                              {"span", "span"},
                              {"a", "a"},
                              {"tg-spoiler", "tg-spoiler"},
                              {"code", "code"},
                              {"pre", "pre"},
                              {"blockquote", "blockquote"},
                              {"tg-time", "tg-time"},
                              {"tg-emoji", "tg-emoji"}};

constexpr std::string_view kBlanks = " \t\r\n";

struct Attributes {
  std::vector<std::pair<std::string, std::string>> all;

  const std::string* find(std::string_view name) const {
    auto at = std::ranges::find(all, name, [](const auto& pair) { return std::string_view(pair.first); });
    return at == all.end() ? nullptr : &at->second;
  }
};

bool digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// r | w?[dD]?[tT]?
bool time_format(std::string_view text) {
  if (text == "r") return true;
  if (text.starts_with('w')) text.remove_prefix(1);
  if (text.starts_with('d') || text.starts_with('D')) text.remove_prefix(1);
  if (text.starts_with('t') || text.starts_with('T')) text.remove_prefix(1);
  return text.empty();
}

std::string attribute(std::string_view name, std::string_view value) {
  return fmt::format(" {}=\"{}\"", name, escape_html(value));
}

struct Tag {
  std::string_view name;
  std::string attributes;
};

// The normal form of a known tag; an error is the reason in words.
std::expected<Tag, std::string> tag_of(std::string_view name, const Attributes& given) {
  const auto wrong = [](std::string reason) { return std::unexpected(std::move(reason)); };
  if (name == "span") {
    const auto* kind = given.find("class");
    if (kind == nullptr || *kind != "tg-spoiler") return wrong("<span> must have the class tg-spoiler");
    return Tag{"tg-spoiler", ""};
  }
  if (name == "a") {
    const auto* href = given.find("href");
    if (href == nullptr || href->empty()) return wrong("<a> must have a href");
    return Tag{"a", attribute("href", *href)};
  }
  if (name == "tg-emoji") {
    const auto* id = given.find("emoji-id");
    if (id == nullptr || !digits(*id)) return wrong("<tg-emoji> must have a numeric emoji-id");
    return Tag{"tg-emoji", attribute("emoji-id", *id)};
  }
  if (name == "tg-time") {
    const auto *unix_time = given.find("unix"), *format = given.find("format");
    if (unix_time == nullptr || !digits(*unix_time))
      return wrong("<tg-time> must have its unix time in digits");
    if (format != nullptr && !time_format(*format))
      return wrong("the format of <tg-time> is r or w?[dD]?[tT]?");
    return Tag{"tg-time", attribute("unix", *unix_time) +
                              (format == nullptr ? std::string{} : attribute("format", *format))};
  }
  if (name == "blockquote") return Tag{name, given.find("expandable") != nullptr ? " expandable" : ""};
  if (name == "code") {
    const auto* language = given.find("class");
    bool known = language != nullptr && language->starts_with("language-");
    return Tag{name, known ? attribute("class", *language) : std::string{}};
  }
  return Tag{name, ""};
}

}  // namespace

class HtmlParser {
 public:
  explicit HtmlParser(std::string_view text) : text_(text) { nodes_.emplace_back(); }

  Result<Html> run() {
    while (at_ < text_.size()) {
      auto step = text_[at_] != '<' ? character() : text_.substr(at_).starts_with("</") ? close() : open();
      if (!step) return fail(step.error());
    }
    if (!open_.empty()) return fault(fmt::format("<{}> is not closed", open_.back()));
    html_.nodes_ = std::make_shared<const Html::Nodes>(std::move(nodes_));
    return std::move(html_);
  }

 private:
  std::unexpected<Error> fault(std::string_view reason) const {
    return fail(Errc::invalid, fmt::format("{} (byte {})", reason, at_));
  }

  Result<void> character() {
    auto rest = text_.substr(at_);
    auto read = rest.front() == '&' ? decode_entity(rest) : std::nullopt;
    if (!read && rest.front() == '&') {
      if (auto name = unknown_entity(rest); !name.empty())
        return fault(fmt::format("Telegram does not know &{};", name));
    }
    if (!read) read = decode_utf8(rest);
    if (!read) return fault("the text is not UTF-8");
    at_ += read->size;
    if (read->point != U'\r')
      html_.glyphs_.push_back({read->point, node_});  // Telegram drops carriage returns
    return {};
  }

  // The tag's name in lower case; at_ moves behind it.
  std::string name() {
    auto end = std::min(text_.find_first_of(" \t\r\n>/", at_), text_.size());
    auto out = ascii_lower(text_.substr(at_, end - at_));
    at_ = end;
    return out;
  }

  void blanks() { at_ = std::min(text_.find_first_not_of(kBlanks, at_), text_.size()); }

  Result<Attributes> attributes() {
    Attributes out;
    for (blanks(); at_ < text_.size() && text_[at_] != '>'; blanks()) {
      auto end = std::min(text_.find_first_of(" \t\r\n=>", at_), text_.size());
      if (end == at_) return fault("an attribute has no name");
      auto key = ascii_lower(text_.substr(at_, end - at_));
      at_ = end;
      auto value = at_ < text_.size() && text_[at_] == '=' ? this->value() : Result<std::string>{};
      if (!value) return fail(value.error());
      out.all.emplace_back(std::move(key), std::move(*value));
    }
    if (at_ == text_.size()) return fault("a tag has no >");
    ++at_;
    return out;
  }

  Result<std::string> value() {
    ++at_;
    bool quoted = at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'');
    auto end = quoted ? text_.find(text_[at_], at_ + 1) : text_.find_first_of(" \t\r\n>", at_);
    if (end == std::string_view::npos) return fault("an attribute's value has no end");
    if (quoted) ++at_;
    auto out = decode_entities(text_.substr(at_, end - at_));
    if (!valid_utf8(out)) return fault("the text is not UTF-8");
    at_ = end + (quoted ? 1 : 0);
    return out;
  }

  Result<void> open() {
    ++at_;
    auto written = name();
    const auto* known = std::ranges::find(kTags, written, &Spelling::written);
    if (known == std::end(kTags)) return fault(fmt::format("Telegram does not know <{}>", written));
    auto given = attributes();
    if (!given) return fail(given.error());
    auto tag = tag_of(known->name, *given);
    if (!tag) return fault(tag.error());
    if (auto around = hindrance(tag->name); !around.empty())
      return fault(fmt::format("<{}> is not allowed inside <{}>", written, around));
    bool whole = tag->name == "tg-emoji" || tag->name == "tg-time";
    nodes_.push_back({node_, fmt::format("<{}{}>", tag->name, tag->attributes), tag->name, whole});
    node_ = static_cast<std::uint32_t>(nodes_.size() - 1);
    open_.push_back(std::move(written));
    return {};
  }

  // The element around us in which Telegram allows no `tag`; empty: none.
  std::string_view hindrance(std::string_view tag) const {
    auto around = nodes_[node_].name;
    if (around == "code" || (around == "pre" && tag != "code")) return around;
    for (auto node = node_; tag == "blockquote" && node != 0; node = nodes_[node].parent)
      if (nodes_[node].name == tag) return tag;
    return {};
  }

  Result<void> close() {
    at_ += 2;
    auto written = name();
    blanks();
    if (at_ == text_.size() || text_[at_] != '>') return fault("a closing tag has no >");
    if (open_.empty()) return fault(fmt::format("</{}> closes nothing", written));
    if (open_.back() != written)
      return fault(fmt::format("expected </{}>, found </{}>", open_.back(), written));
    ++at_;
    open_.pop_back();
    node_ = nodes_[node_].parent;
    return {};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Html html_;
  Html::Nodes nodes_;
  std::uint32_t node_ = 0;
  std::vector<std::string> open_;  // as they were written: </strong> does not close <b>
};

Result<Html> Html::parse(std::string_view html) { return HtmlParser(html).run(); }

}  // namespace rb::telegram
