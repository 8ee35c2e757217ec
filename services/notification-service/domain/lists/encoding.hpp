#pragma once
// The bytes of a file that a spreadsheet saved → UTF-8. Known: UTF-8 with or without a byte order mark,
// UTF-16 with one («Текст в Юникоде»), and everything that is not UTF-8 as Windows-1251, which Russian Excel
// writes. Conversion is glibc's iconv; its modules come with Debian's libc6. Pure, thread-safe.
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace rb::notification::lists {

// Errc::invalid: no text in any of these (an Excel workbook, a picture).
Result<std::string> to_utf8(std::string_view bytes);

}  // namespace rb::notification::lists
