// Texts over the API: written, checked, planned, rolled back, given back; whose they are; who gets them.
#include "store/templates.hpp"

#include "base/strings.hpp"
#include "templates/catalog.hpp"
#include "tests/api_fixture.hpp"

namespace rb::notification {
namespace {

using http::Method;
using testing::HasSubstr;
using namespace std::chrono_literals;

const std::string kPath = "/api/v1/templates";
const std::string kCancelled = kPath + "/lesson.cancelled";

class Templates : public ApiFixture {
 protected:
  static json::value words(const std::string& title, const std::string& body = "Коротко.") {
    return {{"audience", "parent"}, {"title", title}, {"body", body}};
  }
  // What a parent would read in Telegram.
  std::string shown(const std::string& who = "admin 9", const std::string& language = "ru") {
    auto a = post(kPath + "/render",
                  {{"template_name", "lesson.cancelled"},
                   {"audience", "parent"},
                   {"channel", "telegram"},
                   {"language", language}},
                  who);
    EXPECT_EQ(a.status, 200) << a.text;
    return std::string(a.body.at("body").as_string());
  }
  json::value texts(const std::string& query, const std::string& who = "admin 9") {
    return get(kCancelled + query, who).body.at("texts");
  }
};

TEST_F(Templates, an_edited_text_takes_the_place_of_the_built_in_one) {
  EXPECT_THAT(shown(), HasSubstr("Урок отменён"));
  auto saved = put(kCancelled, words("Занятия не будет", "{{ student.first_name }} отдыхает."));
  ASSERT_EQ(saved.status, 200) << saved.text;
  EXPECT_EQ(saved.body.at("text").at("version"), 1);
  EXPECT_THAT(shown(), HasSubstr("❌ Занятия не будет\n\nАня отдыхает."));
  EXPECT_THAT(shown("admin 9", "en"), HasSubstr("cancelled"));  // the other language is as it was
  auto shown_texts = texts("?audience=parent&language=ru");
  ASSERT_EQ(shown_texts.as_array().size(), 2U);
  EXPECT_EQ(shown_texts.at(0).at("origin"), "built_in");
  EXPECT_EQ(shown_texts.at(1).at("origin"), "school");
  EXPECT_EQ(shown_texts.at(1).at("author"), 9);
  EXPECT_EQ(shown_texts.at(1).at("edited"), true);
}

TEST_F(Templates, only_the_part_that_was_written_differs_from_the_built_in_text) {
  ASSERT_EQ(put(kCancelled, {{"audience", "parent"}, {"title", "Занятия не будет"}}).status, 200);
  EXPECT_THAT(shown(), HasSubstr("Занятия не будет\n\nПредмет: математика"));
}

TEST_F(Templates, takes_the_field_names_of_older_clients) {
  auto a = put(kPath + "/lesson_cancelled", {{"audience", "parent"},
                                             {"subject_template", "Старые имена"},
                                             {"body_template", "Тело"},
                                             {"description", "как раньше"}});
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("text").at("name"), "lesson.cancelled");
  EXPECT_EQ(a.body.at("text").at("note"), "как раньше");
  EXPECT_THAT(shown(), HasSubstr("Старые имена"));
}

TEST_F(Templates, a_rollback_is_a_new_version_that_says_so) {
  put(kCancelled, words("Первый"));
  put(kCancelled, words("Второй"));
  auto back = post(kCancelled + "/rollback", {{"audience", "parent"}, {"version", 1}});
  ASSERT_EQ(back.status, 200) << back.text;
  EXPECT_EQ(back.body.at("text").at("version"), 3);
  EXPECT_EQ(back.body.at("text").at("restored_from"), 1);
  EXPECT_THAT(shown(), HasSubstr("Первый"));
  auto versions = get(kCancelled + "/versions?limit=2");
  ASSERT_EQ(versions.body.at("items").as_array().size(), 2U);
  EXPECT_EQ(versions.body.at("items").at(0).at("version"), 3);
  auto next = std::string(versions.body.at("next_cursor").as_string());
  auto rest = get(kCancelled + "/versions?cursor=" + next);
  EXPECT_EQ(rest.body.at("items").at(0).at("version"), 1);
  EXPECT_TRUE(rest.body.at("next_cursor").is_null());
  EXPECT_EQ(post(kCancelled + "/rollback", {{"audience", "parent"}, {"version", 7}}).status, 404);
}

TEST_F(Templates, what_is_deleted_gives_the_place_back_and_can_be_had_again) {
  put(kCancelled, words("Наш"));
  EXPECT_EQ(ask(Method::delete_, kCancelled + "?audience=parent").status, 204);
  EXPECT_THAT(shown(), HasSubstr("Урок отменён"));
  EXPECT_EQ(get(kCancelled + "/versions").body.at("items").as_array().size(), 2U);
  EXPECT_EQ(ask(Method::delete_, kCancelled).status, 404);
  EXPECT_EQ(post(kCancelled + "/rollback", {{"audience", "parent"}, {"version", 1}}).status, 200);
  EXPECT_THAT(shown(), HasSubstr("Наш"));
}

TEST_F(Templates, a_text_can_come_later) {
  put(kCancelled, words("Сейчас"));
  auto planned = words("Потом");
  planned.as_object()["activate_at"] = "2026-03-02T12:30:00Z";
  auto saved = put(kCancelled, planned);
  EXPECT_EQ(saved.body.at("text").at("planned"), true) << saved.text;
  EXPECT_THAT(shown(), HasSubstr("Сейчас"));
  clock_.advance(30min);
  EXPECT_THAT(shown(), HasSubstr("Потом"));
}

TEST_F(Templates, an_upgrade_leaves_an_edited_text_and_says_that_the_built_in_one_has_changed) {
  put(kCancelled, words("Наш"));
  EXPECT_EQ(texts("?audience=parent&language=ru").at(1).at("built_in_changed"), false);
  // As if the program of that time had come with another text.
  wait(database_->script("update notification_templates set built_in = 'of an older program'"));
  EXPECT_EQ(texts("?audience=parent&language=ru").at(1).at("built_in_changed"), true);
  EXPECT_THAT(shown(), HasSubstr("Наш"));
}

TEST_F(Templates, every_built_in_text_passes_the_check_and_mentions_declared_variables_only) {
  for (auto path : templates::files()) {
    auto parts = split(path, '/');
    if (parts.size() != 2 || (parts[0] != "ru" && parts[0] != "en")) continue;
    auto stem = parts[1].substr(0, parts[1].rfind('.'));
    auto dot = stem.rfind('.');
    if (find_notification_type(stem.substr(0, dot)) == nullptr) continue;
    TextDraft draft{{"", stem.substr(0, dot), *parse_audience(stem.substr(dot + 1)), {}, parts[0]},
                    std::string(*templates::file(path)),
                    {}};
    auto check = runtime().renderer->check(draft, clock_.now());
    for (const auto& problem : check.errors) ADD_FAILURE() << path << ": " << problem.en;
    for (const auto& problem : check.warnings) ADD_FAILURE() << path << ": " << problem.en;
  }
}

struct Bad {
  std::string body, problem;
};

TEST_F(Templates, are_checked_before_they_are_kept) {
  const std::vector<Bad> cases = {
      {"{% if %}", "body line 1: this cannot be read"},
      {"а\nб {{ lesson.subjct }}",
       "body line 2: there is no variable lesson.subjct here; there are lesson.id"},
      {"{{ pupil }}", "body line 1: there is no variable pupil here; there are recipient"},
      {"{{ lesson.subject|uper }}", "body line 1: there is no such filter"},
      {"а\n{{ 1 / 0 }}", "body line 2: division by zero"},
      {"<table>", "this markup does not do"},
      {"<b>не закрыт", "this markup does not do"},
      {"{% include 'nothing.html' %}", "there is no such template"},
      {"{% for i in range(99999) %}{% for j in range(99) %}{% endfor %}{% endfor %}", "too many steps"},
      {"{{ 'а' * 5000 }}", "longer than 4096"},
  };
  for (const auto& bad : cases) {
    auto a = put(kCancelled, words("Заголовок", bad.body));
    EXPECT_THAT(problems(a), HasSubstr(bad.problem)) << bad.body;
  }
  EXPECT_THAT(problems(put(kCancelled, words("{{ '' }}"))), HasSubstr("the title is empty"));
  EXPECT_THAT(problems(put(kCancelled, {{"source", "Без макета"}})),
              HasSubstr("must begin with {% extends layout %}"));
  EXPECT_THAT(problems(put(kCancelled, {{"source", "x"}, {"body", "y"}})), HasSubstr("either a source"));
  EXPECT_THAT(problems(put(kPath + "/Open.Day", words("Т"))), HasSubstr("name"));
  EXPECT_TRUE(get(kCancelled + "/versions").body.at("items").as_array().empty());
}

TEST_F(Templates, validation_lists_variables_errors_by_line_and_what_may_be_missing) {
  auto a = post(kPath + "/validate", {{"name", "lesson.cancelled"},
                                      {"audience", "parent"},
                                      {"body", "{{ student.first_name }}\n{{ lesson.nothing }}"}});
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("valid"), false);
  EXPECT_EQ(a.body.at("variables"), (json::array{"lesson.nothing", "student.first_name"}));
  EXPECT_EQ(a.body.at("errors").at(0).at("line"), 2);
  EXPECT_EQ(a.body.at("errors").at(0).at("field"), "body");
  EXPECT_THAT(std::string(a.body.at("errors").at(0).at("message").at("ru").as_string()),
              HasSubstr("строка 2: переменной lesson.nothing здесь нет"));
  auto fine =
      post(kPath + "/validate",
           {{"name", "lesson.cancelled"}, {"audience", "parent"}, {"body", "Тема:\n{{ lesson.topic }}"}});
  EXPECT_EQ(fine.body.at("valid"), true) << fine.text;
  EXPECT_EQ(fine.body.at("warnings").at(0).at("line"), 2);
}

TEST_F(Templates, a_tutor_words_messages_of_their_own_and_nobody_elses) {
  put(kCancelled, words("От школы"));
  auto own = put(kCancelled, words("От Ольги"), "tutor 1");
  ASSERT_EQ(own.status, 200) << own.text;
  EXPECT_EQ(own.body.at("text").at("owner"), 1);
  EXPECT_THAT(shown("tutor 1"), HasSubstr("От Ольги"));
  EXPECT_THAT(shown("tutor 6"), HasSubstr("От школы"));
  EXPECT_THAT(shown(), HasSubstr("От школы"));
  auto foreign = words("Чужой");
  foreign.as_object()["owner"] = "1";
  EXPECT_EQ(put(kCancelled, foreign, "tutor 6").status, 403);
  foreign.as_object()["owner"] = "school";
  EXPECT_EQ(put(kCancelled, foreign, "tutor 6").status, 403);
  EXPECT_EQ(get(kCancelled + "?owner=1", "tutor 6").status, 403);
  EXPECT_EQ(texts("?audience=parent&language=ru", "tutor 1").as_array().size(), 3U);
  EXPECT_EQ(texts("?audience=parent&language=ru", "tutor 6").as_array().size(), 2U);
  EXPECT_EQ(ask(Method::delete_, kCancelled, nullptr, "tutor 6").status, 404);
  EXPECT_EQ(ask(Method::delete_, kCancelled + "?owner=1").status, 204);
  EXPECT_THAT(shown("tutor 1"), HasSubstr("От школы"));
  EXPECT_THAT(problems(put(kCancelled, {{"audience", "tutor"}, {"title", "Т"}}, "tutor 1")),
              HasSubstr("students and parents"));
}

TEST_F(Templates, a_name_of_the_schools_own_is_sent_by_and_asks_for_what_it_declares) {
  json::value day{{"name", "open_day"},
                  {"title", "День открытых дверей"},
                  {"body", "Ждём {{ day }}{% if place %}, {{ place }}{% endif %}."},
                  {"variables", {{"day", "5 сентября"}, {"place", nullptr}}}};
  auto made = post(kPath, day);
  ASSERT_EQ(made.status, 201) << made.text;
  EXPECT_EQ(post(kPath, day).status, 409);
  auto preview = post(kPath + "/render", {{"template_name", "open_day"}});
  EXPECT_THAT(std::string(preview.body.at("body").as_string()), HasSubstr("Ждём 5 сентября."))
      << preview.text;
  auto list = get(kPath).body.at("items").as_array();
  EXPECT_EQ(list.back().at("name"), "open_day");
  EXPECT_EQ(list.back().at("custom"), true);
  const std::string send = "/api/v1/notifications/send";
  EXPECT_EQ(problems(post(send, {{"user_id", 2}, {"template_name", "open_day"}})),
            "context_data open_day needs day; ");
  auto sent =
      post(send, {{"user_id", 2}, {"template_name", "open_day"}, {"context_data", {{"day", "завтра"}}}});
  ASSERT_EQ(sent.status, 200) << sent.text;
  EXPECT_EQ(messages_of_user("2").at(0).template_name, "open_day");
  EXPECT_EQ(messages_of_user("2").at(0).type, "custom");
  EXPECT_EQ(ask(Method::delete_, kPath + "/open_day").status, 204);
  EXPECT_EQ(get(kPath + "/open_day").status, 404);
}

TEST_F(Templates, what_a_tutor_sends_takes_the_tutors_own_words) {
  json::value note{{"title", "Заметка"}, {"body", "{{ what }}"}, {"variables", json::array{"what"}}};
  ASSERT_EQ(put(kPath + "/note", note, "tutor 1").status, 200);
  json::value send{{"user_id", 2}, {"template_name", "note"}, {"context_data", {{"what", "тетрадь"}}}};
  EXPECT_EQ(post("/api/v1/notifications/send", send, "tutor 1").status, 200);
  EXPECT_EQ(post("/api/v1/notifications/send", send).status, 422) << "not the school's";
}

TEST_F(Templates, of_a_tutor_are_two_hundred_at_most_and_those_that_stand_can_be_changed) {
  wait(database_->transaction([&](db::Transaction& tx) -> Task<> {
    auto change = co_await begin_template_change(tx);
    for (int i = 0; i < 200; ++i) {
      TextVersion text;
      text.key = {"1", "note" + std::to_string(i), Audience::any, {}, "ru"};
      text.created = text.active = clock_.now() + (i % 2) * 1h;
      co_await add_template_version(tx, text, change, false);
    }
  }));
  wait(refresh_texts(*database_, *runtime().texts, clock_.now()));
  const json::value note{{"title", "Заметка"}, {"body", "Тетрадь"}};
  EXPECT_THAT(problems(put(kPath + "/another", note, "tutor 1")), HasSubstr("at most 200 texts"));
  EXPECT_EQ(put(kPath + "/note0", note, "tutor 1").status, 200);
  EXPECT_EQ(ask(Method::delete_, kPath + "/note1", nullptr, "tutor 1").status, 204);
  EXPECT_EQ(put(kPath + "/another", note, "tutor 1").status, 200);
  EXPECT_EQ(put(kPath + "/another2", note, "tutor 6").status, 200);
}

TEST_F(Templates, a_text_that_fails_on_real_data_gives_way_to_the_next_best) {
  put(kCancelled, words("От школы"));
  ASSERT_EQ(
      put(kCancelled, words("Цена", "{% if lesson.price %}{{ lesson.price / lesson.rating }}{% endif %}"),
          "tutor 1")
          .status,
      200);
  Message message;
  message.type = "lesson.cancelled";
  message.audience = Audience::parent;
  message.context = {{"tutor", {{"id", 1}}}, {"lesson", {{"id", 7}, {"price", 5}, {"rating", 0}}}};
  auto out = runtime().renderer->render(message, Person{}, Channel::telegram, "", clock_.now());
  ASSERT_TRUE(out) << out.error().message;
  EXPECT_EQ(out->title, "От школы");
  EXPECT_EQ(out->text, "lesson.cancelled (parent, ru), version 1");
  EXPECT_THAT(out->problem, HasSubstr("lesson.cancelled (parent, ru) of tutor 1, line 2: division by zero"));
}

TEST_F(Templates, a_message_whose_own_name_is_gone_still_says_what_the_caller_said) {
  Message message;
  message.type = "custom";
  message.template_name = "gone";
  message.context = {{"message", "Слова"}};
  auto gone = runtime().renderer->render(message, Person{}, Channel::telegram, "", clock_.now());
  ASSERT_TRUE(gone) << gone.error().message;
  EXPECT_THAT(gone->plain, HasSubstr("Слова"));
  EXPECT_EQ(gone->problem, "there is no template for gone");
  ASSERT_EQ(put(kPath + "/gone", {{"title", "Т"}, {"body", "{{ 1 / n }}"}, {"variables", {{"n", 1}}}}).status,
            200);
  message.context["n"] = 0;
  auto out = runtime().renderer->render(message, Person{}, Channel::telegram, "", clock_.now());
  ASSERT_TRUE(out) << out.error().message;
  EXPECT_THAT(out->plain, HasSubstr("Слова"));
  EXPECT_THAT(out->problem, HasSubstr("gone (any, ru), line 2: division by zero"));
}

}  // namespace
}  // namespace rb::notification
