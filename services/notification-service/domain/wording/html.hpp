#pragma once
// The HTML that texts are written in: to plain text, and inside another text. Pure, thread-safe.
#include <string>
#include <string_view>

namespace rb::notification {

// For people: tags gone, entities decoded, «label (address)» for a link, "> " before the lines of a
// quotation, line breaks kept.
std::string html_to_text(std::string_view html);

// A text as a part of another one, whoever has written it: b, i, u, s, code, pre, blockquote and links to the
// web stay what they are, every other tag goes, the rest is text. What is left open is closed.
std::string safe_markup(std::string_view html);

}  // namespace rb::notification
