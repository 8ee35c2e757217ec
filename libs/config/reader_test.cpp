#include "config/reader.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace rb::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

const std::vector<Group>& groups() {
  static const std::vector<Group> all{
      {"Test",
       {
           {.name = "PORT", .aliases = {"OLD_PORT"}, .help = "", .kind = Kind::port, .fallback = "8000"},
           {.name = "TRIES", .help = "", .kind = Kind::integer, .fallback = "3", .least = 1, .most = 9},
           {.name = "RATE", .help = "", .kind = Kind::number, .fallback = "0.5"},
           {.name = "DELAY", .help = "", .kind = Kind::seconds, .fallback = "60"},
           {.name = "ON", .help = "", .kind = Kind::boolean},
           {.name = "URL", .help = "", .kind = Kind::url, .choices = {"http", "https"}},
           {.name = "MODE", .help = "", .kind = Kind::choice, .choices = {"a", "b"}},
           {.name = "LIST", .help = "", .kind = Kind::list, .fallback = "x,y"},
           {.name = "TOKEN", .help = "", .secret = true, .placeholders = {"printed_token"}},
           {.name = "PASSWORD", .help = "", .placeholders = {"weak"}, .weak_in_development = true},
           {.name = "PIN", .help = "", .kind = Kind::integer, .secret = true},
       }}};
  return all;
}

struct Read {
  explicit Read(Variables process, bool production = false, Variables dotenv = {})
      : source(std::move(process), std::move(dotenv)), in(source, groups(), production) {}
  Source source;
  Reader in;
};

TEST(Reader, gives_defaults_for_what_is_unset) {
  Read read({{"TRIES", ""}});
  EXPECT_EQ(read.in.port("PORT"), 8000);
  EXPECT_EQ(read.in.integer("TRIES"), 3);
  EXPECT_EQ(read.in.number("RATE"), 0.5);
  EXPECT_EQ(read.in.seconds("DELAY"), 60s);
  EXPECT_FALSE(read.in.boolean("ON"));
  EXPECT_EQ(read.in.text("URL"), "");
  EXPECT_THAT(read.in.list("LIST"), ElementsAre("x", "y"));
  EXPECT_THAT(read.in.problems(), IsEmpty());
}

TEST(Reader, reads_every_kind) {
  Read read({{"PORT", "1"},
             {"RATE", "2.25"},
             {"ON", "Yes"},
             {"MODE", "B"},
             {"LIST", " p , ,q"},
             {"URL", "http://h"}});
  EXPECT_EQ(read.in.port("PORT"), 1);
  EXPECT_EQ(read.in.number("RATE"), 2.25);
  EXPECT_TRUE(read.in.boolean("ON"));
  EXPECT_EQ(read.in.text("MODE"), "b");
  EXPECT_THAT(read.in.list("LIST"), ElementsAre("p", "q"));
  EXPECT_EQ(read.in.text("URL"), "http://h");
  EXPECT_THAT(Read({{"LIST", "none"}}).in.list("LIST"), IsEmpty());
}

TEST(Reader, says_what_is_wrong_and_what_is_allowed) {
  struct {
    std::string name, value, line;
  } cases[] = {
      {"PORT", "abc", "PORT: must be a port from 1 to 65535, not \"abc\""},
      {"PORT", "70000", "PORT: must be a port from 1 to 65535, not \"70000\""},
      {"OLD_PORT", "0", "OLD_PORT: must be a port from 1 to 65535, not \"0\""},
      {"TRIES", "1.5", "TRIES: must be a whole number from 1 to 9, not \"1.5\""},
      {"TRIES", "10", "TRIES: must be a whole number from 1 to 9, not \"10\""},
      {"RATE", "-1", "RATE: must be a number of at least 0, not \"-1\""},
      {"RATE", "nan", "RATE: must be a number of at least 0, not \"nan\""},
      {"DELAY", "5m", "DELAY: must be a whole number of seconds of at least 0, not \"5m\""},
      {"ON", "maybe", "ON: must be true or false, not \"maybe\""},
      {"URL", "ftp://h",
       "URL: must be a URL that begins with http:// or https:// and names a host, not \"ftp://h\""},
      {"MODE", "c", "MODE: must be a or b, not \"c\""},
      {"PIN", "hunter2", "PIN: must be a whole number of at least 0"},
  };
  for (const auto& c : cases) {
    Read read({{c.name, c.value}});
    read.in.check_all();
    EXPECT_THAT(read.in.problems(), ElementsAre(c.line));
  }
}

TEST(Reader, collects_all_problems_and_says_where_they_stand) {
  Read read({{"TRIES", "x"}}, false, {{"PORT", "y"}});
  read.in.integer("TRIES");
  read.in.port("PORT");
  read.in.port("PORT");
  EXPECT_THAT(read.in.problems(), ElementsAre("TRIES: must be a whole number from 1 to 9, not \"x\"",
                                              "PORT: must be a port from 1 to 65535, not \"y\" (in .env)"));
}

TEST(Reader, takes_placeholders_as_unset_in_development) {
  for (auto value : {"your_bot_token", "printed_token"}) {
    Read read({{"TOKEN", value}});
    EXPECT_FALSE(read.in.is_set("TOKEN"));
    EXPECT_EQ(read.in.text("TOKEN"), "");
  }
  EXPECT_EQ(Read({{"PASSWORD", "weak"}}).in.text("PASSWORD"), "weak");
}

TEST(Reader, refuses_placeholders_in_production) {
  Read read({{"TOKEN", "printed_token"}, {"PASSWORD", "weak"}}, true);
  read.in.text("TOKEN");
  read.in.text("PASSWORD");
  EXPECT_THAT(read.in.problems(),
              ElementsAre("TOKEN: is still a placeholder; production needs a value of your own",
                          "PASSWORD: is still a placeholder; production needs a value of your own"));
}

TEST(Reader, knows_only_names_of_its_tables) {
  Read read({{"OTHER", "1"}});
  EXPECT_THROW(read.in.text("OTHER"), std::logic_error);
}

}  // namespace
}  // namespace rb::config
