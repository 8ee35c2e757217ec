#pragma once
// Python's ways to split a text. The pieces point into it. A negative limit means no limit. MemoryError when
// the pieces alone would take more than the render may.
#include <cstdint>
#include <string_view>
#include <vector>

namespace rb::jinja {

using Pieces = std::vector<std::string_view>;

Pieces split_text(std::string_view text, std::string_view separator, std::int64_t limit = -1);
Pieces split_right(std::string_view text, std::string_view separator, std::int64_t limit = -1);
Pieces split_blanks(std::string_view text, std::int64_t limit = -1);  // runs of white space, none at the ends
Pieces split_blanks_right(std::string_view text, std::int64_t limit = -1);
Pieces split_lines(std::string_view text, bool keep_ends = false);

}  // namespace rb::jinja
