#pragma once
// From the HTML that texts are written in to plain text. Pure, thread-safe.
#include <string>
#include <string_view>

namespace rb::notification {

// For people: tags gone, entities decoded, «label (address)» for a link, "> " before the lines of a
// quotation, line breaks kept.
std::string html_to_text(std::string_view html);

}  // namespace rb::notification
