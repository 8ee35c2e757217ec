#include "http/router.hpp"

#include <gmock/gmock.h>

#include "http/endpoint.hpp"
#include "http/problem.hpp"

namespace rb::http {
namespace {

using testing::ElementsAre;
using testing::Pair;

class RouterTest : public testing::Test {
 protected:
  RouterTest() {
    for (const auto* path : {"/", "/a/{id}", "/a/list", "/a/{id}/b", "/{x}/list/c", "/files/{rest*}"})
      router.add(Method::get, path, endpoint);
    router.add(Method::post, "/a/list", endpoint);
    router.add(Method::delete_, "/a/{name}", endpoint);
  }
  std::string route(std::string_view path, Method method = Method::get) {
    auto match = router.find(method, path);
    return match.endpoint ? std::string(match.route) : "";
  }
  Endpoint endpoint;
  Router router;
};

TEST_F(RouterTest, prefers_literal_segments_but_goes_back_when_they_lead_nowhere) {
  EXPECT_EQ(route("/"), "/");
  EXPECT_EQ(route("/a/list"), "/a/list");
  EXPECT_EQ(route("/a/5"), "/a/{id}");
  EXPECT_EQ(route("/a/list/b"), "/a/{id}/b");
  EXPECT_EQ(route("/a/list/c"), "/{x}/list/c");
  EXPECT_EQ(route("/a"), "");
  EXPECT_EQ(route("/a//b"), "");
}

TEST_F(RouterTest, takes_a_placeholder_of_the_wanted_method_over_a_literal_of_another) {
  EXPECT_EQ(route("/a/list", Method::delete_), "/a/{name}");
  EXPECT_EQ(route("/a/list", Method::head), "/a/list");
}

TEST_F(RouterTest, decodes_parameters_after_splitting) {
  EXPECT_THAT(router.find(Method::get, "/a/x%2Fy").params, ElementsAre(Pair("id", "x/y")));
  EXPECT_THAT(router.find(Method::get, "/files/a/b%20c/").params, ElementsAre(Pair("rest", "a/b c")));
}

TEST_F(RouterTest, finds_nothing_for_names_that_are_no_text) {
  for (const auto* path : {"/a/%00", "/a/%FF", "/a/%z"}) EXPECT_EQ(route(path), "") << path;
}

TEST_F(RouterTest, lists_the_methods_of_a_path) {
  EXPECT_THAT(router.find(Method::put, "/a/list").allowed,
              ElementsAre(Method::get, Method::post, Method::get, Method::delete_));
  EXPECT_TRUE(router.find(Method::put, "/b").allowed.empty());
}

TEST_F(RouterTest, refuses_the_same_method_and_path_twice) {
  EXPECT_THROW(router.add(Method::get, "/a/{other}", endpoint), std::logic_error);
}

TEST(Problem, every_outcome_has_its_status) {
  std::vector<int> seen;
  for (auto code : {Errc::invalid, Errc::unauthorized, Errc::forbidden, Errc::not_found, Errc::conflict,
                    Errc::too_large, Errc::rate_limited, Errc::unavailable, Errc::timeout, Errc::rejected})
    seen.push_back(problem(Error{code, "why", {}}, Request{}).status);
  EXPECT_THAT(seen, ElementsAre(422, 401, 403, 404, 409, 413, 429, 503, 504, 502));
}

TEST(Form, decodes_fields_in_their_order) {
  EXPECT_THAT(parse_form("a=1&b=%D0%96+x&&a=&c").value(),
              ElementsAre(Pair("a", "1"), Pair("b", "Ж x"), Pair("a", ""), Pair("c", "")));
  for (const auto* bad : {"a=%", "a=%FF", "a=%00", "%zz=1"}) EXPECT_FALSE(parse_form(bad)) << bad;
}

TEST(Message, names_a_download_for_old_and_new_clients) {
  EXPECT_EQ(Response::file("", "text/csv", "отчёт \"1\".csv").headers.get("Content-Disposition"),
            "attachment; filename=\"__________ _1_.csv\"; "
            "filename*=UTF-8''%D0%BE%D1%82%D1%87%D1%91%D1%82%20%221%22.csv");
}

TEST(Message, knows_requests_of_this_machine_unless_a_proxy_sent_them) {
  Request request;
  request.remote = "127.0.0.1";
  EXPECT_TRUE(request.from_loopback());
  request.forwarded = true;
  EXPECT_FALSE(request.from_loopback());
  request = {};
  request.remote = "10.0.0.1";
  EXPECT_FALSE(request.from_loopback());
}

}  // namespace
}  // namespace rb::http
