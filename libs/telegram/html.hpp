#pragma once
// Telegram's HTML: checking, measuring, splitting. Pure, thread-safe. Lengths are UTF-16 units of the visible
// text, as Telegram counts them. Source: core.telegram.org/bots/api#html-style.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace rb::telegram {

inline constexpr std::size_t kTextLimit = 4096;
inline constexpr std::size_t kCaptionLimit = 1024;
inline constexpr std::string_view kLinkBegins = "<a href=\"";  // every link in the normal form

// A text with its formatting; always valid, so that its html() is never refused for its markup.
class Html {
 public:
  // Errc::invalid names the fault and its byte: an unknown tag or attribute value, a tag that is not closed,
  // a stray
  // `<`, a named entity other than the four, a tag where Telegram allows none (inside pre and code;
  // blockquote in blockquote), broken UTF-8.
  static Result<Html> parse(std::string_view html);

  // `text` as it is, without formatting; bytes that are not UTF-8 become U+FFFD.
  static Html of_text(std::string_view text);

  std::string html() const;   // normal form: one spelling per tag, known attributes only, & < > " as entities
  std::string plain() const;  // the visible text alone
  std::size_t length() const;
  bool blank() const;  // nothing visible: Telegram refuses to send it

  // Parts of at most `limit` units, cut after a paragraph, else a line, else a word; tags are closed at the
  // cut and opened again. The plain texts joined give the original again, except that blank parts are left
  // out.
  std::vector<Html> split(std::size_t limit = kTextLimit) const;

 private:
  struct Glyph {
    char32_t point;
    std::uint32_t node;  // the innermost element around it
  };
  struct Node {
    std::uint32_t parent = 0;
    std::string open;  // "<a href=\"…\">"
    std::string_view name;
    bool whole = false;  // never cut inside: the client shows something else in its place
  };
  using Nodes = std::vector<Node>;
  friend class HtmlParser;

  static std::shared_ptr<const Nodes> no_elements();
  std::size_t cut(std::size_t from, std::size_t limit) const;
  bool may_cut(std::size_t at) const;

  std::vector<Glyph> glyphs_;
  std::shared_ptr<const Nodes> nodes_ = no_elements();  // [0] is the root
};

// What is left of a text whose markup Telegram refuses: tags dropped, entities decoded. Takes anything.
std::string strip_tags(std::string_view html);

}  // namespace rb::telegram
