// Kept answers on the real databases, in memory and in Redis: hits, news, a Redis that goes away, two
// instances.
#include "auth/jwt.hpp"
#include "school.hpp"
#include "testkit/servers.hpp"

namespace rb::analytics {
namespace {

// A second service on the same servers.
class Other {
 public:
  Other(net::Loop& loop, const Clock& clock, const std::map<std::string, std::string>& environment)
      : loop_(loop) {
    config::Variables variables(environment.begin(), environment.end());
    auto settings = config::read_settings(config::Source(std::move(variables))).value();
    backends_ = loop_.run_until(service::Backends::open(loop_, clock, settings, "analytics"));
    service_ = loop_.run_until(Service::create({loop_, clock, *backends_.database, *backends_.bus, registry_,
                                                settings, settings.jwt.secret, backends_.cache.get()}));
  }
  ~Other() {
    loop_.run_until(service_->stop());
    loop_.run_until(backends_.database->close());
  }
  http::Api& api() { return service_->api(); }
  cache::Cache& cache() { return *backends_.cache; }

 private:
  net::Loop& loop_;
  metrics::Registry registry_;
  service::Backends backends_;
  std::unique_ptr<Service> service_;
};

class KeptAnswers : public School {
 protected:
  void SetUp() override {
    School::SetUp();
    if (!embedded()) {
      stop();
      environment_["REDIS_URL"] = redis_.start("redis").at("REDIS_URL");
      start();
      ASSERT_TRUE(connected(*backends_.cache));
    }
    happens("p", "user.registered", R"("user_id":2,"role":"student","full_name":"Аня Ким")");
    lesson("a", 1, 2);
    wait_for_events(2);
    clock_.set(Time(std::chrono::sys_days(std::chrono::year(2026) / 1 / 5) + std::chrono::hours(20)));
  }

  bool connected(cache::Cache& cache) {
    for (int i = 0; i < 60; ++i)
      if (run(cache.ping())) return true;
    return false;
  }

  void lesson(const std::string& id, int tutor, int student) {
    happens(id, "lesson.completed",
            R"("lesson_id":")" + id + R"(","tutor_id":)" + std::to_string(tutor) + R"(,"student_id":)" +
                std::to_string(student));
  }

  struct Board {
    std::string text, source;
    std::int64_t completed = 0;
    std::string name;  // of the first student
  };
  Board board(http::Api& api) {
    auth::Identity tutor{"1", {auth::Role::tutor}, {}, clock_.now() + std::chrono::hours(1)};
    auto token = auth::make_token(tutor, environment_.at("JWT_SECRET_KEY"), clock_.now());
    http::Request request;
    request.target = request.path = "/api/v1/analytics/dashboard/tutor";
    request.headers.set("Authorization", "Bearer " + token);
    auto answer = run(api.handle(request));
    EXPECT_EQ(answer.status, 200) << answer.body;
    auto data = json::parse(answer.body).value().at("data");
    const auto& students = data.at("student_progress").as_array();
    return {answer.body, std::string(answer.headers.get("X-Cache")),
            data.at("lessons").at("completed_lessons").to_number<std::int64_t>(),
            students.empty() ? "" : std::string(students[0].at("student_name").as_string())};
  }
  Board board() { return board(service_->api()); }

  testkit::Servers redis_;
};

TEST_P(KeptAnswers, are_given_again_until_something_of_theirs_happens) {
  auto first = board();
  EXPECT_EQ(first.source, "miss");
  EXPECT_EQ(first.completed, 1);
  lesson("b", 6, 5);
  wait_for_events(3);
  auto again = board();
  EXPECT_EQ(again.source, "hit") << "another tutor's lesson";
  EXPECT_EQ(again.text, first.text);
  lesson("c", 1, 5);
  wait_for_events(4);
  EXPECT_EQ(board().completed, 2);
  EXPECT_EQ(board().source, "hit");
}

TEST_P(KeptAnswers, lose_the_name_of_who_is_erased_at_once) {
  EXPECT_EQ(board().name, "Аня Ким");
  EXPECT_EQ(board().name, "Аня Ким");
  happens("d", "user.deleted", R"("user_id":2)");
  wait_for_events(3);
  EXPECT_EQ(board().name, "");
}

INSTANTIATE_TEST_SUITE_P(Backends, KeptAnswers, testing::Values("embedded", "distributed"),
                         [](const auto& info) { return info.param; });

class SharedAnswers : public KeptAnswers {};

TEST_P(SharedAnswers, are_right_without_redis_and_found_again_when_it_is_back) {
  board();
  EXPECT_EQ(board().source, "hit");
  redis_.kill("redis");
  for (int i = 0; i < 2; ++i) {
    auto alone = board();
    EXPECT_EQ(alone.source, "miss");
    EXPECT_EQ(alone.completed, 1);
  }
  lesson("b", 1, 5);
  wait_for_events(3);
  EXPECT_EQ(board().completed, 2);
  redis_.start("redis");
  ASSERT_TRUE(connected(*backends_.cache));
  EXPECT_EQ(board().completed, 2);
  EXPECT_EQ(board().source, "hit");
}

TEST_P(SharedAnswers, are_of_all_instances_and_new_in_all_at_once) {
  Other other(loop_, clock_, environment_);
  ASSERT_TRUE(connected(other.cache()));
  EXPECT_EQ(board().source, "miss");
  EXPECT_EQ(board(other.api()).source, "hit") << "one has made it for both";
  for (int lessons = 2; lessons < 6; ++lessons) {
    lesson(std::to_string(lessons), 1, 2);
    wait_for_events(static_cast<std::size_t>(lessons + 1));
    EXPECT_EQ(board(other.api()).completed, lessons) << "this one has taken nothing in";
    EXPECT_EQ(board().source, "hit");
  }
  happens("n", "user.updated", R"("user_id":2,"full_name":"Анна Ким")");
  wait_for_events(7);
  EXPECT_EQ(board(other.api()).name, "Анна Ким");
  EXPECT_EQ(board().name, "Анна Ким");
}

// A new database counts its versions from the beginning.
TEST_P(SharedAnswers, of_one_database_are_never_those_of_another) {
  EXPECT_EQ(board().completed, 1);
  stop();
  environment_["DATABASE_URL"] = testkit::fresh_postgres_url();
  environment_["RABBITMQ_URL"] = testkit::fresh_rabbitmq_url();
  start();
  ASSERT_TRUE(connected(*backends_.cache));
  happens("p", "user.registered", R"("user_id":2,"role":"student")");
  lesson("a", 6, 2);
  wait_for_events(2);
  EXPECT_EQ(board().completed, 0);
}

INSTANTIATE_TEST_SUITE_P(Backends, SharedAnswers, testing::Values("distributed"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::analytics
