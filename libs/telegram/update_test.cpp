#include "telegram/update.hpp"

#include <gtest/gtest.h>

#include "json/json.hpp"

namespace rb::telegram {
namespace {

TEST(TelegramUpdate, gives_the_text_of_a_message_and_ignores_what_is_unknown) {
  auto update =
      parse_update(R"({"update_id":7,"future":{"x":1},"message":{"message_id":3,"date":1790000000,"link":[1],
    "chat":{"id":-1001234567890123,"type":"supergroup","title":"Класс"},
    "from":{"id":5,"is_bot":false,"first_name":"Аня","language_code":"ru"},"text":"/start abc"}})");
  ASSERT_TRUE(update) << update.error().message;
  EXPECT_EQ(update->update_id, 7);
  EXPECT_EQ(update->message->chat.id, -1001234567890123);
  EXPECT_EQ(update->message->chat.type, "supergroup");
  EXPECT_EQ(update->message->from->language_code, "ru");
  EXPECT_EQ(update->message->text, "/start abc");
  EXPECT_FALSE(update->callback_query);
}

TEST(TelegramUpdate, gives_a_pressed_button) {
  auto update = parse_update(
      R"({"update_id":8,"callback_query":{"id":"99","from":{"id":5,"first_name":"A"},"data":"x:1",
    "chat_instance":"1","message":{"message_id":3,"date":0,"chat":{"id":5,"type":"private"}}}})");
  ASSERT_TRUE(update) << update.error().message;
  EXPECT_EQ(update->callback_query->id, "99");
  EXPECT_EQ(update->callback_query->from.id, 5);
}

TEST(TelegramUpdate, tells_who_has_blocked_the_bot) {
  auto update = parse_update(
      R"({"update_id":9,"my_chat_member":{"chat":{"id":5,"type":"private"},"from":{"id":5},"date":1,
    "old_chat_member":{"status":"member","user":{"id":1}},"new_chat_member":{"status":"kicked","until_date":0}}})");
  ASSERT_TRUE(update) << update.error().message;
  EXPECT_EQ(update->my_chat_member->old_chat_member.status, "member");
  EXPECT_EQ(update->my_chat_member->new_chat_member.status, "kicked");
}

TEST(TelegramUpdate, that_cannot_be_read_is_passed_over_by_its_id) {
  auto updates = read_updates(json::parse(R"([{"update_id":1,"message":{"chat":"?"}},5,{"x":1},
    {"update_id":2,"message":{"message_id":3,"date":1,"chat":{"id":5,"type":"private"},"text":"hi"}}])")
                                  .value());
  ASSERT_EQ(updates.size(), 2U);
  EXPECT_EQ(updates[0].update_id, 1);
  EXPECT_FALSE(updates[0].message);
  EXPECT_EQ(updates[1].message->text, "hi");
  EXPECT_TRUE(read_updates(nullptr).empty());
  EXPECT_FALSE(parse_update("{}"));
  EXPECT_FALSE(parse_update("{"));
}

}  // namespace
}  // namespace rb::telegram
