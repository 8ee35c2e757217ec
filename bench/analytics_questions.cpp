#include "analytics_questions.hpp"

#include <fmt/format.h>

#include <map>
#include <span>

#include "db/open.hpp"
#include "http/client.hpp"
#include "questions.hpp"
#include "statements.hpp"
#include "usage.hpp"

namespace rb::bench {
namespace {

using std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto kEnough = 10s;  // a round of questions stops after this

struct Times {
  std::vector<double> server, wall;  // milliseconds
  std::size_t kept = 0;              // answers that were not computed anew
};

class Asker {
 public:
  explicit Asker(const Setup& setup) : loop_(setup.loop), client_(setup.loop) {}

  void ask(const Question& question, Times* times = nullptr) {
    http::ClientRequest request{.url = kAddress + "/api/v1/analytics/" + question.target,
                                .headers = {{"Authorization", question.bearer}},
                                .deadline = 60s};
    auto began = steady_clock::now();
    auto answer = loop_.run_until(client_.send(std::move(request)));
    auto wall = milliseconds(steady_clock::now() - began);
    if (!answer) throw Broken(question.target + ": " + answer.error().message);
    if (answer->status != 200)
      throw Broken(fmt::format("{}: {} {}", question.target, answer->status, answer->body));
    if (times == nullptr) return;
    constexpr std::string_view kTotal = "app;dur=";
    auto timing = answer->headers.get("Server-Timing");
    times->server.push_back(std::stod(std::string(timing.substr(timing.find(kTotal) + kTotal.size()))));
    times->wall.push_back(wall);
    times->kept += answer->headers.get("X-Cache") == "hit";
  }

  // As many of them as time allows.
  Times ask_all(std::span<const Question> questions) {
    Times out;
    for (auto until = steady_clock::now() + kEnough; const auto& question : questions) {
      ask(question, &out);
      if (steady_clock::now() > until) break;
    }
    return out;
  }

 private:
  net::Loop& loop_;
  http::Client client_;
};

using Recorded = std::vector<std::vector<Unit>>;  // of each question

// What each question of a kind asks the database; a process of its own, so that no later answer is known
// already.
std::map<std::string, Recorded> record(const Setup& setup, const testkit::Settings& settings,
                                       const std::vector<Kind>& all) {
  std::map<std::string, Recorded> out;
  Service service(setup, settings);
  setup.loop.run_until(service.ready());
  Recorder recorder(setup.loop, settings.at("DATABASE_URL"), setup.servers.folder() / "pg/log");
  Asker asker(setup);
  for (const auto& kind : all) {
    recorder.take();
    for (auto until = steady_clock::now() + kEnough; const auto& question : kind.questions) {
      asker.ask(question);
      auto units = recorder.take();
      std::erase_if(units,
                    [](const Unit& unit) { return unit.transaction; });  // of jobs: questions only read
      out[kind.name].push_back(std::move(units));
      if (steady_clock::now() > until) break;
    }
  }
  service.stop();
  return out;
}

struct ByHand {
  std::vector<double> milliseconds, statements, rows;  // of each question
};

ByHand by_hand(const Setup& setup, db::Database& database, const Recorded& recorded) {
  Replay replay(database);
  ByHand out;
  setup.loop.run_until(replay.run(recorded.front()));  // prepares
  for (const auto& units : recorded) {
    auto began = steady_clock::now();
    auto rows = setup.loop.run_until(replay.run(units));
    out.milliseconds.push_back(milliseconds(steady_clock::now() - began));
    out.statements.push_back(static_cast<double>(units.size()));
    out.rows.push_back(static_cast<double>(rows));
  }
  return out;
}

double middle(const std::vector<double>& values) { return percentile(values, 0.5); }

void measure(const Setup& setup, Asker& asker, const Kind& kind, const std::string& where,
             const ByHand& floor) {
  auto questions = std::span(kind.questions);
  asker.ask(questions.front());  // connections and statements are there afterwards
  auto cold = asker.ask_all(questions.subspan(1));
  if (cold.kept > 0) throw Broken(kind.name + ": answers were known before");
  auto warm = asker.ask_all(questions.subspan(1, cold.server.size()));
  auto line = [&](const char* name, const Times& times, const ByHand& beside) {
    setup.report.line({.what = fmt::format("{}{}, {}, ms", where, kind.name, name),
                       .ours = middle(times.server),
                       .p95 = percentile(times.server, 0.95),
                       .wall = middle(times.wall),
                       .floor = middle(beside.milliseconds),
                       .statements = middle(beside.statements),
                       .rows = middle(beside.rows)});
  };
  line("cold", cold, floor);
  line("warm", warm, {});
}

}  // namespace

void measure_questions(const Setup& setup, const School& school, const testkit::Settings& settings) {
  auto database =
      setup.loop.run_until(db::open(setup.loop, {.url = settings.at("DATABASE_URL"), .connections = 1}));
  setup.loop.run_until(database->script("vacuum analyze"));  // as PostgreSQL does by itself in time
  auto all = questions_about(school);
  auto recorded = record(setup, settings, all);
  Service service(setup, settings);
  setup.loop.run_until(service.ready());
  Asker asker(setup);
  for (const auto& kind : all)
    measure(setup, asker, kind, "", by_hand(setup, *database, recorded.at(kind.name)));
  service.stop();
  setup.loop.run_until(database->close());
}

void measure_questions_to_sqlite(const Setup& setup, const School& school,
                                 const testkit::Settings& settings) {
  Service service(setup, settings);
  setup.loop.run_until(service.ready());
  setup.loop.run_until(service.idle());
  Asker asker(setup);
  for (const auto& kind : questions_about(school)) measure(setup, asker, kind, "SQLite: ", {});
  service.stop();
}

}  // namespace rb::bench
