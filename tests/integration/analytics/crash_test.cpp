// Programs that are killed while they take events in: nothing is lost, nothing counts twice, and answers are
// exact from then on.
#include <csignal>
#include <fstream>

#include "auth/jwt.hpp"
#include "examined.hpp"
#include "http/client.hpp"

namespace rb::analytics {
namespace {

constexpr int kQuestions = 40;
const SystemClock kReal;

class Crash : public Examined {
 protected:
  void begin(std::uint32_t seed, std::size_t events) {
    open(seed, eras()[seed % eras().size()], events);
    stop();
    std::ranges::shuffle(history_, random_);
  }

  // The service in this process, on what the killed ones have left.
  void look() {
    clock_.set(kReal.now() + std::chrono::minutes(5));  // what they had taken on is free again
    start();
  }
  void examine() {
    for (int i = 0; i < kQuestions && !HasFailure(); ++i) expect_plain(random_question(random_, era_));
    EXPECT_EQ(differences(), std::vector<std::string>{}) << "seed " << seed_;
  }
  void pause(int most) { run(net::sleep_for(loop_, kReal, std::chrono::milliseconds(number(0, most)))); }

  // Whether the program has promised to keep them.
  bool hand_over(const std::string& events) {
    auth::Identity who{"9", {auth::Role::admin}, {}, kReal.now() + std::chrono::hours(1)};
    http::ClientRequest request;
    request.method = http::Method::post;
    request.url = "http://127.0.0.1:" + another_port_ + "/api/v1/events";
    request.headers.set("Authorization",
                        "Bearer " + auth::make_token(who, environment_.at("JWT_SECRET_KEY"), kReal.now()));
    request.headers.set("Content-Type", "application/json");
    request.body = events;
    auto answer = run(client_.send(std::move(request)));
    return answer && answer->status == 202;
  }

  http::Client client_{loop_};
};

TEST_P(Crash, of_the_service_costs_no_event_that_was_accepted) {
  begin(4, 400);
  auto program = another();
  for (std::size_t next = 0; next < history_.size();) {
    auto size = std::min(static_cast<std::size_t>(number(1, 60)), history_.size() - next);
    std::vector<Told> batch(history_.begin() + static_cast<std::ptrdiff_t>(next),
                            history_.begin() + static_cast<std::ptrdiff_t>(next + size));
    if (!hand_over(as_array(batch))) continue;
    next += size;
    if (!chance(40)) continue;
    pause(15);
    program->signal(SIGKILL);
    program->wait();
    program = another();
    if (chance(50)) EXPECT_TRUE(hand_over(as_array(batch))) << "again";
  }
  program->signal(SIGKILL);
  program->wait();
  look();
  know(history_);
  wait_for_events(known_.size());
  examine();
}

TEST_P(Crash, of_an_import_leaves_exact_answers_and_it_can_be_begun_anew) {
  begin(9, 5600);
  auto path = (folder_ / "history.ndjson").string();
  std::ofstream file(path);
  for (const auto& told : history_) file << told.body << "\n";
  file.close();
  for (int i = 0; i < 3; ++i) {
    auto import = program({"repitbot", "history", "import", path});
    pause(150);
    import->signal(SIGKILL);
    import->wait();
  }
  look();
  auto kept = logged();
  std::vector<Told> half;
  for (const auto& told : history_)
    if (kept.contains(told.id)) half.push_back(told);
  know(half);
  examine();
  stop();
  EXPECT_EQ(program({"repitbot", "history", "import", path})->wait(), 0);
  look();
  know(history_);
  EXPECT_EQ(logged().size(), known_.size());
  examine();
}

INSTANTIATE_TEST_SUITE_P(Backends, Crash, testing::Values("embedded", "distributed"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::analytics
