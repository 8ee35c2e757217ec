#include "config/source.hpp"

#include <gtest/gtest.h>

#include "config/server_url.hpp"

namespace rb::config {
namespace {

using Pairs = Variables;

TEST(Dotenv, reads_comments_exports_and_both_kinds_of_quotes) {
  auto read = parse_dotenv(
      "\xEF\xBB\xBF# comment\r\n"
      "PLAIN = value # comment\r\n"
      "HASH=pass#word\n"
      "export EXPORTED=yes\n"
      "\n"
      "EMPTY=\n"
      "LITERAL='a # $HOME \\n' # comment\n"
      "ESCAPED=\"one\\ntwo \\\"x\\\"\"\n"
      "PLAIN=last");
  EXPECT_EQ(read.value(), (Pairs{{"PLAIN", "last"},
                                 {"HASH", "pass#word"},
                                 {"EXPORTED", "yes"},
                                 {"EMPTY", ""},
                                 {"LITERAL", "a # $HOME \\n"},
                                 {"ESCAPED", "one\ntwo \"x\""}}));
}

TEST(Dotenv, lets_a_quoted_value_run_over_lines) {
  auto read = parse_dotenv("KEY=\"-----BEGIN\nabc\n-----END\"\nNEXT=1\n");
  EXPECT_EQ(read.value(), (Pairs{{"KEY", "-----BEGIN\nabc\n-----END"}, {"NEXT", "1"}}));
}

TEST(Dotenv, names_the_line_that_is_wrong) {
  EXPECT_EQ(parse_dotenv("A=1\n\nnonsense\nB=2").error().message, "line 3: must be NAME=value");
  EXPECT_EQ(parse_dotenv("A='open").error().message, "line 1: must be NAME=value");
  EXPECT_EQ(parse_dotenv("A=\"1\n2\"\n1B=2").error().message, "line 3: must be NAME=value");
  EXPECT_EQ(parse_dotenv("A='x' y").error().message, "line 1: must be NAME=value");
}

TEST(Source, takes_the_process_before_dotenv_and_the_name_before_its_aliases) {
  Option option{.name = "BOT_TOKEN", .aliases = {"TELEGRAM_BOT_TOKEN"}, .help = ""};
  auto value = [&](Variables process, Variables dotenv) {
    auto found = Source(std::move(process), std::move(dotenv)).find(option);
    return found ? found->name + "=" + found->value + (found->in_dotenv ? " in .env" : "") : "";
  };
  EXPECT_EQ(value({{"BOT_TOKEN", "1"}, {"TELEGRAM_BOT_TOKEN", "2"}}, {}), "BOT_TOKEN=1");
  EXPECT_EQ(value({{"TELEGRAM_BOT_TOKEN", "2"}}, {{"BOT_TOKEN", "3"}}), "TELEGRAM_BOT_TOKEN=2");
  EXPECT_EQ(value({{"BOT_TOKEN", ""}}, {{"BOT_TOKEN", "3"}}), "BOT_TOKEN=3 in .env");
  EXPECT_EQ(value({}, {}), "");
}

TEST(ServerUrl, is_taken_apart_and_decoded) {
  auto url = parse_server_url("amqp://us%40er:p%2Fw@rabbit:5673/%2Fhost").value();
  EXPECT_EQ(url.scheme, "amqp");
  EXPECT_EQ(url.user, "us@er");
  EXPECT_EQ(url.password, "p/w");
  EXPECT_EQ(url.host, "rabbit");
  EXPECT_EQ(url.port, 5673);
  EXPECT_EQ(url.path, "/host");
  EXPECT_EQ(parse_server_url("redis://[::1]").value().host, "::1");
}

TEST(ServerUrl, refuses_what_has_no_host_or_port) {
  for (std::string_view text :
       {"", "rabbit", "rabbit:5672", "amqp://", "amqp://h:0", "amqp://h:99999", "a b://c"})
    EXPECT_FALSE(parse_server_url(text)) << text;
}

}  // namespace
}  // namespace rb::config
