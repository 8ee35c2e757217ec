#include "domain/lists/encoding.hpp"

#include <iconv.h>

#include <memory>

#include "base/strings.hpp"

namespace rb::notification::lists {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF", kLittleMark = "\xFF\xFE", kBigMark = "\xFE\xFF";
constexpr std::string_view kZip = "PK\x03\x04";  // .xlsx, .ods
constexpr std::string_view kOldExcel = "\xD0\xCF\x11\xE0";

std::unexpected<Error> not_text() {
  return fail(Errc::invalid,
              "это не текст в UTF-8, UTF-16 или Windows-1251; сохраните таблицу как «CSV UTF-8» · this is no "
              "text in UTF-8, UTF-16 or Windows-1251; save the table as “CSV UTF-8”");
}

Result<std::string> converted(std::string_view bytes, const char* from) {
  auto* opened = iconv_open("UTF-8", from);
  if (reinterpret_cast<std::intptr_t>(opened) == -1)
    throw Broken(std::string("glibc cannot convert ") + from + ": its gconv modules are missing");
  std::unique_ptr<void, int (*)(iconv_t)> conversion(opened, &iconv_close);
  // No character of these encodings takes more than three bytes of UTF-8 for each of its own.
  std::string out(bytes.size() * 3, '\0');
  auto* in = const_cast<char*>(bytes.data());  // iconv only reads
  auto* to = out.data();
  std::size_t in_left = bytes.size(), to_left = out.size();
  if (iconv(conversion.get(), &in, &in_left, &to, &to_left) == static_cast<std::size_t>(-1))
    return not_text();
  out.resize(out.size() - to_left);
  return out;
}

}  // namespace

Result<std::string> to_utf8(std::string_view bytes) {
  if (bytes.starts_with(kZip) || bytes.starts_with(kOldExcel))
    return fail(
        Errc::invalid,
        "это книга Excel, а не CSV: откройте её и сохраните как «CSV UTF-8» · this is an Excel workbook, "
        "not CSV: open it and save it as “CSV UTF-8”");
  if (bytes.starts_with(kLittleMark)) return converted(bytes.substr(2), "UTF-16LE");
  if (bytes.starts_with(kBigMark)) return converted(bytes.substr(2), "UTF-16BE");
  if (bytes.starts_with(kUtf8Mark)) bytes.remove_prefix(kUtf8Mark.size());
  if (bytes.find('\0') != std::string_view::npos) return not_text();
  if (valid_utf8(bytes)) return std::string(bytes);
  return converted(bytes, "CP1251");
}

}  // namespace rb::notification::lists
