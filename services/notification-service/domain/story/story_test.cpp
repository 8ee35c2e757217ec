#include "domain/story/story.hpp"

#include <gtest/gtest.h>

#include "time/iso.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;
using Strings = std::vector<std::string>;

Time at(std::string_view text) { return parse_iso(text, Zone::utc()).value(); }

const Time kCame = at("2026-03-10T12:00:00Z");

Listener listener(std::string language, Time now = kCame) {
  return {std::move(language), Zone::find("Europe/Moscow").value(), now};
}

Message cancellation() {
  Message m;
  m.id = "m";
  m.event_source = "/lessons";
  m.event_id = "e1";
  m.status = "delivered";
  m.created = m.due = kCame;
  m.attempts = 1;
  return m;
}

Attempt tried(int number, std::string outcome, std::string detail = "", Channel channel = Channel::telegram) {
  auto when = kCame + number * 1s;
  return {"m", number, channel, when, when, std::move(outcome), std::move(detail)};
}

Strings texts(const std::vector<StoryLine>& lines) {
  Strings out;
  for (const auto& line : lines) out.push_back(line.text);
  return out;
}

TEST(Story, of_a_message_that_came_is_short) {
  EXPECT_EQ(texts(story(cancellation(), {tried(1, "delivered")}, {}, listener("ru"))),
            (Strings{"Пришло событие e1 от /lessons.", "Доставлено: telegram."}));
  EXPECT_EQ(texts(story(cancellation(), {tried(1, "sent", "", Channel::email)}, {}, listener("en"))),
            (Strings{"Event e1 came from /lessons.", "The mail server has accepted it."}));
}

TEST(Story, tells_tries_in_their_order_and_what_comes_next) {
  auto m = cancellation();
  m.status = "pending";
  m.due = kCame + 30min;
  m.attempts = 2;
  auto lines =
      story(m, {tried(1, "transient", "502"), tried(2, "unknown")}, {}, listener("ru", kCame + 1min));
  EXPECT_EQ(texts(lines), (Strings{"Пришло событие e1 от /lessons.", "Попытка 1, telegram: не вышло (502).",
                                   "Попытка 2, telegram: ответа не было, сообщение могло дойти.",
                                   "Следующая попытка: сегодня, 10\u00a0марта, 15:30."}));
}

TEST(Story, tells_why_nothing_was_sent) {
  auto m = cancellation();
  m.event_id.clear();
  m.attempts = 0;
  m.due = kCame + 24h;
  EXPECT_EQ(texts(story(m, {},
                        {{"m", kCame, "scheduled", ""},
                         {"m", kCame + 1h, "deferred", "quiet_hours"},
                         {"m", kCame + 2h, "cancelled", "lesson_cancelled"}},
                        listener("ru"))),
            (Strings{"Сообщение создано по запросу.", "Запланировано на завтра, 11\u00a0марта, 15:00.",
                     "Отложено: у получателя тихие часы.", "Отменено: занятие отменено."}));
}

TEST(Story, tells_how_a_message_went_with_a_digest) {
  auto m = cancellation();
  m.attempts = 0;
  EXPECT_EQ(texts(story(m, {},
                        {{"m", kCame, "deferred", "digest"},
                         {"m", kCame + 1h, "pending", "in_digest:d1"},
                         {"m", kCame + 1h, "delivered", "in_digest:d1"}},
                        listener("ru"))),
            (Strings{"Пришло событие e1 от /lessons.", "Отложено: получатель читает такие сообщения сводкой.",
                     "Ждёт отправки: вошло в сводку d1.", "Доставлено: вошло в сводку d1."}));
  m.status = "deferred";
  m.due = kCame + 3h;
  EXPECT_EQ(texts(story(m, {}, {{"m", kCame, "deferred", "quiet_hours"}}, listener("ru"))).back(),
            "Ждёт до: сегодня, 10\u00a0марта, 18:00.");
}

TEST(Story, shows_a_reason_it_has_no_words_for) {
  EXPECT_EQ(
      texts(story(cancellation(), {}, {{"m", kCame, "suppressed", "новая причина"}}, listener("en")))[1],
      "Not sent: новая причина.");
  EXPECT_EQ(
      texts(story(cancellation(), {}, {{"m", kCame, "cancelled", "cancelled_by_tutor"}}, listener("en")))[1],
      "Taken back: cancelled by hand, role: tutor.");
}

class WhyNothing : public testing::Test {
 protected:
  WhyNothing() {
    directory.add({.id = "2", .full_name = "Аня", .roles = {Audience::student}, .parents = {"3"}});
    directory.add({.id = "3", .full_name = "Вера", .roles = {Audience::parent}, .children = {"2"}});
    directory.add({.id = "9", .full_name = "Борис", .roles = {Audience::student}});
    event.type = "homework.assigned";
    event.data = {{"homework_id", "1"}, {"student_ids", boost::json::array{"2"}}};
  }
  std::string why(const std::string& user) { return why_nothing(event, nullptr, directory, user, "ru"); }

  Directory directory;
  events::Event event;
};

TEST_F(WhyNothing, tells_a_stranger_from_somebody_unconcerned) {
  EXPECT_EQ(why("77"), "Такого человека здесь не знают.");
  EXPECT_EQ(why("9"), "Событие не об этом человеке и не о его детях.");
  EXPECT_EQ(why("3"), "Тогда этот человек не был связан с событием: сейчас ему бы сообщили.");
}

TEST_F(WhyNothing, tells_of_events_that_nobody_hears_of) {
  event.data["silent"] = true;
  EXPECT_EQ(why("2"), "Событие просит никому не сообщать.");
  event.data.erase("silent");
  event.type = "user.login";
  EXPECT_EQ(why("2"), "О событии user.login никому не сообщают.");
}

}  // namespace
}  // namespace rb::notification
