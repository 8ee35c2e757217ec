#include "http/standard.hpp"

#include <gmock/gmock.h>

#include "net/loop.hpp"

namespace rb::http {
namespace {

using testing::HasSubstr;
using testing::Not;

Task<std::vector<Check>> as_told(const std::vector<Check>& checks) { co_return checks; }

class StandardTest : public testing::Test {
 protected:
  StandardTest() {
    add_standard_endpoints(api, {.checks = [this] { return as_told(checks); },
                                 .metrics = [] { return std::string("up 1\n"); },
                                 .ready = [this] { return ready; }});
  }

  Response ask(std::string path) {
    Request request;
    request.path = request.target = std::move(path);
    return loop.run_until(api.handle(request));
  }

  net::Loop loop{[](const std::string& task, const std::string& what) { ADD_FAILURE() << task << what; }};
  SystemClock clock;
  Api api{clock, {.service = "bell", .version = "1.2"}};
  std::vector<Check> checks{{.name = "database", .ok = true, .vital = true, .state = "ok"},
                            {.name = "bus", .ok = true, .vital = false, .state = "embedded"}};
  bool ready = true;
};

TEST_F(StandardTest, tells_the_health_of_everything_it_needs) {
  for (const auto* path : {"/health", "/api/v1/health"}) {
    auto answer = ask(path);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, R"({"status":"healthy","service":"bell","version":"1.2",)"
                           R"("checks":{"database":"ok","bus":"embedded"}})");
  }
}

TEST_F(StandardTest, is_degraded_without_the_bus_and_unhealthy_without_the_database) {
  checks[1].ok = false;
  EXPECT_EQ(ask("/health").status, 200);
  EXPECT_THAT(ask("/health").body, HasSubstr("\"degraded\""));
  checks[0].ok = false;
  EXPECT_EQ(ask("/health").status, 503);
  EXPECT_THAT(ask("/health").body, HasSubstr("\"unhealthy\""));
  EXPECT_EQ(ask("/health/live").status, 200);
}

TEST_F(StandardTest, is_not_ready_before_its_start_or_without_the_database) {
  EXPECT_EQ(ask("/health/ready").status, 200);
  ready = false;
  EXPECT_EQ(ask("/health/ready").status, 503);
  ready = true;
  checks[0].ok = false;
  EXPECT_EQ(ask("/health/ready").status, 503);
}

TEST_F(StandardTest, tells_its_name_metrics_and_document) {
  EXPECT_THAT(ask("/").body, HasSubstr(R"("service":"bell","version":"1.2")"));
  EXPECT_EQ(ask("/metrics").body, "up 1\n");
  EXPECT_THAT(ask("/openapi.json").body, HasSubstr(R"("openapi":"3.1.0")"));
}

TEST_F(StandardTest, serves_an_api_page_that_loads_nothing_from_elsewhere) {
  auto page = ask("/docs");
  EXPECT_THAT(std::string(page.headers.get("Content-Security-Policy")), HasSubstr("default-src 'none'"));
  EXPECT_THAT(page.body, Not(HasSubstr("//")));
  for (const auto* file :
       {"/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css", "/docs/start.js", "/docs/favicon-32x32.png"})
    EXPECT_EQ(ask(file).status, 200) << file;
  EXPECT_EQ(ask("/docs/start.js").headers.get("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(ask("/docs/page.js").status, 404);
}

}  // namespace
}  // namespace rb::http
