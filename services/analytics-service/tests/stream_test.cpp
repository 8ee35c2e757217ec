// The stream of key figures: to whom, when, how often, and how it goes on.
#include "tests/api_fixture.hpp"

namespace rb::analytics {
namespace {

using namespace std::chrono_literals;

// What a client has got.
class Client final : public http::Writer {
 public:
  Task<bool> write(std::string piece) override {
    if (!piece.starts_with(':')) events.push_back(std::move(piece));
    co_return !gone_;
  }
  bool gone() const override { return gone_; }
  void on_gone(std::function<void()> told) override { told_ = std::move(told); }
  void leave() {
    gone_ = true;
    if (told_) told_();
  }

  // Of the last event.
  std::string id() const { return line("id: "); }
  json::value data() const { return json::parse(line("data: ")).value().at("overview"); }

  std::vector<std::string> events;

 private:
  std::string line(const std::string& name) const {
    const auto& text = events.at(events.size() - 1);
    auto from = text.find(name) + name.size();
    return text.substr(from, text.find('\n', from) - from);
  }
  bool gone_ = false;
  std::function<void()> told_;
};

class Stream : public ApiFixture {
 protected:
  struct Open {
    http::Response response;
    Client client;
    net::TaskGroup task;
    explicit Open(net::Loop& loop) : task(loop) {}
  };

  std::unique_ptr<Open> open(const std::string& who, const std::string& last = "") {
    http::Request request;
    request.target = request.path = "/api/v1/analytics/stream";
    request.headers.set("Authorization", "Bearer " + token(who));
    if (!last.empty()) request.headers.set("Last-Event-ID", last);
    auto out = std::make_unique<Open>(loop_);
    out->response = wait(api().handle(request));
    EXPECT_EQ(out->response.status, 200);
    out->task.spawn("stream", out->response.stream(out->client));
    return out;
  }
  void close(Open& stream) {
    stream.client.leave();
    wait(stream.task.drained());
  }
  // Whatever is to come now has come.
  void breathe() {
    SystemClock real;
    for (int i = 0; i < 10; ++i) wait(net::sleep_for(loop_, real, 2ms));
  }
  void lesson(int id, int tutor = 1, int student = 2) {
    tell({event("lesson" + std::to_string(id), "lesson.completed",
                {{"lesson_id", id},
                 {"tutor_id", tutor},
                 {"student_id", student},
                 {"completed_at", "2026-03-02T11:00:00Z"}})});
  }
};

TEST_F(Stream, tells_the_figures_at_once_and_anew_when_events_have_changed_them) {
  auto stream = open("tutor 1");
  auto& client = stream->client;
  until([&] { return client.events.size() == 1; });
  EXPECT_EQ(client.data().at("my_lessons"), 0);
  clock_.advance(1s);
  lesson(71);
  until([&] { return client.events.size() == 2; });
  EXPECT_EQ(client.data().at("my_lessons"), 1);
  clock_.advance(1s);
  lesson(81, 6, 5);
  clock_.advance(1s);
  breathe();
  EXPECT_EQ(client.events.size(), 2U) << "another tutor's lesson";
  close(*stream);
}

TEST_F(Stream, speaks_at_most_once_a_second_and_then_tells_the_last_state) {
  auto stream = open("admin 9");
  auto& client = stream->client;
  until([&] { return client.events.size() == 1; });
  for (int id = 71; id < 75; ++id) lesson(id);
  breathe();
  EXPECT_EQ(client.events.size(), 1U);
  clock_.advance(1s);
  until([&] { return client.events.size() == 2; });
  EXPECT_EQ(client.data().at("completed_lessons"), 4);
  close(*stream);
}

TEST_F(Stream, goes_on_where_the_last_one_ended) {
  auto first = open("parent 3");
  until([&] { return first->client.events.size() == 1; });
  auto id = first->client.id();
  close(*first);
  auto idle = open("parent 3", id);
  breathe();
  EXPECT_TRUE(idle->client.events.empty()) << "nothing has changed";
  close(*idle);
  lesson(71);
  auto late = open("parent 3", id);
  until([&] { return late->client.events.size() == 1; });
  EXPECT_EQ(late->client.data().at("completed_lessons"), 1);
  EXPECT_GT(std::stoi(late->client.id()), std::stoi(id));
  close(*late);
}

// Another instance writes into the same database and tells this one nothing.
TEST_F(Stream, sees_what_another_instance_has_taken_in) {
  auto stream = open("student 2");
  auto& client = stream->client;
  until([&] { return client.events.size() == 1; });
  wait(database_->script(
      "update analytics_places set status = 1, at = 1772449200000000, first_at = at, last_at = at;"
      "update analytics_versions set version = version + 100 where scope = 'student' and id = '2'"));
  clock_.advance(1s);
  until([&] { return client.events.size() == 2; });
  EXPECT_EQ(client.data().at("completed_lessons"), 1);
  close(*stream);
}

TEST_F(Stream, is_opened_once_by_a_ticket) {
  auto answer = post("/api/v1/stream-tickets", json::object(), "student 2");
  EXPECT_EQ(answer.body.at("expires_in"), 60);
  auto ticket = std::string(answer.body.at("ticket").as_string());
  EXPECT_EQ(get("/api/v1/analytics/stream?ticket=" + ticket, "").status, 200);
  EXPECT_EQ(get("/api/v1/analytics/stream?ticket=" + ticket, "").status, 401);
  EXPECT_EQ(get("/api/v1/analytics/stream?ticket=nonsense", "").status, 401);
}

}  // namespace
}  // namespace rb::analytics
