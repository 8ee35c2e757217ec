#pragma once
// What a text must be to be read back by Excel as it is. Pure.
#include <string>
#include <string_view>

namespace rb::analytics {

// Without characters that XML does not know; "_x0041_", which Excel would read as "A", escaped; cut with "…"
// to the 32767 UTF-16 units that a cell holds.
std::string sheet_text(std::string_view text);

}  // namespace rb::analytics
