// Named charts, their pictures and pages over the API.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/api_fixture.hpp"

namespace rb::analytics {
namespace {

using testing::HasSubstr;

class Charts : public ApiFixture {
 protected:
  void SetUp() override {
    tell({event("c1", "lesson.completed",
                {{"lesson_id", 71},
                 {"tutor_id", 1},
                 {"student_id", 2},
                 {"completed_at", "2026-03-01T12:00:00Z"},
                 {"subject", "Физика"},
                 {"topic", "Ньютон </script>"},
                 {"rating", 4.5}}),
          event("c2", "lesson.completed",
                {{"lesson_id", 72},
                 {"tutor_id", 1},
                 {"student_id", 2},
                 {"completed_at", "2026-03-02T10:00:00Z"},
                 {"subject", "Физика"},
                 {"topic", "Оптика"},
                 {"rating", 5}}),
          event("y1", "payment.processed",
                {{"payment_id", 1}, {"amount", "1234.50"}, {"tutor_id", 1}, {"student_id", 2}}),
          event("m1", "material.accessed", {{"material_id", 1}, {"title", "Законы"}, {"user_id", 2}}),
          event("g1", "user.login", {{"user_id", 2}, {"role", "student"}})});
  }
  // For tests/contract/charts.test.mjs, which shows them to plotly.js, and both pictures to a person.
  void keep(const std::string& name, const json::value& figure) {
    const auto* folder = std::getenv("RB_CHARTS");
    if (folder == nullptr) return;
    auto path = std::filesystem::path(folder) / name;
    std::ofstream(path.string() + ".json") << json::to_text(figure);
    auto picture =
        post("/api/v1/charts/render", json::object{{"figure", figure}, {"width", 800}, {"height", 600}});
    EXPECT_EQ(picture.status, 200) << name << picture.text;
    std::ofstream(path.string() + ".png", std::ios::binary) << picture.text;
  }
  json::value chart(const std::string& path, const std::string& who = "admin 9") {
    auto answer = get("/api/v1/charts/" + path, who);
    EXPECT_EQ(answer.status, 200) << path << answer.text;
    return json::parse(answer.text).value();
  }
};

TEST_F(Charts, show_the_figures_of_the_other_endpoints) {
  auto lessons = chart("lessons/completion?days=7");
  EXPECT_EQ(lessons.at("summary").at("completed_lessons"), 2);
  EXPECT_EQ(lessons.at("summary").at("average_completion_rate"), 100);
  EXPECT_EQ(lessons.at("data").as_array().size(), 7U);
  EXPECT_EQ(lessons.at("chart").at("data").as_array().size(), 2U);
  EXPECT_EQ(lessons.at("chart").at("layout").at("yaxis").at("dtick"), 1) << "no tick for half a lesson";
  EXPECT_THAT(std::string(lessons.at("summary").at("text").as_string()), HasSubstr("2 занятия"));
  EXPECT_EQ(chart("revenue/trends").at("summary").at("total_revenue"), 1234.5);
  auto topics = chart("students/progress?student_id=2").at("data").as_array();
  ASSERT_EQ(topics.size(), 2U);
  EXPECT_EQ(topics[1].at("topic"), "Оптика") << "in the order learnt";
}

TEST_F(Charts, are_drawn_in_every_kind) {
  auto types = chart("types").at("chart_types").as_object();
  EXPECT_EQ(types.size(), 9U);
  for (const auto& [name, type] : types)
    for (const auto& kind : type.at("types").as_array()) {
      std::string target(type.at("path").as_string().subview(15));
      auto got = chart(target + "?student_id=2&kind=" + std::string(kind.as_string()));
      EXPECT_FALSE(got.at("chart").at("data").as_array().empty()) << name << kind;
      EXPECT_FALSE(got.at("summary").at("text").as_string().empty()) << name << kind;
      keep(std::string(name) + "_" + std::string(kind.as_string()), got.at("chart"));
    }
  EXPECT_EQ(get("/api/v1/charts/revenue/trends?kind=pie").status, 422);
}

TEST_F(Charts, say_kindly_that_there_is_nothing) {
  auto empty = chart("lessons/completion?start_date=2020-01-01&end_date=2020-01-05&language=en");
  EXPECT_TRUE(empty.at("chart").at("data").as_array().empty());
  EXPECT_EQ(empty.at("summary").at("text"), "Nothing here yet: no data in this period");
}

TEST_F(Charts, list_what_the_caller_may_see) {
  auto names = [this](const std::string& who) {
    std::string out;
    for (const auto& [name, type] : chart("types", who).at("chart_types").as_object())
      out += std::string(name) + " ";
    return out;
  };
  EXPECT_EQ(names("parent 3"), "lesson_completion subject_performance material_usage ");
  EXPECT_EQ(names("student 2"), names("parent 3"));
  EXPECT_THAT(names("tutor 1"), testing::Not(HasSubstr("user_activity")));
}

TEST_F(Charts, become_pages_that_work_offline) {
  auto page = get("/api/v1/charts/export/subject_performance?format=html");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.text, HasSubstr("Plotly.newPlot('chart'"));
  EXPECT_EQ(page.text.find("src=\"http"), std::string::npos);
  if (const auto* folder = std::getenv("RB_CHARTS"); folder != nullptr)
    std::ofstream(std::filesystem::path(folder) / "subject_performance.html") << page.text;
  EXPECT_EQ(get("/api/v1/charts/export/nothing").status, 404);
}

TEST_F(Charts, become_pictures) {
  EXPECT_THAT(get("/api/v1/charts/export/lesson_completion?format=png").text, HasSubstr("PNG"));
  auto svg = get("/api/v1/charts/export/lesson_completion?format=svg&width=640&height=480").text;
  EXPECT_THAT(svg, HasSubstr("Занятия по дням"));
  EXPECT_THAT(svg, HasSubstr("2 занятия")) << "the alternative text";
  json::object figure{{"data", {{{"type", "bar"}, {"x", {"а"}}, {"y", {1}}}}}};
  EXPECT_EQ(
      post("/api/v1/charts/render", json::object{{"figure", figure}, {"format", "pdf"}}).text.substr(0, 4),
      "%PDF");
  EXPECT_EQ(post("/api/v1/charts/render", json::object{{"figure", figure}, {"width", 100000}}).status, 422);
  EXPECT_THAT(get("/metrics").text, HasSubstr("repitbot_chart_render_seconds_count{format=\"pdf\"} 1"));
}

TEST_F(Charts, are_made_of_given_rows) {
  json::object config{{"type", "bar"}, {"x", "month"}, {"y", "n"}, {"title", "Мои"}};
  json::array rows{{{"month", "май"}, {"n", 3}}, {{"month", "июнь"}, {"n", nullptr}}};
  auto answer = post("/api/v1/charts/custom", json::object{{"data", rows}, {"config", config}});
  EXPECT_EQ(answer.status, 200) << answer.text;
  EXPECT_THAT(answer.text, HasSubstr("\"y\":[3,null]"));
  config["y"] = "month";
  EXPECT_THAT(problems(post("/api/v1/charts/custom", json::object{{"data", rows}, {"config", config}})),
              HasSubstr("data[0].month"));
}

}  // namespace
}  // namespace rb::analytics
