#include "domain/words.hpp"

#include <gtest/gtest.h>

namespace rb::analytics {
namespace {

TEST(Words, take_the_form_that_follows_the_number) {
  Words russian("ru"), english("en");
  EXPECT_EQ(russian.lessons(1), "1 занятие");
  EXPECT_EQ(russian.lessons(3), "3 занятия");
  EXPECT_EQ(russian.lessons(11), "11 занятий");
  EXPECT_EQ(russian.lessons(12), "12 занятий");
  EXPECT_EQ(russian.lessons(21), "21 занятие");
  EXPECT_EQ(russian.lessons(112), "112 занятий");
  EXPECT_EQ(english.lessons(1), "1 lesson");
  EXPECT_EQ(english.lessons(0), "0 lessons");
}

TEST(Words, show_hundredths_of_money_where_there_are_some) {
  Words russian("ru"), english("en");
  EXPECT_EQ(russian.money(12000, "RUB"), "12\u00a0000\u00a0₽");
  EXPECT_EQ(russian.money(-1234.5, "RUB"), "−1\u00a0234,50\u00a0₽");
  EXPECT_EQ(russian.money(0.01, "EUR"), "0,01\u00a0€");
  EXPECT_EQ(english.money(1234.5, "BYN"), "1,234.50\u00a0BYN");
}

}  // namespace
}  // namespace rb::analytics
