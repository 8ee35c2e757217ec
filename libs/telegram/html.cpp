#include "telegram/html.hpp"

#include <algorithm>
#include <array>

#include "telegram/entity.hpp"

namespace rb::telegram {
namespace {

std::size_t units(char32_t point) { return point > 0xFFFF ? 2 : 1; }

bool is_blank(char32_t point) {
  return point == U' ' || point == U'\n' || point == U'\t' || point == U'\u00A0';
}

constexpr char32_t kReplacement = U'\uFFFD';

}  // namespace

std::shared_ptr<const Html::Nodes> Html::no_elements() {
  static const auto root = std::make_shared<const Nodes>(1);
  return root;
}

Html Html::of_text(std::string_view text) {
  Html out;
  out.glyphs_.reserve(text.size());
  while (!text.empty()) {
    auto read = decode_utf8(text).value_or(Decoded{kReplacement, 1});
    if (read.point != U'\r') out.glyphs_.push_back({read.point, 0});
    text.remove_prefix(read.size);
  }
  return out;
}

std::string Html::html() const {
  const auto& nodes = *nodes_;
  std::string out;
  std::vector<std::uint32_t> path;  // from the root to where the writer stands
  const auto move_to = [&](std::uint32_t target) {
    std::vector<std::uint32_t> wanted;
    for (auto node = target; node != 0; node = nodes[node].parent) wanted.push_back(node);
    std::ranges::reverse(wanted);
    auto common = std::ranges::mismatch(path, wanted).in1 - path.begin();
    for (auto i = path.size(); i > static_cast<std::size_t>(common); --i)
      ((out += "</") += nodes[path[i - 1]].name) += '>';
    for (auto i = static_cast<std::size_t>(common); i < wanted.size(); ++i) out += nodes[wanted[i]].open;
    path = std::move(wanted);
  };
  std::uint32_t at = 0;
  for (const auto& glyph : glyphs_) {
    if (glyph.node != at) move_to(at = glyph.node);
    append_escaped(out, glyph.point);
  }
  move_to(0);
  return out;
}

std::string Html::plain() const {
  std::string out;
  for (const auto& glyph : glyphs_) append_utf8(out, glyph.point);
  return out;
}

std::size_t Html::length() const {
  std::size_t sum = 0;
  for (const auto& glyph : glyphs_) sum += units(glyph.point);
  return sum;
}

bool Html::blank() const {
  return std::ranges::all_of(glyphs_, [](const Glyph& glyph) { return is_blank(glyph.point); });
}

bool Html::may_cut(std::size_t at) const {
  const auto whole = [&](std::uint32_t node) {
    while (node != 0 && !(*nodes_)[node].whole) node = (*nodes_)[node].parent;
    return node;
  };
  auto before = whole(glyphs_[at - 1].node);
  return before == 0 || before != whole(glyphs_[at].node);
}

// Where the part that starts at `from` ends. The first visible character always belongs to it, so that
// cutting at blanks cannot make a blank part. A paragraph or line is worth a cut only where the part is at
// least half full.
std::size_t Html::cut(std::size_t from, std::size_t limit) const {
  std::size_t size = 0, end = from;
  while (end < glyphs_.size() && size + units(glyphs_[end].point) <= limit)
    size += units(glyphs_[end++].point);
  end = std::max(end, from + 1);  // progress, even where the limit is less than one character
  if (end == glyphs_.size()) return end;
  const auto is_line = [&](std::size_t i) { return i < glyphs_.size() && glyphs_[i].point == U'\n'; };
  auto first = from;
  while (first < end && is_blank(glyphs_[first].point)) ++first;
  std::array<std::size_t, 4> best{};  // paragraph, line, word, anything
  const auto offer = [&](std::size_t rank, std::size_t at) {
    best[rank] = best[rank] == 0 ? at : best[rank];
  };
  for (auto at = end; at > first; --at) {
    if (!may_cut(at)) continue;
    bool line = is_line(at - 1) || is_line(at), half = at - from >= (end - from) / 2;
    bool paragraph = (is_line(at - 1) && is_line(at)) || (at >= 2 && is_line(at - 1) && is_line(at - 2)) ||
                     (is_line(at) && is_line(at + 1));
    if (paragraph && half) offer(0, at);
    if (line && half) offer(1, at);
    if (is_blank(glyphs_[at - 1].point) || is_blank(glyphs_[at].point)) offer(2, at);
    offer(3, at);
  }
  for (auto at : best)
    if (at != 0) return at;
  return end;  // blanks only, or one whole element longer than a part
}

std::vector<Html> Html::split(std::size_t limit) const {
  std::vector<Html> parts;
  for (std::size_t from = 0; from < glyphs_.size();) {
    auto end = cut(from, limit);
    Html part;
    part.glyphs_.assign(glyphs_.begin() + static_cast<std::ptrdiff_t>(from),
                        glyphs_.begin() + static_cast<std::ptrdiff_t>(end));
    part.nodes_ = nodes_;
    if (!part.blank()) parts.push_back(std::move(part));
    from = end;
  }
  return parts;
}

std::string strip_tags(std::string_view html) {
  std::string out;
  while (!html.empty()) {
    // A '<' starts a tag only before a letter or a slash: «5 < 7» stays.
    bool starts =
        html.front() == '<' && html.size() > 1 &&
        (html[1] == '/' || (html[1] >= 'a' && html[1] <= 'z') || (html[1] >= 'A' && html[1] <= 'Z'));
    auto end = starts ? html.find('>') : std::string_view::npos;
    if (starts && end == std::string_view::npos) break;  // no tag ends any more
    if (!starts) out += html.front();
    html.remove_prefix(starts ? end + 1 : 1);
  }
  return decode_entities(out.append(html));
}

}  // namespace rb::telegram
