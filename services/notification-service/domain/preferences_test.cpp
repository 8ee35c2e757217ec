#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "domain/defaults.hpp"
#include "domain/preferences_json.hpp"

namespace rb::notification {
namespace {

namespace bj = boost::json;

Preferences read(std::string_view text) { return changed({}, bj::parse(text).as_object()).value(); }

TEST(Preferences, the_most_exact_entry_wins) {
  auto p = read(R"({"channels":{"*":{"email":false,"telegram":true},"lesson":{"email":true},
                                "lesson.completed":{"email":false}},
                    "children":{"2":{"channels":{"*":{"telegram":false},"lesson.missed":{"telegram":true}}}}})");
  struct Case {
    const char *type, *child;
    Channel channel;
    std::optional<bool> cell;
  };
  const Case cases[] = {
      {"homework.graded", "", Channel::email, false},    {"lesson.created", "", Channel::email, true},
      {"lesson.completed", "", Channel::email, false},   {"lesson.created", "", Channel::telegram, true},
      {"lesson.created", "", Channel::inbox, {}},        {"lesson.created", "3", Channel::telegram, true},
      {"lesson.created", "2", Channel::telegram, false}, {"lesson.missed", "2", Channel::telegram, true},
      {"lesson.created", "2", Channel::email, true},
  };
  for (const auto& c : cases)
    EXPECT_EQ(p.cell(c.type, c.channel, c.child), c.cell) << c.type << " of " << c.child;
}

TEST(Preferences, timing_is_per_type_family_or_for_all) {
  auto p = read(R"({"digest_mode":"weekly","min_interval_minutes":30,
                    "types":{"homework":{"digest_mode":"daily"},"homework.graded":{"digest_mode":"off"},
                             "lesson":{"min_interval_minutes":0}}})");
  EXPECT_EQ(p.digest("material.shared"), DigestMode::weekly);
  EXPECT_EQ(p.digest("homework.assigned"), DigestMode::daily);
  EXPECT_EQ(p.digest("homework.graded"), DigestMode::off);
  EXPECT_EQ(p.min_interval("homework.graded"), 30);
  EXPECT_EQ(p.min_interval("lesson.created"), 0);
}

TEST(Preferences, come_back_from_their_json_as_they_were) {
  auto text =
      R"({"channels":{"lesson":{"email":true}},"reminder_minutes_before_lesson":[1440,60],"children":{"2":{"channels":{"*":{"telegram":false}},"reminder_minutes_before_lesson":[30]}},"channel_order":["email","telegram"],"quiet_hours_start":"22:00","quiet_hours_end":"08:05","digest_mode":"daily","min_interval_minutes":15,"types":{"homework":{"digest_mode":"off"}},"digest_time":"07:30","digest_weekday":"monday","timezone":"Asia/Omsk","language":"en"})";
  auto p = read(text);
  EXPECT_EQ(bj::serialize(to_json(p)), text);
  EXPECT_EQ(read(bj::serialize(to_json(p))), p);
  EXPECT_TRUE(to_json(Preferences{}).empty());
}

TEST(Preferences, of_a_newer_program_lose_only_what_this_one_does_not_know) {
  auto p = kept_preferences(bj::parse(R"({
      "channels":{"lesson":{"telegram":false},"hologram.shown":{"email":true},"homework":{"pigeon":true,"email":false}},
      "children":{"2":{"channels":{"hologram.shown":{"email":true},"payment":{"email":false}},
                       "reminder_minutes_before_lesson":[30]}},
      "quiet_hours_start":"22:00","quiet_hours_end":"08:00","digest_mode":"hourly","min_interval_minutes":15,
      "timezone":"Europe/Atlantis","language":"en"})")
                                .as_object());
  EXPECT_EQ(p, read(R"({
      "channels":{"lesson":{"telegram":false},"homework":{"email":false}},
      "children":{"2":{"channels":{"payment":{"email":false}},"reminder_minutes_before_lesson":[30]}},
      "quiet_hours_start":"22:00","quiet_hours_end":"08:00","min_interval_minutes":15,"language":"en"})"));
}

TEST(Preferences, a_change_keeps_what_it_does_not_mention_and_null_takes_back) {
  auto p = read(R"({"quiet_hours_start":"22:00","quiet_hours_end":"08:00","digest_mode":"daily",
                    "children":{"2":{"reminder_minutes_before_lesson":[5]}},"types":{"custom":{"digest_mode":"off"}}})");
  auto later = changed(p, bj::parse(R"({"quiet_hours_end":"07:00"})").as_object()).value();
  EXPECT_EQ(later.quiet_hours, (QuietHours{22 * 60, 7 * 60}));
  EXPECT_EQ(later.timing, p.timing);
  auto none = changed(p, bj::parse(R"({"quiet_hours_start":null,"quiet_hours_end":null,"digest_mode":null,
                                         "children":{"2":null},"types":{"custom":null}})")
                             .as_object())
                  .value();
  EXPECT_EQ(none, Preferences{});
  EXPECT_FALSE(none.delays());
}

TEST(Preferences, what_is_switched_off_stays_off_for_every_child_and_type_of_it) {
  auto p = read(R"({"channels":{"lesson.created":{"email":true,"telegram":true}},
                    "children":{"2":{"channels":{"*":{"email":true},"lesson":{"telegram":true}}}}})");
  auto family = p;
  family.switch_off("lesson", Channel::telegram);
  EXPECT_EQ(family.cell("lesson.created", Channel::telegram, "2"), false);
  EXPECT_EQ(family.cell("lesson.created", Channel::email, "2"), true);
  p.switch_off("*", Channel::email);
  EXPECT_EQ(p.cell("lesson.created", Channel::email), false);
  EXPECT_EQ(p.cell("homework.graded", Channel::email, "2"), false);
  EXPECT_EQ(p.cell("lesson.created", Channel::telegram, "2"), true);
  auto one = read(R"({"children":{"2":{"channels":{"*":{"email":true}}}}})");
  one.switch_off("lesson.missed", Channel::email);
  EXPECT_EQ(one.cell("lesson.missed", Channel::email, "2"), false);
  EXPECT_EQ(one.cell("lesson.created", Channel::email, "2"), true);
}

TEST(Preferences, upstreams_switches_are_the_same_data) {
  auto p =
      read(R"({"telegram_enabled":false,"homework_notifications":false,"reminder_time_before_lesson":30})");
  EXPECT_EQ(p.cell("lesson.created", Channel::telegram), false);
  EXPECT_EQ(p.cell("homework.graded", Channel::email), false);
  EXPECT_EQ(p.reminder_minutes, (std::vector<int>{30}));
  auto flat = to_flat_json(p);
  EXPECT_FALSE(flat.at("telegram_enabled").as_bool());
  EXPECT_TRUE(flat.at("email_enabled").as_bool());
  EXPECT_FALSE(flat.at("homework_notifications").as_bool());
  EXPECT_EQ(flat.at("reminder_time_before_lesson"), 30);
  EXPECT_EQ(changed(p, to_flat_json(p)).value(), p);
}

TEST(Preferences, a_mistake_names_its_field) {
  struct Case {
    const char *body, *field;
  };
  const Case cases[] = {
      {R"({"quiet_hours_start":"25:00","quiet_hours_end":"08:00"})", "quiet_hours_start"},
      {R"({"quiet_hours_start":"22.00","quiet_hours_end":"08:00"})", "quiet_hours_start"},
      {R"({"quiet_hours_start":"22:00"})", "quiet_hours_end"},
      {R"({"quiet_hours_end":"8:00"})", "quiet_hours_start"},
      {R"({"digest_mode":"hourly"})", "digest_mode"},
      {R"({"digest_time":"18:60"})", "digest_time"},
      {R"({"digest_weekday":"so"})", "digest_weekday"},
      {R"({"min_interval_minutes":-1})", "min_interval_minutes"},
      {R"({"min_interval_minutes":1441})", "min_interval_minutes"},
      {R"({"types":{"homwork":{"digest_mode":"off"}}})", "types.homwork"},
      {R"({"types":{"homework":{"digest_mode":"no"}}})", "types.homework.digest_mode"},
      {R"({"channels":{"lesson":{"sms":true}}})", "channels.lesson"},
      {R"({"children":{"2":{"channels":{"lesson":{"telegram":1}}}}})", "children.2.channels.lesson"},
      {R"({"children":{"2":{"reminder_minutes_before_lesson":[-5]}}})",
       "children.2.reminder_minutes_before_lesson"},
      {R"({"channel_order":["email","email"]})", "channel_order"},
      {R"({"timezone":"Moscow"})", "timezone"},
      {R"({"language":"de"})", "language"},
      {R"({"telegram_enabled":1})", "telegram_enabled"},
  };
  for (const auto& c : cases) {
    auto result = changed({}, bj::parse(c.body).as_object());
    ASSERT_FALSE(result) << c.body;
    ASSERT_EQ(result.error().fields.size(), 1U) << c.body;
    EXPECT_EQ(result.error().fields.front().field, c.field) << c.body;
  }
}

TEST(Defaults, remind_students_and_parents_an_hour_before_and_tutors_on_their_wish) {
  auto own = read(
      R"({"reminder_minutes_before_lesson":[10],"children":{"2":{"reminder_minutes_before_lesson":[]}}})");
  EXPECT_EQ(reminder_minutes({}, Audience::student, ""), (std::vector<int>{60}));
  EXPECT_EQ(reminder_minutes({}, Audience::tutor, ""), (std::vector<int>{}));
  EXPECT_EQ(reminder_minutes(own, Audience::tutor, ""), (std::vector<int>{10}));
  EXPECT_EQ(reminder_minutes(own, Audience::parent, "2"), (std::vector<int>{}));
  EXPECT_EQ(reminder_minutes(own, Audience::parent, "3"), (std::vector<int>{10}));
}

TEST(Defaults, the_usual_channels_follow_those_of_the_persons_own_order) {
  EXPECT_EQ(channel_order({}), (std::vector{Channel::telegram, Channel::email}));
  EXPECT_EQ(channel_order(read(R"({"channel_order":["inbox","email"]})")),
            (std::vector{Channel::inbox, Channel::email, Channel::telegram}));
}

}  // namespace
}  // namespace rb::notification
