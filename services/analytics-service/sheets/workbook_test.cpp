#include "sheets/workbook.hpp"

#include <gmock/gmock.h>
#include <libdeflate.h>

#include <cstring>
#include <filesystem>

#include "domain/told.hpp"

namespace rb::analytics {
namespace {

using testing::HasSubstr;

template <class T>
T little_endian(std::string_view bytes, std::size_t at) {
  T out = 0;
  std::memcpy(&out, bytes.data() + at, sizeof(T));
  return out;
}

// The part of a ZIP file (PKWARE APPNOTE 4.3) with this name; "" when there is none.
std::string part(std::string_view zip, std::string_view name) {
  constexpr std::string_view kEntry("PK\x01\x02", 4);
  for (auto at = zip.find(kEntry); at != std::string_view::npos; at = zip.find(kEntry, at + 46)) {
    if (zip.substr(at + 46, little_endian<std::uint16_t>(zip, at + 28)) != name) continue;
    auto packed = little_endian<std::uint32_t>(zip, at + 20),
         size = little_endian<std::uint32_t>(zip, at + 24);
    auto local = little_endian<std::uint32_t>(zip, at + 42);
    auto data = local + 30U + little_endian<std::uint16_t>(zip, local + 26) +
                little_endian<std::uint16_t>(zip, local + 28);
    std::string out(size, '\0');
    std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> tool(
        libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
    EXPECT_EQ(libdeflate_deflate_decompress(tool.get(), zip.data() + data, packed, out.data(), size, nullptr),
              LIBDEFLATE_SUCCESS);
    return out;
  }
  return "";
}

std::string finished(Workbook& book) {
  book.finish();
  std::string out;
  for (auto piece = book.read(1000); !piece.empty(); piece = book.read(1000)) out += piece;
  return out;
}

// The XML of the one cell below the header.
std::string cell(const ExportCell& value) {
  Workbook book("a", {{"h", 10}});
  book.add(std::vector<ExportCell>{value});
  auto sheet = part(finished(book), "xl/worksheets/sheet1.xml");
  auto begin = sheet.find("<c r=\"A2\""), end = sheet.find("</c>", begin);
  return begin == std::string::npos ? "" : sheet.substr(begin, end - begin);
}

TEST(Workbook, keeps_numbers_dates_and_flags_as_what_excel_counts_with) {
  auto moscow = Zone::find("Europe/Moscow").value();
  EXPECT_THAT(cell(Number{"-4.5"}), HasSubstr("><v>-4.5</v>"));
  EXPECT_THAT(cell(Amount{{"1500.50"}}), HasSubstr("><v>1500.5</v>"));
  EXPECT_THAT(cell(Id{"71"}), HasSubstr("><v>71</v>"));
  EXPECT_THAT(cell(true), HasSubstr("t=\"b\"><v>1</v>"));
  EXPECT_THAT(cell(moment_in(at("2026-03-01T21:00:00Z"), moscow)), HasSubstr("><v>46083</v>"))
      << "the 2nd, 00:00";
  EXPECT_THAT(cell(moment_in(at("2026-03-01T09:00:00Z"), Zone::utc())), HasSubstr("><v>46082.375</v>"));
  EXPECT_THAT(cell(Day{"2026-03-02"}), HasSubstr("><v>46083</v>"));
  EXPECT_EQ(cell({}), "");
}

TEST(Workbook, keeps_numbers_with_more_digits_than_excel_has_as_texts) {
  EXPECT_THAT(cell(Id{"123456789012345"}), HasSubstr("<v>123456789012345</v>"));
  EXPECT_THAT(cell(Id{"1234567890123456"}), HasSubstr("<t>1234567890123456</t>"));
  EXPECT_THAT(cell(Amount{{"12345678901234.56"}}), HasSubstr("<t>12345678901234.56</t>"));
  EXPECT_THAT(cell(Id{"x7"}), HasSubstr("<t>x7</t>"));
}

TEST(Workbook, has_no_formulas) {
  for (const auto* text : {"=1+1", "+7 900", "-1+1", "@SUM(A1)", "{=1}", "http://a.example"})
    EXPECT_THAT(cell(std::string(text)), HasSubstr("t=\"inlineStr\"><is><t>" + std::string(text) + "</t>"));
  EXPECT_THAT(cell(std::string("a\x01<&>_x0041_")), HasSubstr("<t>a_x0001_&lt;&amp;&gt;_x005F_x0041_</t>"));
  EXPECT_THAT(cell(std::vector<std::string>{"=7", "8"}), HasSubstr("<t>=7, 8</t>"));
}

TEST(Workbook, has_a_bold_header_that_stays_and_filters) {
  Workbook book("lessons", {{"id", 10}, {"text", 30}});
  book.add(std::vector<ExportCell>{Id{"7"}, "да"});
  auto file = finished(book);
  auto sheet = part(file, "xl/worksheets/sheet1.xml");
  EXPECT_THAT(
      sheet, HasSubstr("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"));
  EXPECT_THAT(sheet, HasSubstr("<autoFilter ref=\"A1:B2\"/>"));
  EXPECT_THAT(sheet, HasSubstr("<c r=\"B1\" s=\"1\" t=\"inlineStr\"><is><t>text</t></is></c>"));
  EXPECT_THAT(part(file, "xl/workbook.xml"), HasSubstr("<sheet name=\"lessons\""));
  EXPECT_THAT(part(file, "xl/styles.xml"), HasSubstr("<b/>"));
}

TEST(Workbook, goes_on_in_a_further_sheet) {
  Workbook book("a", {{"id", 10}}, 3);
  for (const auto* id : {"1", "2", "3", "4", "5"}) book.add(std::vector<ExportCell>{Id{id}});
  auto file = finished(book);
  EXPECT_THAT(part(file, "xl/workbook.xml"), HasSubstr("<sheet name=\"a 3\""));
  EXPECT_THAT(part(file, "xl/worksheets/sheet1.xml"),
              HasSubstr("<c r=\"A3\"><v>2</v></c></row></sheetData>"));
  auto last = part(file, "xl/worksheets/sheet3.xml");
  EXPECT_THAT(last, HasSubstr("<c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t>id</t>"));
  EXPECT_THAT(last, HasSubstr("<c r=\"A2\"><v>5</v></c></row></sheetData>"));
}

std::ptrdiff_t open_files() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                       std::filesystem::directory_iterator());
}

TEST(Workbook, leaves_no_file_open_whether_finished_or_given_up) {
  auto before = open_files();
  for (bool is_finished : {true, false}) {
    Workbook book("a", {{"id", 10}}, 3);
    for (const auto* id : {"1", "2", "3", "4"}) book.add(std::vector<ExportCell>{Id{id}});
    if (is_finished) finished(book);
  }
  EXPECT_EQ(open_files(), before);
}

}  // namespace
}  // namespace rb::analytics
