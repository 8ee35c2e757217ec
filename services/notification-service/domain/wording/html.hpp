#pragma once
// From the HTML that texts are written in to the other forms of a message. Pure, thread-safe.
#include <string>
#include <string_view>

namespace rb::notification {

// For people: tags gone, entities decoded, «label (address)» for a link, "> " before the lines of a
// quotation, line breaks kept.
std::string html_to_text(std::string_view html);

// Line breaks for a browser: "\n" → "<br>\n". `html` is taken as it is.
std::string nl2br(std::string_view html);

}  // namespace rb::notification
