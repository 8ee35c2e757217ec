// The text that a school or a tutor has written is what people get.
#include "store/templates.hpp"

#include <gmock/gmock.h>

#include "school.hpp"
#include "store/story.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

class WrittenTexts : public School {
 protected:
  // As another instance would write it: this one has to notice by itself.
  void write(const std::string& source, std::string owner = "") {
    auto wanted = service_->runtime().texts->seen() + 1;
    run(backends_.database->transaction([&](db::Transaction& tx) -> Task<> {
      auto change = co_await begin_template_change(tx);
      TextVersion text;
      text.key = {owner, "homework.assigned", Audience::student, {}, "ru"};
      text.source = source;
      text.created = text.active = clock_.now();
      co_await add_template_version(tx, text, change, false);
    }));
    auto known = [&] {
      advance(100ms);
      return service_->runtime().texts->seen() >= wanted;
    };
    until(known, "the service knows the text");
  }
  static std::string text(const std::string& title, const std::string& body) {
    return "{% extends layout %}{% set icon = '✍️' %}{% block title %}" + title +
           "{% endblock %}{% block body %}" + body + "{% endblock %}";
  }
  std::string homework(const std::string& tutor) {
    bot_->reset();
    happens("homework.assigned", R"("homework_id":)" + std::to_string(++homeworks_) +
                                     R"(,"student_id":2,"tutor_id":)" + tutor + R"(,"subject":"Физика")");
    until([&] { return texts(chat_of(2)).size() == 1; }, "the student is told");
    return texts(chat_of(2)).front();
  }
  int homeworks_ = 0;
};

TEST_P(WrittenTexts, are_what_the_person_gets_and_survive_a_restart) {
  write(text("Дела на дом", "{{ homework.subject }}, {{ student.first_name }}!"));
  EXPECT_THAT(homework("1"), AllOf(HasSubstr("Дела на дом"), HasSubstr("Физика, Аня!")));
  restart();
  EXPECT_THAT(homework("1"), HasSubstr("Дела на дом"));
}

TEST_P(WrittenTexts, of_a_tutor_are_for_messages_about_that_tutor) {
  write(text("От школы", ""));
  write(text("От Ольги", ""), "1");
  EXPECT_THAT(homework("1"), HasSubstr("От Ольги"));
  EXPECT_THAT(homework("77"), HasSubstr("От школы"));
}

TEST_P(WrittenTexts, that_fail_on_real_data_lose_no_message_and_leave_the_reason) {
  write(text("Дела на дом", "{{ 1 / (homework.grade|default(0)) }}"));
  EXPECT_THAT(homework("1"), HasSubstr("Физика"));
  wait_for_status("2", "delivered");
  auto attempts = run(attempts_of(reading(*backends_.database), only_message("2").id));
  ASSERT_EQ(attempts.size(), 1U);
  EXPECT_THAT(
      attempts[0].detail,
      HasSubstr("went out as built-in, because homework.assigned (student, ru), line 1: division by zero"));
  EXPECT_THAT(registry_->text(),
              HasSubstr("repitbot_notification_text_fallbacks_total{type=\"homework.assigned\"} 1"));
}

INSTANTIATE_TEST_SUITE_P(Backends, WrittenTexts, testing::Values("embedded", "distributed"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::notification
