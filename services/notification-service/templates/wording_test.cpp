// The choices that texts make: form of address, plural forms, what is said to whom and what is left unsaid.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "templates/test_render.hpp"

namespace rb::notification::templates {
namespace {

using testing::HasSubstr;
using testing::Not;

const Text reminder{"ru", "lesson.reminder", "student"};

std::string telegram(const Text& text, const bj::object& context) {
  return render(text, "layout/telegram.html", context);
}
std::string subject(const Text& text, const bj::object& context) {
  return render(text, "layout/subject.txt", context);
}

bj::object& part(bj::object& context, std::string_view name) { return context[name].as_object(); }

TEST(Wording, speaks_to_students_as_they_wish) {
  auto context = sample(reminder);
  EXPECT_THAT(telegram(reminder, context), HasSubstr("Подключайся"));
  part(context, "recipient")["address_form"] = "вы";
  EXPECT_THAT(telegram(reminder, context), HasSubstr("Подключайтесь"));
}

TEST(Wording, says_how_long_until_a_lesson_in_the_right_plural) {
  const std::map<int, std::string> expected = {
      {0, "Урок начинается в\u00a016:00"},
      {1, "Урок через\u00a01\u00a0минуту, в\u00a016:00"},
      {2, "Урок через\u00a02\u00a0минуты, в\u00a016:00"},
      {30, "Урок через\u00a030\u00a0минут, в\u00a016:00"},
      {60, "Урок через\u00a01\u00a0час, в\u00a016:00"},
      {90, "Урок через\u00a01\u00a0час 30\u00a0минут, в\u00a016:00"},
      {720, "Урок через\u00a012\u00a0часов, в\u00a016:00"},
      {1440, "Урок через\u00a01\u00a0день: сегодня, 14\u00a0сентября, 16:00"},
      {3000, "Урок через\u00a02\u00a0дня 2\u00a0часа: сегодня, 14\u00a0сентября, 16:00"},
  };
  for (const auto& [minutes, title] : expected) {
    auto context = sample(reminder);
    part(context, "lesson")["minutes_until"] = minutes;
    EXPECT_EQ(subject(reminder, context), title) << minutes;
  }
}

TEST(Wording, repeats_the_words_of_a_producer_when_nothing_better_is_known) {
  auto context = sample(reminder);
  part(context, "lesson").erase("minutes_until");
  EXPECT_THAT(telegram(reminder, context), HasSubstr("До начала: 1 час"));
}

TEST(Wording, names_the_kind_of_a_new_lesson) {
  const Text text{"ru", "lesson.created", "parent"};
  const std::map<std::string, std::string> expected = {{"regular", "Новый урок"},
                                                       {"trial", "Пробный урок"},
                                                       {"makeup", "Дополнительный урок"},
                                                       {"intensive", "Интенсив"},
                                                       {"unheard-of", "Новый урок"}};
  for (const auto& [kind, title] : expected) {
    auto context = sample(text);
    part(context, "lesson")["lesson_type"] = kind;
    EXPECT_EQ(subject(text, context), title + ": завтра, 15\u00a0сентября, 18:00");
  }
}

TEST(Wording, names_the_people_a_tutor_loses_and_says_that_the_group_meets) {
  const Text text{"ru", "lesson.cancelled", "tutor"};
  auto context = sample(text);
  context["students"] = bj::array{{{"first_name", "Аня"}}, {{"first_name", "Боря"}}, {{"id", 3}}};
  part(context, "lesson")["goes_on"] = true;
  EXPECT_THAT(telegram(text, context), HasSubstr("Ученики: Аня, Боря\n"));
  EXPECT_THAT(telegram(text, context), HasSubstr("Для остальных урок состоится."));
}

TEST(Wording, shows_first_names_only) {
  for (const auto& text : all_texts())
    EXPECT_THAT(telegram(text, sample(text)), Not(HasSubstr("Ким"))) << text;
}

TEST(Wording, never_states_a_debt) {
  const Text text{"ru", "balance.low", "any"};
  auto context = sample(text);
  context["balance"] = bj::object{{"amount", "-1500.00"}, {"currency", "RUB"}, {"lessons_left", -1}};
  EXPECT_THAT(telegram(text, context), Not(HasSubstr("500")));
  EXPECT_THAT(telegram(text, context), Not(HasSubstr("-1")));
}

TEST(Wording, low_balance_counts_lessons_and_never_money) {
  const Text text{"ru", "balance.low", "any"};
  auto context = sample(text);
  EXPECT_THAT(telegram(text, context), HasSubstr("Осталось: <b>1\u00a0урок</b>"));
  EXPECT_THAT(telegram(text, context), Not(HasSubstr("₽")));
  part(context, "balance")["lessons_left"] = 0;
  EXPECT_EQ(subject(text, context), "Оплаченные уроки закончились");
}

TEST(Wording, does_not_tell_a_student_about_money_for_a_lesson) {
  for (const char* type : {"lesson.cancelled", "lesson.missed"}) {
    const Text student{"ru", type, "student"}, parent{"ru", type, "parent"};
    auto context = sample(student);
    part(context, "lesson")["charged"] = true;
    EXPECT_THAT(telegram(student, context), Not(HasSubstr("оплачивается"))) << type;
    auto for_parent = sample(parent);
    part(for_parent, "lesson")["charged"] = true;
    EXPECT_THAT(telegram(parent, for_parent), HasSubstr("оплачивается")) << type;
  }
}

TEST(Wording, praises_and_consoles_by_the_share_of_the_best_grade) {
  const Text text{"ru", "homework.graded", "student"};
  const std::map<int, std::string> expected = {
      {95, "Отличный результат"}, {75, "Хорошая работа!"}, {40, "разбери ошибки"}, {0, "разбери ошибки"}};
  for (const auto& [grade, words] : expected) {
    auto context = sample(text);
    part(context, "homework")["grade"] = grade;
    part(context, "homework")["grade_max"] = 100;
    EXPECT_THAT(telegram(text, context), HasSubstr(words)) << grade;
  }
}

TEST(Wording, opens_only_web_addresses) {
  for (const char* address : {"javascript:alert(1)", "tg://user?id=1", "meet.example.com", ""}) {
    auto context = sample(reminder);
    part(context, "lesson")["meet_link"] = address;
    EXPECT_THAT(telegram(reminder, context), Not(HasSubstr("href"))) << address;
    EXPECT_THAT(render(reminder, "layout/email.html", context), Not(HasSubstr("Подключиться к уроку")))
        << address;
  }
  EXPECT_THAT(telegram(reminder, sample(reminder)),
              HasSubstr("<a href=\"https://meet.example.com/abc-defg\">"));
}

TEST(Wording, a_homework_date_without_a_time_shows_none) {
  const Text text{"ru", "homework.overdue", "parent"};
  EXPECT_THAT(telegram(text, sample(text)), HasSubstr("Срок: <b>вчера, 13\u00a0сентября</b>"));
}

}  // namespace
}  // namespace rb::notification::templates
