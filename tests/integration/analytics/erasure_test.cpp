// A person who is erased leaves figures and no trace of who it was.
#include "school.hpp"

namespace rb::analytics {
namespace {

class Erasure : public School {
 protected:
  void SetUp() override {
    School::SetUp();
    happens("1", "user.registered",
            R"("user_id":"anya-77","role":"student","full_name":"Аня Ким","email":"anya@example.test",)"
            R"("telegram_id":424242,"birth_year":2011,"is_minor":true,"language":"ru","address_form":"ты")");
    happens("2", "user.registered", R"("user_id":3,"full_name":"Вера Ким","children_ids":["anya-77"])");
    happens(
        "3", "lesson.created",
        R"("lesson_id":7,"tutor_id":1,"student_id":"anya-77","topic":"Слабые места Ани","scheduled_at":"2026-01-06T10:00:00Z","price":1000)");
    happens("4", "homework.assigned",
            R"("homework_id":5,"tutor_id":1,"student_id":"anya-77","description":"Ане: № 5")");
    happens("5", "payment.processed",
            R"("payment_id":9,"amount":100,"student_id":"anya-77","description":"за Аню","tutor_id":1)");
    happens("6", "user.login", R"("user_id":"anya-77","platform":"web")");
    happens("7", "material.accessed", R"("material_id":4,"title":"Конспект","user_id":"anya-77")");
    publish({{"user.login", "", R"({"user_id":["anya-77"],"x":"Аня Ким"})"}});  // nobody understands it
    wait_for_events(7);
  }

  // Rows that hold a text, over all tables of the service.
  std::int64_t traces(const std::string& text) {
    std::int64_t out = 0;
    for (auto [table, columns] : std::initializer_list<std::pair<const char*, const char*>>{
             {"event_log", "data || entity"},
             {"places", "student_id || topic"},
             {"payments", "student_id || payer_id"},
             {"homework", "student_id || student_ids || description"},
             {"logins", "user_id || platform"},
             {"accesses", "user_id || student_id"},
             {"people", "id || full_name"},
             {"relations", "person_id || other_id"},
             {"dead_letters", "body"},
             {"names", "name"},
             {"versions", "id"}})
      out += count("select count(*) as n from analytics_" + std::string(table) + " where " + columns +
                   " like '%" + text + "%'");
    return out;
  }

  std::int64_t lessons() { return count("select count(distinct lesson_id) as n from analytics_places"); }
};

TEST_P(Erasure, takes_name_id_and_texts_and_leaves_the_figures) {
  EXPECT_GT(traces("anya-77"), 5);
  happens("8", "user.deleted", R"("user_id":"anya-77")");
  wait_for_events(8);
  for (const auto* text : {"Аня", "Ане", "Ани", "Аню", "anya@", "web", "anya-77"})
    EXPECT_EQ(traces(text), 0) << text;
  for (const auto* field : {"424242", "birth_year", "is_minor", "language", "address_form"})
    EXPECT_EQ(traces(field), 0) << field;
  EXPECT_EQ(traces("Вера Ким"), 2) << "log and people";
  EXPECT_EQ(lessons(), 1);
  EXPECT_EQ(count("select processed as n from analytics_payments"), 10000);
  EXPECT_EQ(count("select count(*) as n from analytics_logins"), 1);
  EXPECT_EQ(count("select count(*) as n from analytics_places where student_id like 'erased-%'"), 1);
  EXPECT_EQ(count("select count(*) as n from analytics_relations where other_id like 'erased-%'"), 1);
  EXPECT_EQ(differences(), std::vector<std::string>{});
}

TEST_P(Erasure, holds_when_events_about_the_person_come_later_or_again) {
  happens("8", "user.deleted", R"("user_id":"anya-77")");
  wait_for_events(8);
  restart();
  happens("1", "user.registered", R"("user_id":"anya-77","full_name":"Аня Ким")");
  happens("9", "user.updated", R"("user_id":"anya-77","full_name":"Аня Ким")");
  happens(
      "10", "lesson.completed",
      R"("lesson_id":7,"tutor_id":1,"student_id":"anya-77","topic":"Про Аню","completed_at":"2026-01-06T11:00:00Z")");
  wait_for_events(10);
  EXPECT_EQ(traces("Аня"), 0);
  EXPECT_EQ(traces("Аню"), 0);
  EXPECT_EQ(count("select count(*) as n from analytics_people where id like 'erased-%'"), 1);
  EXPECT_EQ(count("select count(*) as n from analytics_places"), 1) << "the completion found its lesson";
  EXPECT_EQ(count("select status as n from analytics_places"), 1);
  EXPECT_EQ(differences(), std::vector<std::string>{});
}

TEST_P(Erasure, finds_ids_of_any_letters) {
  happens("8", "user.login", R"("user_id":"a\"b\\%_я")");
  happens("9", "user.deleted", R"("user_id":"a\"b\\%_я")");
  wait_for_events(9);
  EXPECT_EQ(count("select count(*) as n from analytics_logins where user_id like 'erased-%'"), 1);
  EXPECT_EQ(count("select count(*) as n from analytics_logins where user_id = 'anya-77'"), 1);
  EXPECT_EQ(differences(), std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(Backends, Erasure, testing::Values("embedded", "distributed"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::analytics
