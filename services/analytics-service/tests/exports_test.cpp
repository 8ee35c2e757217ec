// Raw rows over the API: what stands in them, whose they are, and that nothing is lost between pages.
#include "tests/api_fixture.hpp"

namespace rb::analytics {
namespace {

using testing::HasSubstr;

class Exports : public ApiFixture {
 protected:
  void SetUp() override {
    tell({event("c1", "lesson.completed",
                {{"lesson_id", 71},
                 {"tutor_id", 1},
                 {"student_id", 2},
                 {"scheduled_at", "2026-03-01T21:00:00Z"},
                 {"completed_at", "2026-03-01T22:30:00Z"},  // in Moscow it is the 2nd
                 {"subject", "Физика"},
                 {"topic", "=1+1; законы"},
                 {"duration_minutes", 90},
                 {"price", "1500.50"},
                 {"tutor_pay", 900},
                 {"rating", 4.5}}),
          event("c2", "lesson.cancelled", {{"lesson_id", 72}, {"tutor_id", 6}, {"student_id", 5}}),
          payment("y1", 1, 1, 2, "RUB"), payment("y2", 2, 6, 5, "RUB"), payment("y3", 3, 1, 2, "JPY"),
          event("h1", "homework.assigned", {{"homework_id", 1}, {"student_ids", {2, 5}}, {"tutor_id", 1}}),
          event("m1", "material.accessed", {{"material_id", 1}, {"title", "Ньютон"}, {"user_id", 2}}),
          event("m2", "material.accessed", {{"material_id", 2}, {"title", "Чужое"}, {"user_id", 5}}),
          event("n1", "user.updated", {{"user_id", 2}, {"full_name", "Аня Ким"}})});
  }

  static json::value payment(const std::string& id, int number, int tutor, int student,
                             const std::string& currency) {
    return event(id, "payment.processed",
                 {{"payment_id", number},
                  {"amount", "4000"},
                  {"currency", currency},
                  {"tutor_id", tutor},
                  {"student_id", student}});
  }

  struct File {
    http::Headers headers;
    std::string text;
    std::size_t longest = 0;  // piece of it
  };
  File file(const std::string& target, const std::string& who = "admin 9") {
    auto response = streamed("/api/v1/export/" + target, who);
    Written written;
    if (response.stream) wait(response.stream(written));
    return {response.headers, written.text, written.longest};
  }
  json::array rows(const std::string& target, const std::string& who = "admin 9") {
    auto text = file(target + (target.contains('?') ? "&" : "?") + "format=json", who).text;
    auto parsed = json::parse(text);
    EXPECT_TRUE(parsed) << text;
    return parsed ? parsed->as_array() : json::array();
  }
  std::string ids(const std::string& target, const std::string& who, const std::string& member) {
    std::string out;
    for (const auto& row : rows(target, who)) out += json::to_text(row.at(member)) + " ";
    return out;
  }
};

TEST_F(Exports, open_in_a_spreadsheet_as_they_are) {
  auto got = file("lessons?delimiter=;&days=7&subject=Физика");
  EXPECT_EQ(
      got.text,
      "\xEF\xBB\xBFlesson_id;at;scheduled_at;tutor_id;student_id;status;attendance;subject;topic;lesson_type;"
      "duration_minutes;rating;charged;price;price_currency;tutor_pay;tutor_pay_currency\r\n"
      "71;2026-03-02T01:30:00+03:00;2026-03-02T00:00:00+03:00;1;2;completed;;Физика;\"'=1+1; законы\";;90;"
      "4,5;true;1500,50;RUB;900,00;RUB\r\n");
  EXPECT_EQ(got.headers.get("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_EQ(got.headers.get("Content-Disposition"),
            "attachment; filename=\"lessons-2026-02-24-2026-03-02.csv\"");
}

TEST_F(Exports, in_json_keep_their_types) {
  auto lessons = rows("lessons?days=7&student_id=2&timezone=UTC");
  ASSERT_EQ(lessons.size(), 1U) << "lesson 70 is tomorrow";
  EXPECT_EQ(lessons[0].at("lesson_id"), 71);
  EXPECT_EQ(lessons[0].at("at"), "2026-03-01T22:30:00+00:00");
  EXPECT_EQ(lessons[0].at("price"), 1500.5);
  EXPECT_EQ(lessons[0].at("topic"), "=1+1; законы");
  EXPECT_TRUE(lessons[0].at("attendance").is_null());
  EXPECT_THAT(file("lessons?format=json").text, HasSubstr("\"price\":1500.50,"));
  auto lines = file("payments?format=ndjson&currency=JPY");
  EXPECT_EQ(lines.text,
            "{\"payment_id\":3,\"at\":\"2026-03-02T14:00:00+03:00\",\"status\":\"processed\",\"amount\":4000,"
            "\"currency\":\"JPY\",\"payment_method\":null,\"student_id\":2,\"payer_id\":2,\"tutor_id\":1}\n");
  EXPECT_EQ(lines.headers.get("Content-Type"), "application/x-ndjson");
}

TEST_F(Exports, are_of_own_lessons_children_or_self_only) {
  struct Case {
    std::string target, who, member, own;
  };
  const std::vector<Case> cases = {{"lessons", "tutor 1", "lesson_id", "71 "},
                                   {"lessons", "tutor 6", "lesson_id", "72 "},
                                   {"lessons", "parent 3", "lesson_id", "71 "},
                                   {"lessons", "student 5", "lesson_id", "72 "},
                                   {"lessons", "parent 99", "lesson_id", ""},
                                   {"lessons?student_id=2", "tutor 1", "lesson_id", "71 "},
                                   {"payments", "tutor 1", "payment_id", "1 3 "},
                                   {"payments", "parent 7", "payment_id", "2 "},
                                   {"payments", "student 2", "payment_id", "1 3 "},
                                   {"homework", "tutor 1", "student_id", "2 5 "},
                                   {"homework", "tutor 6", "student_id", ""},
                                   {"homework", "parent 3", "student_id", "2 "},
                                   {"homework", "student 5", "student_id", "5 "},
                                   {"materials", "student 2", "title", "\"Ньютон\" "},
                                   {"materials", "parent 7", "title", "\"Чужое\" "},
                                   {"materials", "tutor 1", "title", ""},
                                   {"materials", "admin 9", "title", "\"Ньютон\" \"Чужое\" "}};
  for (const auto& one : cases)
    EXPECT_EQ(ids(one.target, one.who, one.member), one.own) << one.target << " as " << one.who;
}

TEST_F(Exports, of_people_are_everyone_unless_a_period_is_named) {
  auto people = rows("users");
  ASSERT_EQ(people.size(), 4U);
  EXPECT_EQ(people[0].at("user_id"), 2);
  EXPECT_EQ(people[0].at("full_name"), "Аня Ким");
  EXPECT_EQ(people[0].at("roles"), (json::array{"student"}));
  EXPECT_EQ(people[0].at("tutor_ids"), (json::array{1}));
  EXPECT_EQ(people[1].at("children_ids"), (json::array{2}));
  EXPECT_EQ(file("users").headers.get("Content-Disposition"), "attachment; filename=\"users.csv\"");
  EXPECT_EQ(rows("users?days=1").size(), 4U);
  EXPECT_TRUE(rows("users?start_date=2026-01-01&end_date=2026-01-02").empty());
}

TEST_F(Exports, of_events_hold_what_they_say) {
  auto events = rows("events?days=1");
  ASSERT_EQ(events.size(), 14U);
  EXPECT_EQ(events[13].at("id"), "n1");
  EXPECT_EQ(events[13].at("data").at("full_name"), "Аня Ким");
  EXPECT_TRUE(rows("events?end_date=2026-02-28").empty());
}

TEST_F(Exports, go_on_from_page_to_page_with_a_bounded_memory) {
  wait(database_->script(R"(
      insert into analytics_places (tutor_id, at, lesson_id, student_id, status, attendance, charged, first_at, last_at,
        subject, topic, type, minutes)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 2500)
      select '1', 1772452800000000, printf('x%05d', i), '2', 1, '', 0, 0, 0, '', '', '', 60 from n)"));
  for (const auto* who : {"admin 9", "tutor 1", "parent 3"}) {
    auto got = file("lessons?format=ndjson&student_id=2", who);
    EXPECT_EQ(std::ranges::count(got.text, '\n'), 2501) << who;
    EXPECT_EQ(got.text.find("x01000\""), got.text.rfind("x01000\"")) << who;
    EXPECT_LT(got.longest, got.text.size() / 2) << who;
  }
}

TEST_F(Exports, for_excel_come_in_pieces_under_either_name) {
  for (const auto* name : {"xlsx", "excel"}) {
    auto got = file(std::string("events?days=7&format=") + name);
    EXPECT_THAT(got.text, testing::StartsWith("PK\x03\x04"));
    EXPECT_THAT(got.text, HasSubstr("xl/workbook.xml"));
    EXPECT_EQ(got.headers.get("Content-Type"),
              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    EXPECT_EQ(got.headers.get("Content-Disposition"),
              "attachment; filename=\"events-2026-02-24-2026-03-02.xlsx\"");
  }
}

TEST_F(Exports, for_excel_end_when_their_reader_leaves) {
  Written written;
  written.left = true;
  wait(streamed("/api/v1/export/lessons?format=xlsx").stream(written));
  EXPECT_EQ(written.text, "");
}

TEST_F(Exports, refuse_what_they_cannot_write) {
  for (const auto* wrong : {"format=xls", "delimiter=|", "days=0", "days=7&end_date=2026-03-01"})
    EXPECT_EQ(get(std::string("/api/v1/export/lessons?") + wrong).status, 422) << wrong;
  EXPECT_THAT(problems(get("/api/v1/export/users?format=xls")), HasSubstr("csv, json, ndjson, xlsx, excel"));
}

}  // namespace
}  // namespace rb::analytics
