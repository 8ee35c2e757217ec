#include "domain/attachments.hpp"

#include <gtest/gtest.h>

#include "base/strings.hpp"

namespace rb::notification {
namespace {

const std::string kPdf = "%PDF-1.7 …";

GivenFile given(std::string name, std::string type, const std::string& bytes) {
  return {std::move(name), std::move(type), base64(bytes)};
}

std::string fault(const GivenFile& file) {
  auto read = read_files(std::vector{file});
  return read ? "" : read.error().message;
}

TEST(Attachments, are_taken_when_name_type_and_content_fit) {
  for (const auto& file : {given("Отчёт за май.pdf", "application/pdf", kPdf),
                           given("plan.PNG", "image/png; name=x", "\x89PNG\r\n\x1a\n…"),
                           given("a.jpeg", "image/jpeg", "\xFF\xD8\xFF…"), given("x.csv", "TEXT/CSV", "а;б"),
                           given("l.ics", "text/calendar", "BEGIN:VCALENDAR\r\n")})
    EXPECT_EQ(fault(file), "") << file.filename;
  auto read = read_files(std::vector{given("a.pdf", "application/pdf", kPdf)});
  EXPECT_EQ(read->front().bytes, kPdf);
}

TEST(Attachments, are_refused_with_the_field_that_is_wrong) {
  const std::vector<std::pair<GivenFile, std::string>> cases = {
      {given("a.html", "text/html", "<b>"), "attachments[0].content_type must be one of: "},
      {given("a.exe", "application/pdf", kPdf), "attachments[0].filename must end in .pdf"},
      {given("a.gif", "image/jpeg", "\xFF\xD8\xFF"), "attachments[0].filename must end in .jpg or .jpeg"},
      {given("../a.pdf", "application/pdf", kPdf), "attachments[0].filename must be a name without a path"},
      {given("a\r\nX: y.pdf", "application/pdf", kPdf),
       "attachments[0].filename must be a name without a path"},
      {given("a.pdf", "application/pdf", "<html>"),
       "attachments[0].content is not of the type application/pdf"},
      {given("a.txt", "text/plain", "\xFF\xFE"), "attachments[0].content is not of the type text/plain"},
      {given("a.pdf", "application/pdf", ""), "attachments[0].content must not be empty"},
      {{"a.pdf", "application/pdf", "%%%"}, "attachments[0].content must be base64"}};
  for (const auto& [file, expected] : cases) EXPECT_TRUE(fault(file).starts_with(expected)) << fault(file);
}

TEST(Attachments, are_seven_megabytes_at_most_in_all) {
  auto half = given("a.txt", "text/plain", std::string(kMostFileBytes / 2, 'x'));
  auto one = given("b.txt", "text/plain", "x");
  EXPECT_TRUE(read_files(std::vector{half, half}));
  auto more = read_files(std::vector{half, half, one});
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().fields.at(0).field, "attachments[2].content");
}

TEST(Base64, is_read_with_line_breaks_and_padding_and_nothing_else) {
  for (std::string bytes : {"", "a", "ab", "abc", "\xFB\xEF\xBE\xFF"})
    EXPECT_EQ(from_base64(base64(bytes)), bytes);
  EXPECT_EQ(from_base64("YWJj\r\nYWJj"), "abcabc");
  for (auto text : {"YWJ", "YW-_", "YQ=a", "Y===", "====", "Я000"}) EXPECT_FALSE(from_base64(text)) << text;
}

}  // namespace
}  // namespace rb::notification
