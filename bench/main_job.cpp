// The main job, measured from outside: an event goes in, a call of the Bot API comes out.
// main_job SERVICE_PROGRAM embedded|distributed [FOLDER]
// embedded: SQLite and the embedded bus, events by HTTP, one a call. distributed: a private PostgreSQL (fsync
// on) and RabbitMQ, events by AMQP. Latency is counted from the start of publishing to the arrival at the
// provider.
#include <fmt/format.h>

#include <csignal>
#include <filesystem>

#include "auth/jwt.hpp"
#include "base/strings.hpp"
#include "bus/embedded.hpp"
#include "bus/rabbit_connection.hpp"
#include "db/open.hpp"
#include "http/client.hpp"
#include "sink.hpp"
#include "testkit/servers.hpp"
#include "time/iso.hpp"
#include "usage.hpp"

namespace rb::bench {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

constexpr int kStudents = 1000;
constexpr std::size_t kQueued = 10'000;
const std::string kSecret = "bench-bench-bench-bench-bench-bench";
const SystemClock kClock;

struct Setup {
  std::string program;
  bool distributed = false;
  fs::path folder;
  testkit::Settings environment;
  bus::RabbitSettings rabbit = {};
};

// One installation: the service as a process, and the ways in.
class Bench {
 public:
  Bench(net::Loop& loop, Setup setup) : loop_(loop), setup_(std::move(setup)), sink_(loop), client_(loop) {
    auto& env = setup_.environment;
    env["TELEGRAM_API_URL"] = fmt::format("http://127.0.0.1:{}", sink_.port());
    port_ = std::stoi(env.at("NOTIFICATION_PORT"));
  }

  Task<> run() {
    co_await start();
    co_await enrol();
    co_await at_rate(50, 20);
    co_await at_rate(200, 15);
    co_await stop();
    co_await drain();
    fmt::print("peak memory {:.1f} MB\n", peak_);
  }

 private:
  Task<> start() {
    std::vector<std::string> argv = {setup_.program};
    if (fs::path(setup_.program).filename() == "repitbot")
      argv.insert(argv.end(), {"serve", "--only", "notification"});
    service_.emplace(argv, setup_.environment);
    for (;;) {
      auto answer = co_await client_.send({.url = url("/health/ready")});
      if (answer && answer->status == 200) co_return;
      co_await net::sleep_for(loop_, kClock, std::chrono::milliseconds(5));
    }
  }

  Task<> stop() {
    peak_ = std::max(peak_, peak_megabytes(service_->pid()));
    service_->signal(SIGTERM);
    service_->wait();
    service_.reset();
    co_return;
  }

  std::string url(std::string_view path) const { return fmt::format("http://127.0.0.1:{}{}", port_, path); }

  static std::string token() {
    auto now = kClock.now();
    return auth::make_token({"bench", {auth::Role::service}, {}, now + std::chrono::hours(1)}, kSecret, now);
  }

  Task<> post(std::string body) {
    static const std::string kBearer = "Bearer " + token();
    http::ClientRequest request{.method = http::Method::post,
                                .url = url("/api/v1/events"),
                                .headers = {{"Authorization", kBearer}, {"Content-Type", "application/json"}},
                                .body = std::move(body)};
    auto answer = co_await client_.send(std::move(request));
    if (!answer || answer->status != 202)
      throw Broken("an event was not taken: " + (answer ? answer->body : answer.error().message));
  }

  // A thousand students with a chat; their welcomes warm everything up.
  Task<> enrol() {
    std::string all;
    for (int i = 0; i < kStudents; ++i)
      all += fmt::format(
          R"({}{{"specversion":"1.0","id":"u{}","source":"/bench","type":"user.registered","data":)"
          R"({{"user_id":{},"role":"student","full_name":"Ученик {}","telegram_id":{}}}}})",
          i == 0 ? "[" : ",", i, 201 + i, i, 500000201 + i);
    co_await post(all + "]");
    while (sink_.messages() < kStudents) co_await net::sleep_for(loop_, kClock, std::chrono::milliseconds(5));
  }

  struct Event {
    std::string type, body, id;
  };

  // One recipient each, three types in turn.
  Event event(std::size_t number) {
    static const std::array<std::string, 3> kTypes = {"homework.assigned", "homework.graded",
                                                      "material.shared"};
    const auto& type = kTypes.at(number % kTypes.size());
    auto id = fmt::format("{}-{}", run_, number);
    auto student = 201 + number % kStudents;
    auto fields = type == "material.shared"
                      ? fmt::format(R"("material_id":"{}","title":"zq{}z","subject":"Физика")", id, number)
                      : fmt::format(R"("homework_id":"{}","subject":"zq{}z","grade":5)", id, number);
    auto body =
        fmt::format(R"({{"specversion":"1.0","id":"{}","source":"/bench","type":"{}","time":"{}","data":)"
                    R"({{"student_id":{},{}}}}})",
                    id, type, format_iso(kClock.now()), student, fields);
    return {type, std::move(body), id};
  }

  static bus::Message as_message(Event event) {
    return {.routing_key = event.type,
            .body = std::move(event.body),
            .content_type = "application/cloudevents+json",
            .message_id = event.id};
  }

  Task<> publish(std::size_t number) {
    auto what = event(number);
    if (setup_.distributed) {
      broker().publish(1, setup_.rabbit.exchange, as_message(std::move(what)), false, true);
      co_return;
    }
    co_await post(std::move(what.body));
  }

  bus::Connection& broker() {
    if (!broker_) {
      broker_.emplace(setup_.rabbit, "bench", interrupt_);
      broker_->open_channel(1);
    }
    return *broker_;
  }

  Task<> all_came(std::size_t count) {
    auto deadline = steady_clock::now() + std::chrono::seconds(120);
    while (sink_.came() < count && steady_clock::now() < deadline)
      co_await net::sleep_for(loop_, kClock, std::chrono::milliseconds(2));
  }

  Task<> at_rate(int rate, int seconds) {
    auto count = static_cast<std::size_t>(rate) * static_cast<std::size_t>(seconds);
    ++run_;
    sink_.expect(count);
    std::vector<Moment> sent(count);
    auto cpu = cpu_seconds(service_->pid());
    auto next = kClock.now();
    for (std::size_t i = 0; i < count; ++i) {
      next += Micros(1'000'000 / rate);
      co_await net::sleep_until(loop_, kClock, next);
      sent[i] = steady_clock::now();
      loop_.spawn("publish", publish(i));
    }
    co_await all_came(count);
    cpu = cpu_seconds(service_->pid()) - cpu;
    std::vector<double> latencies;
    for (std::size_t i = 0; i < count; ++i)
      if (sink_.at(i) != Moment{}) latencies.push_back(milliseconds(sink_.at(i) - sent[i]));
    fmt::print(
        "{:>4}/s: p50 {:.2f} ms, p99 {:.2f} ms, worst {:.2f} ms; {:.3f} CPU-s per 1,000; lost {}, twice {}\n",
        rate, percentile(latencies, 0.5), percentile(latencies, 0.99), percentile(latencies, 1),
        cpu * 1000 / static_cast<double>(count), count - sink_.came(), sink_.twice());
  }

  // Events that wait when the service starts.
  Task<> fill_queue() {
    if (setup_.distributed) {
      for (std::size_t i = 0; i < kQueued; ++i) co_await publish(i);
      co_return;
    }
    auto database = co_await db::open(loop_, {.url = setup_.environment.at("DATABASE_URL")});
    auto queue = bus::embedded_bus({loop_, kClock, *database, [](const std::string&, const std::string&) {}});
    co_await queue->start();
    co_await database->transaction([this, &queue](db::Transaction& tx) -> Task<> {
      for (std::size_t i = 0; i < kQueued; ++i) queue->publish(tx, as_message(event(i)));
      co_return;
    });
    co_await queue->stop();
    co_await database->close();
  }

  Task<> drain() {
    ++run_;
    sink_.expect(kQueued);
    co_await fill_queue();
    auto started = steady_clock::now();
    co_await start();
    auto pid = service_->pid();
    co_await all_came(kQueued);
    auto ended = steady_clock::now();
    auto first = ended;
    for (std::size_t i = 0; i < kQueued; ++i)
      if (sink_.at(i) != Moment{}) first = std::min(first, sink_.at(i));
    auto seconds = milliseconds(ended - first) / 1000;
    fmt::print(
        "drain of {}: {:.0f}/s from the first to the last, {:.2f} s from the start of the program; {:.3f} "
        "CPU-s per 1,000; lost {}, twice {}\n",
        kQueued, static_cast<double>(sink_.came()) / seconds, milliseconds(ended - started) / 1000,
        cpu_seconds(pid) * 1000 / static_cast<double>(kQueued), kQueued - sink_.came(), sink_.twice());
    co_await stop();
  }

  net::Loop& loop_;
  Setup setup_;
  Sink sink_;
  http::Client client_;
  bus::Interrupt interrupt_;
  std::optional<bus::Connection> broker_;
  std::optional<testkit::Process> service_;
  int port_ = 0;
  int run_ = 0;
  double peak_ = 0;
};

Setup setup_of(const std::string& program, bool distributed, const fs::path& folder,
               const testkit::Servers& servers) {
  Setup out{fs::absolute(program), distributed, folder, {}};
  auto& env = out.environment;
  env = {{"ENVIRONMENT", "development"},
         {"JWT_SECRET_KEY", kSecret},
         {"BOT_TOKEN", "123456:AAbench_bench_bench_bench_bench_benc"},
         {"TELEGRAM_MESSAGES_PER_SECOND", "0"},
         {"TELEGRAM_CHAT_BURST", "0"},
         {"NOTIFICATION_PORT", "18006"},
         {"LOG_LEVEL", "warning"}};
  if (!distributed) {
    env["DATABASE_URL"] = "sqlite:///" + (folder / "bench.db").string();
    return out;
  }
  for (const auto& name : {"pg", "rabbit"}) env.merge(servers.start(name));
  auto rabbit = bus::with_url({}, env.at("RABBITMQ_URL"));
  if (!rabbit) throw Broken(rabbit.error().message);
  out.rabbit = *rabbit;
  return out;
}

}  // namespace
}  // namespace rb::bench

int main(int argc, char** argv) {
  using namespace rb;
  if (argc < 3) return fmt::print(stderr, "main_job PROGRAM embedded|distributed [FOLDER]\n"), 2;
  auto pattern = std::filesystem::absolute(argc > 3 ? argv[3] : ".") / "main-job-XXXXXX";
  auto name = pattern.string();
  if (mkdtemp(name.data()) == nullptr) return perror(name.c_str()), 1;
  int code = 0;
  try {
    testkit::Servers servers(true);
    net::Loop loop(
        [](const std::string& task, const std::string& what) { fmt::print(stderr, "{}: {}\n", task, what); });
    bench::Bench bench(loop,
                       bench::setup_of(argv[1], std::string_view(argv[2]) == "distributed", name, servers));
    loop.run_until(bench.run());
  } catch (const std::exception& e) {
    fmt::print(stderr, "{}\n", e.what());
    code = 1;
  }
  std::filesystem::remove_all(name);
  return code;
}
