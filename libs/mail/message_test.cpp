#include "mail/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/strings.hpp"
#include "json/json.hpp"
#include "mail/testing.hpp"
#include "testkit/process.hpp"

namespace rb::mail {
namespace {

Mail rich() {
  auto mail = plain_mail();
  mail.from.name = "Школа «Репит»";
  mail.to = {"Аня", "anna@почта.рф"};
  mail.reply_to = {"Мария, репетитор", "maria@example.org"};
  mail.subject = "Занятие «Алгебра» 15 сентября в 18:00 отменено, просим прощения за неудобства 😔";
  mail.text = "Здравствуйте!\nЗанятие отменено.\r\n.\n";
  mail.html = "<p>Занятие отменено.</p>" + std::string(1200, 'x') + "\n<img src=\"cid:pic1\">\n";
  mail.unsubscribe_url = "https://school.example/unsubscribe?token=" + std::string(300, 'x');
  mail.references = {"a@example.org", "b@example.org"};
  mail.attachments = {{"Отчёт за сентябрь и октябрь; «итоги».pdf", "application/pdf", "%PDF\n\xff", ""},
                      {"pic.png", "image/png", "png", "pic1"},
                      {"x.ics", "text/calendar; method=REQUEST; charset=utf-8", "BEGIN:VCALENDAR\r\n", ""}};
  return mail;
}

json::value read_by_python(const std::string& bytes) {
  auto path = std::filesystem::temp_directory_path() / ("mail_test." + std::to_string(getpid()));
  std::ofstream(path, std::ios::binary) << bytes;
  auto out = testkit::run({"/usr/bin/python3", "libs/mail/testdata/read_mail.py", path.string()});
  std::filesystem::remove(path);
  return json::parse(out).value();
}

std::string text(const json::value& from) { return std::string(from.as_string()); }

TEST(MailBytes, of_a_plain_message_are_exactly_these) {
  EXPECT_EQ(to_bytes(plain_mail()).value(),
            "Date: Mon, 21 Sep 2026 14:13:20 +0000\r\n"
            "From: Repit <school@example.org>\r\n"
            "Subject: Lesson\r\n"
            "To: anna@example.org\r\n"
            "Message-Id: <0190-1@example.org>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "X-Auto-Response-Suppress: All\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "\r\n"
            "Hello\r\n.\r\nbye\r\n");
}

TEST(MailBytes, are_the_same_for_the_same_mail) {
  EXPECT_EQ(to_bytes(rich()).value(), to_bytes(rich()).value());
}

TEST(MailBytes, are_seven_bit_crlf_lines_of_at_most_998) {
  auto lines = split(to_bytes(rich()).value(), '\n');
  EXPECT_EQ(lines.back(), "");
  lines.pop_back();
  for (const auto& line : lines) {
    EXPECT_TRUE(line.ends_with('\r') && !line.substr(0, line.size() - 1).contains('\r')) << line;
    EXPECT_LE(line.size(), 999U);
    EXPECT_TRUE(std::ranges::all_of(line, [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        << line;
  }
}

TEST(MailBytes, mean_the_same_to_an_independent_reader) {
  auto mail = rich();
  auto read = read_by_python(to_bytes(mail).value());
  EXPECT_EQ(read.at("defects"), json::array{});
  const auto& headers = read.at("headers");
  EXPECT_EQ(text(headers.at("Subject")), mail.subject);
  EXPECT_EQ(text(headers.at("From")), "Школа «Репит» <school@example.org>");
  EXPECT_EQ(text(headers.at("To")), "Аня <anna@xn--80a1acny.xn--p1ai>");
  EXPECT_EQ(text(headers.at("Reply-To")), "\"Мария, репетитор\" <maria@example.org>");
  EXPECT_EQ(text(headers.at("Message-Id")), "<0190-1@example.org>");
  EXPECT_EQ(text(headers.at("References")), "<a@example.org> <b@example.org>");
  EXPECT_EQ(text(headers.at("In-Reply-To")), "<b@example.org>");
  EXPECT_EQ(text(headers.at("List-Unsubscribe")), "<" + mail.unsubscribe_url + ">");
  EXPECT_EQ(text(headers.at("List-Unsubscribe-Post")), "List-Unsubscribe=One-Click");
  EXPECT_EQ(text(headers.at("Auto-Submitted")), "auto-generated");
}

TEST(MailBytes, hold_every_part_where_readers_look_for_it) {
  auto mail = rich();
  auto body = read_by_python(to_bytes(mail).value()).at("body");
  EXPECT_EQ(text(body.at("type")), "multipart/mixed");
  const auto& versions = body.at("parts").at(0);
  EXPECT_EQ(text(versions.at("type")), "multipart/alternative");
  EXPECT_EQ(text(versions.at("parts").at(0).at("type")), "text/plain");
  EXPECT_EQ(text(versions.at("parts").at(0).at("content")), "Здравствуйте!\nЗанятие отменено.\n.\n");
  const auto& shown = versions.at("parts").at(1);
  EXPECT_EQ(text(shown.at("type")), "multipart/related");
  EXPECT_EQ(text(shown.at("parts").at(0).at("content")), mail.html);
  EXPECT_EQ(text(shown.at("parts").at(1).at("cid")), "<pic1>");
  EXPECT_EQ(text(shown.at("parts").at(1).at("disposition")), "inline");
  const auto& pdf = body.at("parts").at(1);
  EXPECT_EQ(text(pdf.at("filename")), mail.attachments[0].name);
  EXPECT_EQ(text(pdf.at("disposition")), "attachment");
  EXPECT_EQ(text(pdf.at("content")), base64(mail.attachments[0].bytes));
  EXPECT_EQ(text(body.at("parts").at(2).at("type")), "text/calendar");
  EXPECT_EQ(text(body.at("parts").at(2).at("method")), "REQUEST");
}

TEST(MailBytes, without_html_keep_a_picture_as_a_file) {
  auto mail = rich();
  mail.html.clear();
  auto body = read_by_python(to_bytes(mail).value()).at("body");
  EXPECT_EQ(text(body.at("parts").at(0).at("type")), "text/plain");
  EXPECT_EQ(text(body.at("parts").at(2).at("filename")), "pic.png");
}

TEST(MailCheck, refuses_header_injection_in_every_field) {
  constexpr const char* kInjected = "a@b.ru\r\nBcc: all@example.org";
  auto mail = rich();
  mail.from = {kInjected, kInjected};
  mail.to = {kInjected, kInjected};
  mail.reply_to = {kInjected, kInjected};
  mail.subject = mail.message_id = mail.unsubscribe_url = kInjected;
  mail.references = {kInjected};
  mail.attachments = {{kInjected, kInjected, "", kInjected}};
  auto refused = to_bytes(mail);
  ASSERT_FALSE(refused);
  std::vector<std::string> fields;
  for (const auto& fault : refused.error().fields) fields.push_back(fault.field);
  EXPECT_THAT(fields, testing::ElementsAre("from.name", "from.email", "to.name", "to.email", "reply_to.name",
                                           "reply_to.email", "subject", "message_id", "unsubscribe_url",
                                           "references[0]", "attachments[0].name", "attachments[0].type",
                                           "attachments[0].cid"));
}

TEST(MailBytes, carry_an_invitation_beside_the_texts_and_as_a_file) {
  auto mail = plain_mail();
  mail.html = "<p>x</p>";
  mail.calendar = {"REQUEST", "BEGIN:VCALENDAR\r\nSUMMARY:Физика\r\nEND:VCALENDAR\r\n"};
  auto bytes = to_bytes(mail).value();
  EXPECT_THAT(bytes, testing::HasSubstr("Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n"));
  auto body = read_by_python(bytes).at("body");
  const auto& texts = body.at("parts").at(0);
  ASSERT_EQ(text(texts.at("type")), "multipart/alternative");
  ASSERT_EQ(texts.at("parts").as_array().size(), 3U);
  const auto& shown = texts.at("parts").at(2);
  EXPECT_EQ(text(shown.at("method")), "REQUEST");
  EXPECT_EQ(text(shown.at("content")), "BEGIN:VCALENDAR\nSUMMARY:Физика\nEND:VCALENDAR\n");
  EXPECT_EQ(text(body.at("parts").at(1).at("filename")), "invite.ics");
}

TEST(MailCheck, refuses_a_mail_with_nothing_to_read_and_broken_utf8) {
  auto mail = plain_mail();
  mail.text.clear();
  EXPECT_EQ(to_bytes(mail).error().fields.at(0).field, "text");
  mail.text = "\xD0";
  EXPECT_EQ(to_bytes(mail).error().fields.at(0).reason, "must be UTF-8");
}

struct AddressCase {
  std::string given, normal;  // "" : refused
};
class MailAddress : public testing::TestWithParam<AddressCase> {};

TEST_P(MailAddress, is_normalised_or_refused) {
  EXPECT_EQ(normalise_address(GetParam().given).value_or(""), GetParam().normal) << GetParam().given;
}

const std::string kLongLocal(65, 'a');
const std::string kLongDomain = "a@" + std::string(60, 'b') + "." + std::string(60, 'b') + "." +
                                std::string(60, 'b') + "." + std::string(60, 'b') + "." +
                                std::string(10, 'c') + ".ru";

INSTANTIATE_TEST_SUITE_P(
    Forms, MailAddress,
    testing::Values(AddressCase{"Anna.K+school@Example.ORG", "Anna.K+school@example.org"},
                    AddressCase{"o'neil@sub.example.co.uk", "o'neil@sub.example.co.uk"},
                    AddressCase{"ivan@почта.рф", "ivan@xn--80a1acny.xn--p1ai"},
                    AddressCase{"ivan@xn--80a1acny.xn--p1ai", "ivan@xn--80a1acny.xn--p1ai"},
                    AddressCase{"иван@почта.рф", ""}, AddressCase{"", ""}, AddressCase{"anna", ""},
                    AddressCase{"a@b@c.ru", ""}, AddressCase{"@c.ru", ""}, AddressCase{"a@", ""},
                    AddressCase{"a@localhost", ""}, AddressCase{"a..b@c.ru", ""}, AddressCase{".a@c.ru", ""},
                    AddressCase{"a b@c.ru", ""}, AddressCase{"a@c .ru", ""}, AddressCase{"\"a b\"@c.ru", ""},
                    AddressCase{"a@[127.0.0.1]", ""}, AddressCase{"a@127.0.0.1", ""},
                    AddressCase{"a@-c.ru", ""}, AddressCase{"a@c.ru.", ""}, AddressCase{"a@c..ru", ""},
                    AddressCase{"a@c.ru\r\nDATA", ""}, AddressCase{"<a@c.ru>", ""},
                    AddressCase{"a@c_d.ru", ""}, AddressCase{kLongLocal + "@c.ru", ""},
                    AddressCase{kLongDomain, ""}));

}  // namespace
}  // namespace rb::mail
