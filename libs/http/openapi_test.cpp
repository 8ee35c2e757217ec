#include "http/openapi.hpp"

#include <gtest/gtest.h>

namespace school {

struct Filter {
  std::string user_id;
  int limit = 50;
  std::vector<std::string> status;
};
BOOST_DESCRIBE_STRUCT(Filter, (), (user_id, limit, status))
rb::json::Rules rules(const Filter*) {
  using rb::json::rule;
  return {rule("user_id").integer_or_text().doc("whose notes").example(5),
          rule("limit").range(1, 100).defaulted(), rule("status").defaulted()};
}

struct Note {
  std::string user_id;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(Note, (), (user_id, text))

struct Notes {
  std::vector<Note> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(Notes, (), (items, next_cursor))

}  // namespace school

namespace rb::http {
namespace {

using json::to_text;

Task<Result<school::Notes>> list(school::Filter) { co_return school::Notes{}; }
Task<Result<Reply<school::Note>>> create(school::Note in) { co_return Reply<school::Note>{in, 0, {}}; }
Task<Result<Response>> download() { co_return Response{}; }
Task<Result<void>> free_body(json::value) { co_return Result<void>(); }

class OpenApiTest : public testing::Test {
 protected:
  OpenApiTest() {
    api.add(get("/notes/{user_id}", &list)
                .roles({"admin", "tutor"})
                .summary("Notes of one user")
                .tag("notes")
                .errors({Errc::not_found})
                .alias("/old/{user_id}"));
    api.add(post("/notes/{user_id}", &create)
                .authenticated()
                .status(201)
                .tag("notes")
                .example({{"text", "Привет"}}));
    api.add(post("/notes", &create).form());
    api.add(
        get("/file/{name*}", &download).answers("text/csv", "the rows").answers("application/json").ticket());
    api.add(post("/free", &free_body));
    api.add(get("/secret", &download).hidden());
    api.show_answers({{"GET /file/{name*}", {{"text/csv", "a,b"}}}, {"POST /notes", {{"text", "Привет"}}}});
    document = openapi(api);
  }
  const json::object& operation(std::string_view path, std::string_view method) {
    return document.at("paths").at(path).at(method).as_object();
  }

  SystemClock clock;
  Api api{clock, {.service = "school", .version = "1.0"}};
  json::object document;
};

TEST_F(OpenApiTest, describes_parameters_from_the_input_struct) {
  const auto& parameters = operation("/notes/{user_id}", "get").at("parameters").as_array();
  ASSERT_EQ(parameters.size(), 3U);
  EXPECT_EQ(to_text(parameters[0]),
            R"({"name":"user_id","in":"path","required":true,"description":"whose notes","example":5,)"
            R"("schema":{"type":["string","integer"]}})");
  EXPECT_EQ(to_text(parameters[1]), R"({"name":"limit","in":"query","required":false,)"
                                    R"("schema":{"type":"integer","minimum":1,"maximum":100}})");
}

TEST_F(OpenApiTest, describes_the_body_without_what_comes_from_the_path) {
  EXPECT_EQ(to_text(operation("/notes/{user_id}", "post").at("requestBody")),
            R"({"required":true,"content":{"application/json":{"schema":{"type":"object",)"
            R"("properties":{"text":{"type":"string"}},"required":["text"]},"example":{"text":"Привет"}}}})");
  const auto& whole = operation("/notes", "post").at("requestBody").at("content").as_object();
  EXPECT_EQ(to_text(whole.at("application/json")), R"({"schema":{"$ref":"#/components/schemas/Note"}})");
  EXPECT_TRUE(whole.contains("application/x-www-form-urlencoded"));
}

TEST_F(OpenApiTest, lists_answers_rights_and_problems) {
  const auto& get = operation("/notes/{user_id}", "get");
  std::vector<std::string> statuses;
  for (const auto& [status, answer] : get.at("responses").as_object()) statuses.emplace_back(status);
  EXPECT_EQ(statuses, (std::vector<std::string>{"200", "401", "403", "404", "422"}));
  EXPECT_EQ(to_text(get.at("responses").at("200").at("content").at("application/json").at("schema")),
            R"({"$ref":"#/components/schemas/Notes"})");
  EXPECT_EQ(to_text(get.at("security")), R"([{"bearer":[]}])");
  EXPECT_EQ(to_text(operation("/notes", "post").at("security")), "[]");
  EXPECT_TRUE(operation("/notes/{user_id}", "post").at("responses").as_object().contains("201"));
  EXPECT_TRUE(operation("/free", "post").at("responses").as_object().contains("204"));
  EXPECT_TRUE(document.at("components").at("schemas").as_object().contains("Problem"));
}

TEST_F(OpenApiTest, shows_answers_and_of_several_types_each_its_own) {
  const auto& file = operation("/file/{name}", "get").at("responses").at("200").at("content");
  EXPECT_EQ(to_text(file), R"({"text/csv":{"example":"a,b"},"application/json":{}})");
  const auto& note =
      operation("/notes", "post").at("responses").at("200").at("content").at("application/json");
  EXPECT_EQ(to_text(note.at("example")), R"({"text":"Привет"})");
}

TEST_F(OpenApiTest, marks_aliases_as_older_names) {
  EXPECT_EQ(operation("/old/{user_id}", "get").at("deprecated"), true);
  EXPECT_EQ(operation("/old/{user_id}", "get").at("operationId"), "get_old_user_id");
}

TEST_F(OpenApiTest, describes_raw_answers_and_leaves_out_hidden_endpoints) {
  EXPECT_EQ(to_text(operation("/file/{name}", "get").at("responses").at("200")),
            R"({"description":"the rows","content":{"text/csv":{"example":"a,b"},"application/json":{}}})");
  EXPECT_FALSE(document.at("paths").as_object().contains("/secret"));
}

}  // namespace
}  // namespace rb::http
