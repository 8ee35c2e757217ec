#include "domain/plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "events/normal.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;

Time at(std::string_view text) { return parse_iso(text, Zone::utc()).value(); }
const Time kNow = at("2026-03-10T12:00:00Z");

events::Event event(const std::string& type, const std::string& data,
                    std::string_view when = "2026-03-10T12:00:00Z") {
  auto body = R"({"id":"e1","source":"/test","type":")" + type + R"(","time":")" + std::string(when) +
              R"(","data":{)" + data + "}}";
  auto outcome = events::parse_event(body, {"", "", 0, {}, kNow + 48h, Zone::utc()});
  if (auto* rejected = std::get_if<events::Rejected>(&outcome)) throw std::runtime_error(rejected->reason);
  return std::get<events::Event>(outcome);
}

Person person(std::string id, std::string name, Audience role) {
  Person out;
  out.id = std::move(id);
  out.full_name = std::move(name);
  out.roles = {role};
  out.addresses = {{Channel::telegram, "chat" + out.id, false, ""},
                   {Channel::email, out.id + "@example.test", false, ""}};
  return out;
}

// Tutor 1; student 2 with parents 3 and 4; adult student 5.
class Planning : public ::testing::Test {
 protected:
  Planning() {
    directory.add(person("1", "Ольга Ивановна", Audience::tutor));
    auto anna = person("2", "Аня Ким", Audience::student);
    anna.parents = {"3", "4"};
    directory.add(anna);
    directory.add(person("3", "Вера Ким", Audience::parent));
    directory.add(person("4", "Пётр Ким", Audience::parent));
    directory.add(person("5", "Борис", Audience::student));
    channels.set(Channel::telegram, Reach::addressed);
    channels.set(Channel::email, Reach::addressed);
  }

  Situation situation() { return {directory, channels, kNow}; }

  Plan planned(const events::Event& e, const Lesson* before = nullptr) {
    if (e.family() != "lesson") return plan(e, nullptr, situation());
    auto change = apply(before, e);
    return plan(e, &change, situation());
  }

  // "2:student:telegram"; suppressed ones as "2:student:-no_address".
  static std::vector<std::string> told(const Plan& plan, std::string_view type = "") {
    std::vector<std::string> out;
    for (const auto& m : plan.messages) {
      if (!type.empty() && m.type != type) continue;
      auto how = m.suppressed.empty() ? (m.channel ? std::string(to_string(*m.channel)) : "later")
                                      : "-" + m.suppressed;
      out.push_back(m.user_id + ":" + std::string(to_string(m.audience)) + ":" + how);
    }
    return out;
  }

  Person& edit(const std::string& id) {
    edited_ = directory.at(id);
    return edited_;
  }
  void put() { directory.add(edited_); }

  Directory directory;
  Channels channels;
  const std::string lesson_ =
      R"("lesson_id":7,"tutor_id":1,"student_id":2,"scheduled_at":"2026-03-11T15:00:00Z")";

 private:
  Person edited_;
};

using Strings = std::vector<std::string>;

TEST_F(Planning, a_cancelled_lesson_is_told_to_student_parents_and_tutor) {
  auto before = apply(nullptr, event("lesson.created", lesson_)).after;
  auto e = event("lesson.cancelled", R"("lesson_id":7)", "2026-03-10T12:00:01Z");
  EXPECT_EQ(told(planned(e, &before)),
            (Strings{"2:student:telegram", "3:parent:telegram", "4:parent:telegram", "1:tutor:telegram"}));
}

TEST_F(Planning, a_cancellation_takes_back_the_reminders) {
  auto before = apply(nullptr, event("lesson.created", lesson_)).after;
  auto p = planned(event("lesson.cancelled", R"("lesson_id":7)", "2026-03-10T12:00:01Z"), &before);
  ASSERT_EQ(p.withdrawals.size(), 1U);
  EXPECT_EQ(p.withdrawals[0].reason, "lesson_cancelled");
  EXPECT_TRUE(p.withdrawals[0].student_ids.empty());
}

TEST_F(Planning, a_new_lesson_plans_a_reminder_an_hour_before_for_student_and_parents) {
  auto p = planned(event("lesson.created", lesson_));
  EXPECT_EQ(told(p, "lesson.reminder"), (Strings{"2:student:later", "3:parent:later", "4:parent:later"}));
  for (const auto& m : p.messages)
    if (m.type == "lesson.reminder") {
      EXPECT_EQ(m.due, at("2026-03-11T14:00:00Z"));
      EXPECT_EQ(m.expires, at("2026-03-11T15:00:00Z"));
    }
}

TEST_F(Planning, everyone_chooses_their_own_reminder_times) {
  edit("2").preferences.reminder_minutes = std::vector{1440, 15};
  put();
  edit("3").preferences.reminder_minutes = std::vector<int>{};
  put();
  edit("1").preferences.reminder_minutes = std::vector{30};
  put();
  auto p = planned(event("lesson.created", lesson_));
  EXPECT_EQ(told(p, "lesson.reminder"),
            (Strings{"2:student:later", "2:student:later", "4:parent:later", "1:tutor:later"}));
}

TEST_F(Planning, a_reminder_whose_moment_has_passed_is_left_out) {
  auto p =
      planned(event("lesson.created",
                    R"("lesson_id":7,"tutor_id":1,"student_id":2,"scheduled_at":"2026-03-10T12:30:00Z")"));
  EXPECT_EQ(told(p, "lesson.reminder"), Strings{});
}

TEST_F(Planning, a_lesson_in_the_past_is_not_announced) {
  auto p =
      planned(event("lesson.created",
                    R"("lesson_id":7,"tutor_id":1,"student_id":5,"scheduled_at":"2026-03-09T12:00:00Z")"));
  EXPECT_EQ(told(p), (Strings{"5:student:-lesson_began"}));
}

TEST_F(Planning, a_moved_lesson_moves_its_reminders_and_says_the_old_time) {
  auto before = apply(nullptr, event("lesson.created", lesson_)).after;
  auto e = event("lesson.rescheduled",
                 R"("lesson_id":7,"tutor_id":1,"student_id":5,"scheduled_at":"2026-03-12T15:00:00Z")",
                 "2026-03-10T12:00:01Z");
  auto p = planned(e, &before);
  ASSERT_EQ(p.withdrawals.size(), 1U);
  EXPECT_EQ(p.withdrawals[0].reason, "lesson_rescheduled");
  const auto& first = p.messages.front();
  EXPECT_EQ(first.context.at("lesson").at("old_start_time"), "2026-03-11T15:00:00Z");
  EXPECT_EQ(first.context.at("lesson").at("start_time"), "2026-03-12T15:00:00Z");
}

TEST_F(Planning, an_older_event_that_comes_late_tells_nobody_anew) {
  auto before = apply(nullptr, event("lesson.cancelled", R"("lesson_id":7)", "2026-03-10T12:00:01Z")).after;
  auto p = planned(event("lesson.created", lesson_, "2026-03-10T11:00:00Z"), &before);
  EXPECT_EQ(told(p), (Strings{"2:student:-outdated", "3:parent:-outdated", "4:parent:-outdated"}));
}

// A group of student 2 (parents 3, 4) and adult student 5, tomorrow at 15:00.
class PlanningForAGroup : public Planning {
 protected:
  Lesson after(const std::vector<events::Event>& told) {
    Lesson lesson;
    const Lesson* before = nullptr;
    for (const auto& e : told) {
      lesson = apply(before, e).after;
      before = &lesson;
    }
    return lesson;
  }

  const events::Event created_ =
      event("lesson.created",
            R"("lesson_id":7,"tutor_id":1,"student_ids":[2,5],"scheduled_at":"2026-03-11T15:00:00Z")",
            "2026-03-10T10:00:00Z");
  const events::Event two_off_ =
      event("lesson.cancelled", R"("lesson_id":7,"student_id":2)", "2026-03-10T11:00:00Z");
};

TEST_F(PlanningForAGroup, a_cancellation_for_one_is_news_after_a_later_one_for_another) {
  auto before = after({created_, two_off_});
  auto earlier = event("lesson.cancelled", R"("lesson_id":7,"student_id":5)", "2026-03-10T10:30:00Z");
  auto p = planned(earlier, &before);
  EXPECT_EQ(told(p), (Strings{"5:student:telegram", "1:tutor:telegram"}));
  ASSERT_EQ(p.withdrawals.size(), 1U);
  EXPECT_TRUE(p.withdrawals[0].concerns("7", "5"));
}

TEST_F(PlanningForAGroup, a_move_is_told_to_those_who_were_not_taken_off_later) {
  auto before = after({created_, two_off_});
  auto earlier =
      event("lesson.rescheduled",
            R"("lesson_id":7,"tutor_id":1,"student_ids":[2,5],"scheduled_at":"2026-03-12T15:00:00Z")",
            "2026-03-10T10:30:00Z");
  auto p = planned(earlier, &before);
  EXPECT_EQ(told(p, "lesson.rescheduled"),
            (Strings{"2:student:-outdated", "5:student:telegram", "3:parent:-outdated", "4:parent:-outdated",
                     "1:tutor:telegram"}));
  EXPECT_EQ(told(p, "lesson.reminder"), Strings{"5:student:later"});
}

TEST_F(PlanningForAGroup, a_move_that_names_one_moves_the_reminders_of_all) {
  auto before = after({created_});
  auto p =
      planned(event("lesson.rescheduled",
                    R"("lesson_id":7,"tutor_id":1,"student_id":2,"scheduled_at":"2026-03-12T15:00:00Z")"),
              &before);
  EXPECT_EQ(told(p, "lesson.reminder"),
            (Strings{"2:student:later", "5:student:later", "3:parent:later", "4:parent:later"}));
}

TEST_F(PlanningForAGroup, whoever_is_put_on_the_lesson_late_is_told_and_reminded) {
  auto for_five = event("lesson.created",
                        R"("lesson_id":7,"tutor_id":1,"student_id":5,"scheduled_at":"2026-03-11T15:00:00Z")",
                        "2026-03-10T11:00:00Z");
  auto for_two = event("lesson.created", lesson_, "2026-03-10T10:00:00Z");
  auto before = after({for_five});
  auto p = planned(for_two, &before);
  EXPECT_EQ(told(p, "lesson.created"),
            (Strings{"2:student:telegram", "3:parent:telegram", "4:parent:telegram"}));
  EXPECT_EQ(told(p, "lesson.reminder"), (Strings{"2:student:later", "3:parent:later", "4:parent:later"}));
}

TEST_F(PlanningForAGroup, one_students_absence_leaves_the_reminders_of_the_others) {
  auto before = after({created_});
  auto p = planned(event("lesson.missed", R"("lesson_id":7,"student_id":2)"), &before);
  ASSERT_EQ(p.withdrawals.size(), 1U);
  EXPECT_TRUE(p.withdrawals[0].concerns("7", "2"));
  EXPECT_FALSE(p.withdrawals[0].concerns("7", "5"));
}

TEST_F(PlanningForAGroup, a_lesson_that_is_moved_after_it_was_missed_is_reminded_of) {
  auto before = after({created_, event("lesson.missed", R"("lesson_id":7)", "2026-03-10T11:00:00Z")});
  auto p =
      planned(event("lesson.rescheduled",
                    R"("lesson_id":7,"tutor_id":1,"student_id":5,"scheduled_at":"2026-03-12T15:00:00Z")"),
              &before);
  EXPECT_FALSE(told(p, "lesson.reminder").empty());
}

TEST_F(Planning, a_silent_event_tells_nobody_but_plans_reminders) {
  auto p = planned(event("lesson.created", lesson_ + R"(,"silent":true)"));
  EXPECT_EQ(told(p), (Strings{"2:student:later", "3:parent:later", "4:parent:later"}));
}

TEST_F(Planning, money_never_reaches_a_child_who_has_parents) {
  EXPECT_EQ(told(planned(event("payment.failed", R"("payment_id":1,"amount":1,"user_id":2,"tutor_id":1)"))),
            (Strings{"3:any:telegram", "4:any:telegram", "1:tutor:telegram"}));
  EXPECT_EQ(told(planned(event("balance.low", R"("user_id":5,"amount":0)"))), (Strings{"5:any:telegram"}));
  EXPECT_EQ(told(planned(event("payment.processed", R"("payment_id":1,"amount":1,"student_id":2)"))),
            (Strings{"3:any:telegram", "4:any:telegram"}));
}

TEST_F(Planning, an_adult_who_pays_hears_of_it_though_there_are_parents) {
  edit("2").minor = false;
  put();
  EXPECT_EQ(told(planned(event("payment.failed", R"("payment_id":1,"amount":1,"user_id":2)"))),
            (Strings{"2:any:telegram"}));
}

TEST_F(Planning, a_price_without_a_currency_is_in_roubles) {
  auto p = planned(event("lesson.created", lesson_ + R"(,"price":1500)"));
  EXPECT_EQ(p.messages.front().context.at("lesson").at("currency"), "RUB");
}

TEST_F(Planning, an_alert_reaches_whoever_made_its_rule_else_the_tutor_else_admins) {
  directory.add(person("9", "Директор", Audience::admin));
  auto alert = [&](const std::string& to) {
    return told(planned(event("analytics.alert", R"("title":"Много отмен","message":"Отмены: 25 %")" + to)));
  };
  EXPECT_EQ(alert(R"(,"user_id":5,"tutor_id":1)"), (Strings{"5:any:telegram"}));
  EXPECT_EQ(alert(R"(,"tutor_id":1)"), (Strings{"1:any:telegram"}));
  EXPECT_EQ(alert(""), (Strings{"9:any:telegram"}));
}

TEST_F(Planning, a_parent_of_two_hears_once_per_child) {
  auto ilya = person("6", "Илья Ким", Audience::student);
  ilya.parents = {"3"};
  directory.add(ilya);
  auto p = planned(event("homework.assigned", R"("homework_id":1,"student_ids":[2,6])"));
  EXPECT_EQ(told(p), (Strings{"2:student:telegram", "6:student:telegram", "3:parent:telegram",
                              "4:parent:telegram", "3:parent:telegram"}));
  EXPECT_NE(p.messages[2].key, p.messages[4].key);
  EXPECT_EQ(p.messages[4].context.at("student").at("first_name"), "Илья");
}

TEST_F(Planning, preferences_choose_channels_and_switch_types_off) {
  auto& anna = edit("2");
  anna.preferences.cells = {{{"lesson", "telegram"}, true},
                            {{"lesson", "email"}, true},
                            {{"homework", "telegram"}, false},
                            {{"homework", "email"}, false}};
  put();
  EXPECT_EQ(told(planned(event(
                     "lesson.completed",
                     R"("lesson_id":7,"tutor_id":1,"student_id":2,"completed_at":"2026-03-10T11:00:00Z")")))
                .front(),
            "2:student:telegram");
  EXPECT_EQ(told(planned(event("homework.assigned", R"("homework_id":1,"student_id":2)"))).front(),
            "2:student:-blocked_by_preferences");
}

TEST_F(Planning, mail_is_taken_when_telegram_cannot_reach_someone) {
  edit("5").addresses[0].suspended = true;
  put();
  EXPECT_EQ(told(planned(event("homework.assigned", R"("homework_id":1,"student_id":5)"))),
            (Strings{"5:student:email"}));
}

TEST_F(Planning, nobody_without_an_address_is_lost_from_the_record) {
  edit("5").addresses.clear();
  put();
  EXPECT_EQ(told(planned(event("homework.assigned", R"("homework_id":1,"student_id":5)"))),
            (Strings{"5:student:-no_address"}));
  channels.set(Channel::telegram, Reach::stand_in);
  EXPECT_EQ(told(planned(event("homework.assigned", R"("homework_id":1,"student_id":5)"))),
            (Strings{"5:student:telegram"}));
}

TEST_F(Planning, the_outbox_gets_what_each_channel_would_have_sent) {
  channels.set(Channel::telegram, Reach::stand_in);
  channels.set(Channel::email, Reach::stand_in);
  edit("5").addresses = {{Channel::email, "anya@example.com", false, ""}};
  put();
  EXPECT_EQ(told(planned(event("homework.assigned", R"("homework_id":1,"student_id":5)"))),
            (Strings{"5:student:email"}));
}

TEST_F(Planning, marketing_needs_consent_and_withdrawal_silences) {
  auto ad = event("system.notification", R"("user_id":5,"message":"Скидка","purpose":"marketing")");
  EXPECT_EQ(told(planned(ad)), (Strings{"5:any:-no_marketing_consent"}));
  edit("5").consents = {"marketing"};
  put();
  EXPECT_EQ(told(planned(ad)), (Strings{"5:any:telegram"}));
  edit("5").withdrawn = {"notifications"};
  put();
  EXPECT_EQ(told(planned(ad)), (Strings{"5:any:-consent_withdrawn"}));
}

TEST_F(Planning, a_producers_reminder_and_ours_share_a_key) {
  auto ours = planned(event("lesson.created", lesson_));
  auto before = apply(nullptr, event("lesson.created", lesson_)).after;
  auto theirs =
      planned(event("lesson.reminder", R"("lesson_id":7,"student_id":2)", "2026-03-11T14:03:00Z"), &before);
  std::vector<std::string> keys;
  for (const auto& m : ours.messages) keys.push_back(m.key);
  ASSERT_EQ(theirs.messages.size(), 3U);
  for (const auto& m : theirs.messages) EXPECT_NE(std::ranges::find(keys, m.key), keys.end()) << m.key;
}

TEST_F(Planning, news_of_a_lesson_within_two_hours_is_urgent) {
  auto soon = R"("lesson_id":7,"tutor_id":1,"student_id":5,"scheduled_at":"2026-03-10T13:30:00Z")";
  auto before = apply(nullptr, event("lesson.created", soon)).after;
  auto p = planned(event("lesson.cancelled", R"("lesson_id":7)", "2026-03-10T12:00:01Z"), &before);
  EXPECT_EQ(p.messages.front().priority, Priority::urgent);
}

TEST_F(Planning, a_message_to_a_role_reaches_everyone_who_has_it) {
  EXPECT_EQ(told(planned(event("system.notification", R"("role":"parent","message":"Каникулы")"))),
            (Strings{"3:any:telegram", "4:any:telegram"}));
}

TEST(FirstName, is_the_given_name) {
  EXPECT_EQ(first_name_of("Аня Ким"), "Аня");
  EXPECT_EQ(first_name_of("Ким Анна Сергеевна"), "Анна");
  EXPECT_EQ(first_name_of(" Борис "), "Борис");
  EXPECT_EQ(first_name_of(""), "");
}

}  // namespace
}  // namespace rb::notification
