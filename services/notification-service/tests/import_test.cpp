// A tutor's own lists over HTTP. The school's Monday is 2 March 2026.
#include <fstream>

#include "store/imports.hpp"
#include "tests/api_fixture.hpp"

namespace rb::notification {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

const std::string kPeople =
    "имя;роль;почта;дети\nБорис Ан;ученик;boris@example.test;\nЛена Ан;родитель;lena@example.test;Борис\n";
const std::string kLessons = "ученик;начало\nБорис;05.03.2026 17:00\nБорис;06.03.2026 17:00\n";

class Import : public ApiFixture {
 protected:
  Answered import(const json::object& body, const std::string& who = "tutor 1") {
    auto answered = post("/api/v1/import", body, who);
    clock_.advance(1s);
    return answered;
  }
  Answered upload(const std::string& csv, const std::string& query = "", const std::string& who = "tutor 1") {
    http::Request request;
    request.method = http::Method::post;
    request.target = "/api/v1/import" + query;
    request.body = csv;
    request.headers.set("Content-Type", "text/csv; charset=windows-1251");
    request.headers.set("Authorization", "Bearer " + token(who));
    return answer(std::move(request));
  }
  std::size_t events_published() {
    auto rows = wait(database_->read(kCount, {}));
    return static_cast<std::size_t>(rows.integer(0, "amount"));
  }
  static constexpr db::Query kCount{"count_accepted",
                                    "select count(*) as amount from notification_accepted_events",
                                    "select count(*) as amount from notification_accepted_events",
                                    {}};
};

TEST_F(Import, makes_people_known_at_once_and_events_of_all_rows) {
  auto a = import({{"people", kPeople}, {"lessons", kLessons}});
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("people").at("created"), 2);
  EXPECT_EQ(a.body.at("lessons").at("created"), 2);
  EXPECT_EQ(events_published(), 4U);
  EXPECT_EQ(person(lists::person_id_of("Лена Ан")).children,
            std::vector<std::string>{lists::person_id_of("Борис Ан")});
  auto again = import({{"people", kPeople}, {"lessons", kLessons}});
  EXPECT_EQ(again.body.at("people").at("unchanged"), 2) << again.text;
  EXPECT_EQ(again.body.at("lessons").at("unchanged"), 2);
  EXPECT_TRUE(again.body.at("changes").as_array().empty());
  EXPECT_EQ(events_published(), 4U);
}

TEST_F(Import, tells_the_plan_and_changes_nothing_in_a_dry_run) {
  import({{"people", kPeople}, {"lessons", kLessons}});
  auto published = events_published();
  auto plan = import({{"lessons", "ученик;начало\nБорис;05.03.2026 18:00\n"}, {"dry_run", true}});
  ASSERT_EQ(plan.status, 200) << plan.text;
  EXPECT_EQ(plan.body.at("dry_run"), true);
  EXPECT_EQ(plan.body.at("lessons").at("moved"), 1);
  EXPECT_EQ(plan.body.at("lessons").at("cancelled"), 1);
  EXPECT_EQ(plan.body.at("changes").at(0).at("text"), "Борис Ан, 5 марта 17:00 → 18:00");
  EXPECT_EQ(plan.body.at("changes").at(0).at("line"), 2);
  EXPECT_EQ(plan.body.at("changes").at(1).at("text"), "Борис Ан, 6 марта 17:00");
  EXPECT_EQ(plan.body.at("changes").at(1).at("action"), "cancelled");
  EXPECT_EQ(events_published(), published);
}

TEST_F(Import, takes_a_raw_file_in_any_encoding_with_the_rest_in_the_query) {
  // «имя;роль» and «Ян;ученик» as Russian Excel writes them
  auto a = upload("\xE8\xEC\xFF;\xF0\xEE\xEB\xFC\n\xDF\xED;\xF3\xF7\xE5\xED\xE8\xEA\n",
                  "?list=people&dry_run=true");
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("dry_run"), true);
  EXPECT_EQ(a.body.at("changes").at(0).at("text"), "Ян");
  EXPECT_EQ(upload(kPeople).body.at("people").at("created"), 2);
  EXPECT_EQ(upload(kPeople, "?list=cars").status, 422);
}

TEST_F(Import, changes_nothing_when_one_row_is_wrong) {
  auto a =
      import({{"people", kPeople}, {"lessons", "ученик;начало\nБорис;05.03.2026 17:00\nЗоя;когда-нибудь\n"}});
  EXPECT_EQ(a.status, 422);
  EXPECT_EQ(a.body.at("errors").at(0).at("field"), "lessons:3:начало") << a.text;
  EXPECT_EQ(events_published(), 0U);
  EXPECT_TRUE(wait(imported_people(reading(*database_), {})).empty());
}

TEST_F(Import, refuses_what_is_no_import_by_name) {
  EXPECT_THAT(import({}).text, HasSubstr("a list is needed"));
  EXPECT_THAT(import({{"people", kPeople}, {"timezone", "Mars/Base"}}).text, HasSubstr("is not a time zone"));
  EXPECT_EQ(upload("").status, 422);
}

TEST_F(Import, lets_a_tutor_speak_of_their_own_students_only) {
  auto stranger = import({{"people", "id;имя;роль\n5;Аня Ким;ученик\n"}});
  EXPECT_EQ(stranger.status, 422);
  EXPECT_THAT(stranger.text, HasSubstr("none of yours")) << stranger.text;
  EXPECT_THAT(import({{"people", "имя;роль\nОлег;администратор\n"}}).text, HasSubstr("на это нет права"));
  EXPECT_THAT(import({{"lessons", "ученик;начало;репетитор\n2;05.03.2026 17:00;6\n"}}).text,
              HasSubstr("такого человека нет"));
  // Another tutor's student has the same name: only the own one is meant.
  auto own = import({{"lessons", "ученик;начало\nАня Ким;05.03.2026 17:00\n"}});
  ASSERT_EQ(own.status, 200) << own.text;
  auto remembered = wait(imported_lessons(reading(*database_), clock_.now(), {}));
  ASSERT_EQ(remembered.size(), 1U);
  EXPECT_EQ(remembered.begin()->second.students, std::vector<std::string>{"2"});
  EXPECT_EQ(remembered.begin()->second.tutor_id, "1");
}

TEST_F(Import, keeps_erased_people_erased) {
  import({{"people", kPeople}});
  auto id = lists::person_id_of("Борис Ан");
  ASSERT_EQ(person(id).full_name, "Борис Ан");
  in_transaction([&](db::Transaction& tx) { erase_person(tx, runtime().rules.secret, id, clock_.now()); });
  auto a = import({{"people", kPeople}, {"lessons", kLessons}});
  ASSERT_EQ(a.status, 200) << a.text;
  EXPECT_EQ(a.body.at("people").at("erased"), 2);  // with the mother, who is not of this tutor's any more
  EXPECT_EQ(a.body.at("lessons").at("erased"), 2);
  EXPECT_FALSE(person(id).known);
}

TEST_F(Import, takes_the_lists_of_the_documentation) {
  auto text = [](const std::string& name) {
    std::ifstream in("docs/examples/" + name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  auto a = import({{"people", text("people.csv")}, {"lessons", text("lessons.csv")}}, "service cli");
  ASSERT_EQ(a.status, 422) << a.text;  // the school of this test has two tutors already
  EXPECT_THAT(a.text, HasSubstr("репетиторов несколько"));
}

}  // namespace
}  // namespace rb::notification
