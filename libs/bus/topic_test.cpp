#include "bus/topic.hpp"

#include <gtest/gtest.h>

namespace rb::bus {
namespace {

TEST(Topic, without_wildcards_is_equality_of_all_words) {
  EXPECT_TRUE(topic_matches("report.generated", "report.generated"));
  EXPECT_FALSE(topic_matches("report.generated", "report.generated.now"));
  EXPECT_FALSE(topic_matches("report.generated", "report"));
  EXPECT_FALSE(topic_matches("report.generated", "reports.generated"));
}

TEST(Topic, star_is_exactly_one_word) {
  EXPECT_TRUE(topic_matches("lesson.*", "lesson.created"));
  EXPECT_TRUE(topic_matches("*.file.*", "material.file.uploaded"));
  EXPECT_FALSE(topic_matches("lesson.*", "lesson"));
  EXPECT_FALSE(topic_matches("payment.*", "payment.balance.updated"));
  EXPECT_FALSE(topic_matches("*", ""));
}

TEST(Topic, hash_is_any_number_of_words) {
  EXPECT_TRUE(topic_matches("payment.#", "payment"));
  EXPECT_TRUE(topic_matches("payment.#", "payment.balance.updated"));
  EXPECT_TRUE(topic_matches("#", ""));
  EXPECT_TRUE(topic_matches("#.updated", "payment.balance.updated"));
  EXPECT_TRUE(topic_matches("a.#.z", "a.z"));
  EXPECT_TRUE(topic_matches("a.#.*.z", "a.b.c.z"));
  EXPECT_FALSE(topic_matches("a.#.*.z", "a.z"));
  EXPECT_FALSE(topic_matches("payment.#", "payments.processed"));
}

TEST(Topic, empty_words_count) {
  EXPECT_TRUE(topic_matches("lesson.*", "lesson."));
  EXPECT_TRUE(topic_matches("a..b", "a..b"));
  EXPECT_FALSE(topic_matches("a.b", "a..b"));
}

}  // namespace
}  // namespace rb::bus
