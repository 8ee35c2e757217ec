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

// A pace is a sorted set of its places that are taken: calls under way and, as "ended:…", those that are not
// yet a span old, by the moment (microseconds of Redis' clock) at which they are free again; "closed" closes
// it.
constexpr auto kNow =
    "local t = redis.call('TIME') "
    "local now = t[1] * 1000000 + t[2] "
    "local function add(at, name) redis.call('ZADD', KEYS[1], string.format('%.0f', at), name) end "
    "local function keep() "
    "  local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2] "
    "  if last then redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', last / 1000 + 1)) end "
    "end ";

// most, span, for how long, calls… → "taken wait"
constexpr auto kTake =
    "redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now)) "
    "local closed = redis.call('ZSCORE', KEYS[1], 'closed') "
    "local free = closed and 0 or ARGV[1] - redis.call('ZCARD', KEYS[1]) "
    "local taken = math.max(0, math.min(free, #ARGV - 3)) "
    "for i = 1, taken do add(now + ARGV[3], ARGV[i + 3]) end "
    "keep() "
    "local wait = 0 "
    "if taken < #ARGV - 3 then "
    "  local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2] "
    "  wait = closed and closed - now or math.min(ARGV[2], first - now) "
    "end "
    "return string.format('%d %.0f', taken, math.max(wait, 0))";

// call, made, span, bucket
constexpr auto kGiveBack =
    "redis.call('ZREM', KEYS[1], ARGV[1]) "
    "if ARGV[2] == '1' then "
    "  local from = now "
    "  local all = ARGV[4] == '1' and redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES') or {} "
    "  for i = 1, #all, 2 do "
    "    if string.sub(all[i], 1, 6) == 'ended:' then from = math.max(from, all[i + 1]) end "
    "  end "
    "  add(from + ARGV[3], 'ended:' .. ARGV[1]) "
    "end "
    "keep()";

// for how long
constexpr auto kClose =
    "local before = redis.call('ZSCORE', KEYS[1], 'closed') "
    "add(math.max(before or 0, now + ARGV[1]), 'closed') "
    "keep()";

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
  if (c.closing) co_return false;
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

  Task<std::optional<Places>> take(std::string key, Pace pace, std::vector<std::string> calls) override {
    auto hold = Micros(kLongestCall) + pace.span;
    std::vector<std::string> given = {std::to_string(pace.most), micros(pace.span), micros(hold)};
    given.insert(given.end(), calls.begin(), calls.end());
    auto reply = co_await pace_script(kTake, key, std::move(given));
    if (reply.kind != Reply::Kind::text) co_return std::nullopt;
    auto space = reply.text.find(' ');
    co_return Places{std::stoi(reply.text), Micros(std::stoll(reply.text.substr(space + 1)))};
  }

  Task<> give_back(std::string key, Pace pace, std::string call, bool made) override {
    bool bucket = pace.kind == Pace::Kind::bucket;
    co_await pace_script(kGiveBack, key,
                         {std::move(call), made ? "1" : "0", micros(pace.span), bucket ? "1" : "0"});
  }

  Task<> close(std::string key, Micros time) override { co_await pace_script(kClose, key, {micros(time)}); }

  bool shared() const override { return true; }

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

  static std::string micros(Micros time) { return std::to_string(time.count()); }

  Task<Reply> pace_script(std::string script, const std::string& key, std::vector<std::string> given) {
    given.insert(given.begin(), {"EVAL", kNow + std::move(script), "1", named("pace:" + key)});
    co_return co_await run(std::move(given));
  }

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
