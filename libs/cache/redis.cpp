#include <fmt/format.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>

#include "cache/cache.hpp"
#include "cache/redis_link.hpp"
#include "net/latch.hpp"
#include "time/backoff.hpp"

namespace rb::cache {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto kConnectDeadline = 2s;
constexpr auto kDeadline = 500ms;
constexpr Backoff kBackoff{.first = 200ms, .most = 10s};

constexpr auto kIncrement =
    "local n = redis.call('INCR', KEYS[1]) "
    "if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end "
    "return n";

// Shared by the cache and the coroutine that keeps it connected.
struct Connection {
  Connection(net::Loop& l, RedisAddress a) : loop(l), address(std::move(a)), changed(l) {}
  net::Loop& loop;
  const RedisAddress address;
  const SystemClock clock;
  net::Signal changed;              // connected, or closing
  std::shared_ptr<RedisLink> link;  // null: none
  bool ready = false;               // the link has been introduced
  std::string problem = "not connected yet";
  bool closing = false;
  std::int64_t hits = 0, misses = 0;
};

// The first IP address of the host; "": it has none.
Task<std::string> resolve(Connection& c) {
  asio::ip::tcp::resolver resolver(c.loop.context());
  auto [error, found] =
      co_await resolver.async_resolve(c.address.host, "", asio::as_tuple(asio::use_awaitable));
  co_return error || found.empty() ? "" : found.begin()->endpoint().address().to_string();
}

// What Redis says against us; "": nothing.
Task<std::string> introduce(RedisLink& link, const RedisAddress& address) {
  std::vector<std::vector<std::string>> steps;
  if (!address.password.empty() && !address.user.empty())
    steps.push_back({"AUTH", address.user, address.password});
  else if (!address.password.empty())
    steps.push_back({"AUTH", address.password});
  steps.push_back({"SELECT", std::to_string(address.database)});
  for (auto& step : steps) {
    auto reply = co_await link.command(std::move(step), kConnectDeadline);
    if (reply.kind == Reply::Kind::lost) co_return "no answer";
    if (reply.kind == Reply::Kind::error) co_return reply.text;
  }
  co_return "";
}

// Ends when a connection that was made is gone: true; or when none could be made: false.
Task<bool> connect_once(Connection& c) {
  auto ip = co_await resolve(c);
  if (ip.empty()) {
    c.problem = "unknown host " + c.address.host;
    co_return false;
  }
  net::Latch lost(c.loop);
  std::string reason;
  auto link = RedisLink::open(c.loop, ip, c.address.port, [&](std::string why) {
    reason = std::move(why);
    c.ready = false;
    lost.open();
  });
  c.link = link;
  auto refusal = co_await introduce(*link, c.address);
  bool made = refusal.empty() && !lost.is_open();
  if (made) {
    c.ready = true;
    c.changed.notify();
    co_await lost.wait();
  }
  c.problem = reason.empty() ? refusal : reason;
  link->drop(refusal);
  c.link.reset();
  co_return made;
}

Task<> keep_connected(std::shared_ptr<Connection> c) {
  for (int failures = 0; !c->closing;) {
    failures = co_await connect_once(*c) ? 0 : failures + 1;
    if (c->closing) co_return;
    auto pause = kBackoff.delay(std::max(failures, 1), random_unit());
    for (auto until = c->clock.now() + pause; !c->closing && c->clock.now() < until;)
      co_await c->changed.wait_until(c->clock, until);
  }
}

class Redis final : public Cache {
 public:
  Redis(net::Loop& loop, RedisAddress address)
      : connection_(std::make_shared<Connection>(loop, std::move(address))) {
    loop.spawn("redis", keep_connected(connection_));
  }

  ~Redis() override {
    connection_->closing = true;
    if (auto link = connection_->link) link->drop("closed");
    connection_->changed.notify();
  }

  Task<std::optional<std::string>> get(std::string key) override {
    auto c = connection_;  // the cache may end before the answer comes
    auto reply = co_await run({"GET", named(key)});
    bool hit = reply.kind == Reply::Kind::text;
    ++(hit ? c->hits : c->misses);
    if (!hit) co_return std::nullopt;
    co_return std::move(reply.text);
  }

  Task<> set(std::string key, std::string value, Ttl ttl) override {
    co_await run({"SET", named(key), std::move(value), "PX", std::to_string(ttl.count())});
  }

  Task<> remove(std::string key) override { co_await run({"DEL", named(key)}); }

  Task<std::optional<std::int64_t>> increment(std::string key, Ttl window) override {
    auto reply = co_await run({"EVAL", kIncrement, "1", named(key), std::to_string(window.count())});
    if (reply.kind != Reply::Kind::integer) co_return std::nullopt;
    co_return reply.integer;
  }

  Task<bool> ping() override {
    auto c = connection_;
    for (auto until = c->clock.now() + 1s; !c->ready && !c->closing && c->clock.now() < until;)
      co_await c->changed.wait_until(c->clock, until);
    auto reply = co_await run({"PING"});
    co_return reply.kind == Reply::Kind::text;
  }

  State state() const override {
    const auto& c = *connection_;
    std::string problem =
        c.ready ? "" : fmt::format("redis at {}:{}: {}", c.address.host, c.address.port, c.problem);
    return {.connected = c.ready, .problem = problem, .hits = c.hits, .misses = c.misses, .bytes = 0};
  }

 private:
  static std::string named(const std::string& key) { return "repitbot:" + key; }

  Task<Reply> run(std::vector<std::string> words) {
    auto c = connection_;
    if (!c->ready) co_return Reply{};
    auto link = c->link;
    co_return co_await link->command(std::move(words), kDeadline);
  }

  std::shared_ptr<Connection> connection_;
};

}  // namespace

std::unique_ptr<Cache> redis_cache(net::Loop& loop, RedisAddress address) {
  std::signal(SIGPIPE, SIG_IGN);  // hiredis writes to its socket by write()
  return std::make_unique<Redis>(loop, std::move(address));
}

}  // namespace rb::cache
