#include "service/mentions.hpp"

#include <gtest/gtest.h>

namespace rb::service {
namespace {

TEST(Mentions, are_found_in_members_that_hold_ids_at_any_depth) {
  for (const auto* text : {R"({"user_id":"7"})", R"({"user_id":7})", R"({"id":"7"})",
                           R"([{"student_ids":[5,7]}])", R"({"data":{"student":{"id":7}}})"})
    EXPECT_TRUE(mentions_text(text, "7")) << text;
  for (const auto* text : {R"({"user_id":"77"})", R"({"amount":7})", R"("7")", R"({"title":"7"})"})
    EXPECT_FALSE(mentions_text(text, "7")) << text;
}

TEST(Mentions, may_stand_in_what_cannot_be_read) { EXPECT_TRUE(mentions_text("{\"user_id\":", "7")); }

TEST(Mentions, of_ids_that_json_writes_in_several_ways_are_looked_for_everywhere) {
  EXPECT_EQ(may_mention("student-7"), "%student-7%");
  for (const auto* id : {"аня", "a\"b", "a\\b", "a%b"}) EXPECT_EQ(may_mention(id), "%") << id;
}

}  // namespace
}  // namespace rb::service
