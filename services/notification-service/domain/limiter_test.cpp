#include "domain/limiter.hpp"

#include <gtest/gtest.h>

#include "domain/fairness.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;
const Time kNow{1000s};

class Sending : public testing::Test {
 protected:
  // When the call may come (again); one that passes has its answer at once.
  Time send(const std::string& to, Time now = kNow) {
    auto call = std::to_string(++calls_);
    auto may = limiter_.take(to, call, now);
    if (may == now) limiter_.done(to, call, now);
    return may;
  }
  bool passes(const std::string& to, Time now = kNow) { return send(to, now) == now; }

  Limiter limiter_{telegram_paces({})};
  int calls_ = 0;
};

TEST_F(Sending, to_thirty_chats_in_a_second_and_no_more) {
  int sent = 0;
  for (int i = 0; i < 100; ++i) sent += passes(std::to_string(i));
  EXPECT_EQ(sent, 30);
  EXPECT_EQ(limiter_.available(kNow + 999ms, 100), 0);
  EXPECT_EQ(limiter_.free_at(kNow + 999ms), kNow + 1s);
  EXPECT_EQ(limiter_.available(kNow + 1s, 100), 30);
}

TEST_F(Sending, to_one_chat_is_a_burst_of_three_and_then_one_a_second) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(passes("7"));
  EXPECT_EQ(send("7"), kNow + 1s);
  EXPECT_TRUE(passes("7", kNow + 1s));
  EXPECT_FALSE(passes("7", kNow + 1s));
  EXPECT_TRUE(passes("8"));
}

TEST_F(Sending, to_a_group_is_twenty_a_minute_in_any_minute) {
  int sent = 0;
  for (auto at = kNow; at < kNow + 60s; at += 500ms) sent += passes("-100", at);
  EXPECT_EQ(sent, 20);
  EXPECT_TRUE(passes("-100", kNow + 60s));
}

TEST_F(Sending, comes_again_one_after_the_other_and_soon_enough) {
  for (int i = 0; i < 3; ++i) passes("7");
  EXPECT_EQ(send("7"), kNow + 1s);
  EXPECT_EQ(send("7"), kNow + 2s);
  for (int i = 0; i < 50; ++i) send("7");
  EXPECT_EQ(send("7"), kNow + 10s);
}

TEST_F(Sending, counts_a_call_that_is_under_way) {
  for (int i = 0; i < 30; ++i) limiter_.take(std::to_string(i), std::to_string(i), kNow);
  EXPECT_EQ(limiter_.available(kNow + 5s, 100), 0);
  limiter_.done("1", "1", kNow + 5s);
  limiter_.done("2", "2", kNow + 5s, false);
  EXPECT_EQ(limiter_.available(kNow + 5s, 100), 1);
  EXPECT_EQ(limiter_.available(kNow + 6s, 100), 2);
}

TEST_F(Sending, to_one_chat_pauses_without_the_others) {
  EXPECT_FALSE(limiter_.pause("7", kNow, 5s));
  EXPECT_EQ(send("7"), kNow + 5s);
  EXPECT_TRUE(passes("8"));
}

TEST_F(Sending, pauses_for_all_when_two_chats_are_paused) {
  limiter_.pause("7", kNow, 5s);
  EXPECT_TRUE(limiter_.pause("8", kNow + 1s, 5s));
  EXPECT_EQ(send("9", kNow + 1s), kNow + 6s);
  EXPECT_EQ(limiter_.available(kNow + 1s, 10), 0);
}

TEST_F(Sending, without_limits_is_free) {
  limiter_ = Limiter(telegram_paces({.per_second = 0, .chat_burst = 0}));
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(passes("7"));
}

TEST_F(Sending, of_one_of_two_processes_is_half) {
  limiter_.divide(2);
  int sent = 0;
  for (int i = 0; i < 100; ++i) sent += passes(std::to_string(i));
  EXPECT_EQ(sent, 15);
  EXPECT_TRUE(passes("7", kNow + 2s));
  EXPECT_EQ(send("7", kNow + 2s), kNow + 4s);
}

TEST_F(Sending, takes_what_others_used_for_everything) {
  passes("7", kNow - 10s);
  limiter_.use_up(kNow);
  EXPECT_EQ(limiter_.free_at(kNow), kNow + 1s);
  EXPECT_FALSE(passes("-100", kNow + 59s));
  EXPECT_TRUE(passes("-100", kNow + 60s));
  EXPECT_TRUE(passes("7", kNow + 60s));
}

TEST_F(Sending, of_mail_keeps_the_pace_of_its_provider_only) {
  limiter_ = Limiter(mail_paces());
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(passes("a" + std::to_string(i) + "@gmail.com"));
  EXPECT_EQ(send("b@googlemail.com"), kNow + 200ms);
  EXPECT_TRUE(passes("b@yandex.ru"));
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(passes("pupil@school.example"));
}

TEST_F(Sending, of_mail_takes_what_others_used_of_a_provider_for_everything_too) {
  limiter_ = Limiter(mail_paces());
  passes("a@gmail.com", kNow - 10s);
  limiter_.use_up(kNow);
  EXPECT_EQ(send("b@gmail.com"), kNow + 200ms);
}

TEST_F(Sending, to_a_crowded_domain_pauses_longer_each_time_in_a_row) {
  limiter_ = Limiter(mail_paces());
  EXPECT_EQ(limiter_.crowded("a@school.example", kNow, 1), 30s);
  EXPECT_EQ(limiter_.crowded("b@school.example", kNow + 1s, 1), 29s);  // they were under way together
  EXPECT_FALSE(passes("c@school.example", kNow + 29s));
  EXPECT_TRUE(passes("c@gmail.com", kNow));
  EXPECT_TRUE(passes("c@school.example", kNow + 30s));
  EXPECT_EQ(limiter_.crowded("a@school.example", kNow + 30s, 1), 60s);
  limiter_.welcome("a@school.example");
  EXPECT_EQ(limiter_.crowded("a@school.example", kNow + 90s, 1), 30s);
}

TEST(MailProvider, is_known_by_its_domains) {
  struct Case {
    const char* address;
    const char* provider;
    int at_once;
  };
  for (const auto& c :
       {Case{"a@gmail.com", "gmail", 4}, Case{"a@GoogleMail.com", "gmail", 4}, Case{"a@ya.ru", "yandex", 2},
        Case{"a@yandex.com", "yandex", 2}, Case{"a@bk.ru", "mail.ru", 2}, Case{"a@inbox.ru", "mail.ru", 2},
        Case{"\"a@b\"@list.ru", "mail.ru", 2}, Case{"a@ail.ru", "ail.ru", 0},
        Case{"a@School.example", "school.example", 0}, Case{"nonsense", "nonsense", 0}}) {
    auto place = mail_provider(c.address);
    EXPECT_EQ(place.key, c.provider) << c.address;
    EXPECT_EQ(place.pace.most, c.at_once) << c.address;
  }
}

TEST(Fairness, gives_every_tenth_place_to_whoever_has_waited_longest) {
  int patient = 0;
  for (int given = 0; given < 100; ++given) patient += places_of_longest_waiting(given, 1);
  EXPECT_EQ(patient, 10);
  EXPECT_EQ(places_of_longest_waiting(0, 9), 0);
  EXPECT_EQ(places_of_longest_waiting(9, 1), 1);
  EXPECT_EQ(places_of_longest_waiting(0, 30), 3);
  EXPECT_EQ(places_of_longest_waiting(35, 10), 1);
}

}  // namespace
}  // namespace rb::notification
