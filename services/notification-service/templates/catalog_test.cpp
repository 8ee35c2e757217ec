#include "templates/catalog.hpp"

#include <gtest/gtest.h>

namespace rb::notification::templates {
namespace {

TEST(TextCatalog, finds_the_text_of_an_audience_in_its_language) {
  EXPECT_EQ(find("lesson.cancelled", "parent", "en"), "en/lesson.cancelled.parent.html");
}

TEST(TextCatalog, falls_back_to_the_text_for_any_audience) {
  EXPECT_EQ(find("payment.processed", "parent", "ru"), "ru/payment.processed.any.html");
  EXPECT_EQ(find("payment.processed", "tutor", "ru"), "ru/payment.processed.tutor.html");
}

TEST(TextCatalog, speaks_russian_to_an_unknown_language) {
  EXPECT_EQ(find("lesson.reminder", "tutor", "de"), "ru/lesson.reminder.tutor.html");
}

TEST(TextCatalog, has_no_text_for_an_unknown_type_or_audience) {
  EXPECT_EQ(find("lesson.exploded", "student", "ru"), std::nullopt);
  EXPECT_EQ(find("lesson.created", "admin", "ru"), std::nullopt);
  EXPECT_EQ(find("../layout/email", "any", "ru"), std::nullopt);
}

TEST(TextCatalog, gives_the_bytes_of_a_file) {
  ASSERT_TRUE(file("ru/lesson.cancelled.student.html"));
  EXPECT_TRUE(file("ru/lesson.cancelled.student.html")->starts_with("{% extends layout %}\n"));
  EXPECT_FALSE(file("ru/"));
}

}  // namespace
}  // namespace rb::notification::templates
