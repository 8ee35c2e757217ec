#include "cache/redis_link.hpp"

#include <hiredis/async.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace rb::cache {

namespace asio = boost::asio;

namespace {

// A command under way. Lives in its coroutine's frame; hiredis calls back exactly once before the connection
// ends.
struct Pending {
  explicit Pending(asio::io_context& context) : timer(context) {}
  asio::steady_timer timer;
  bool answered = false;
  Reply reply;
};

Reply to_reply(const redisReply* from) {
  if (from == nullptr) return {};
  std::string text = from->str != nullptr ? std::string(from->str, from->len) : std::string();
  switch (from->type) {
    case REDIS_REPLY_NIL:
      return {Reply::Kind::nil, 0, {}};
    case REDIS_REPLY_INTEGER:
      return {Reply::Kind::integer, from->integer, {}};
    case REDIS_REPLY_ERROR:
      return {Reply::Kind::error, 0, std::move(text)};
    default:
      return {Reply::Kind::text, 0, std::move(text)};
  }
}

void on_reply(redisAsyncContext*, void* reply, void* pending) {
  auto* command = static_cast<Pending*>(pending);
  command->reply = to_reply(static_cast<redisReply*>(reply));
  command->answered = true;
  command->timer.cancel();
}

}  // namespace

// What hiredis asks of an event library, and what it tells.
struct RedisLink::Hooks {
  static RedisLink& of(void* data) { return *static_cast<RedisLink*>(data); }

  static void add_read(void* data) { of(data).wait_readable(); }
  static void add_write(void* data) {
    of(data).write_wanted_ = true;
    of(data).wait_writable();
  }
  static void remove_write(void* data) { of(data).write_wanted_ = false; }
  static void cleanup(void* data) { of(data).socket_.release(); }  // hiredis closes it next

  static void ended(const redisAsyncContext* context, int status) {
    auto& link = of(context->data);
    link.context_ = nullptr;  // freed when this returns
    link.lost(status == REDIS_OK ? "the connection was closed" : context->errstr);
  }
  static void connected(const redisAsyncContext* context, int status) {
    if (status != REDIS_OK) ended(context, status);
  }
};

RedisLink::RedisLink(net::Loop& loop, std::function<void(std::string)> on_lost)
    : loop_(loop), on_lost_(std::move(on_lost)), socket_(loop.context()) {}

RedisLink::~RedisLink() {
  on_lost_ = nullptr;
  drop("");
}

std::shared_ptr<RedisLink> RedisLink::open(net::Loop& loop, const std::string& ip, std::uint16_t port,
                                           std::function<void(std::string)> on_lost) {
  auto link = std::make_shared<RedisLink>(loop, std::move(on_lost));
  auto* context = redisAsyncConnect(ip.c_str(), port);
  if (context == nullptr || context->err != 0) {
    std::string reason = context != nullptr ? context->errstr : "out of memory";
    if (context != nullptr) redisAsyncFree(context);
    link->lost(reason);
    return link;
  }
  link->context_ = context;
  link->socket_.assign(context->c.fd);
  context->data = context->ev.data = link.get();
  context->ev.addRead = &Hooks::add_read;
  context->ev.addWrite = &Hooks::add_write;
  context->ev.delWrite = &Hooks::remove_write;
  context->ev.cleanup = &Hooks::cleanup;
  redisAsyncSetConnectCallback(context, &Hooks::connected);
  redisAsyncSetDisconnectCallback(context, &Hooks::ended);
  return link;
}

void RedisLink::lost(const std::string& reason) {
  if (auto tell = std::exchange(on_lost_, nullptr)) tell(reason);
}

void RedisLink::drop(const std::string& reason) {
  lost(reason);
  if (auto* context = std::exchange(context_, nullptr)) redisAsyncFree(context);
}

void RedisLink::wait_readable() {
  if (std::exchange(reading_, true)) return;
  socket_.async_wait(socket_.wait_read, [weak = weak_from_this()](boost::system::error_code) {
    auto link = weak.lock();
    if (!link) return;
    link->reading_ = false;
    if (link->context_ != nullptr) redisAsyncHandleRead(link->context_);  // asks for the next read by itself
  });
}

void RedisLink::wait_writable() {
  if (!write_wanted_ || std::exchange(writing_, true)) return;
  socket_.async_wait(socket_.wait_write, [weak = weak_from_this()](boost::system::error_code) {
    auto link = weak.lock();
    if (!link) return;
    link->writing_ = false;
    if (link->context_ == nullptr) return;
    redisAsyncHandleWrite(link->context_);
    if (link->context_ != nullptr) link->wait_writable();
  });
}

Task<Reply> RedisLink::command(std::vector<std::string> words, std::chrono::milliseconds deadline) {
  auto self = shared_from_this();
  std::vector<const char*> starts;
  std::vector<std::size_t> sizes;
  for (const auto& word : words) {
    starts.push_back(word.data());
    sizes.push_back(word.size());
  }
  Pending pending(loop_.context());
  pending.timer.expires_after(deadline);
  if (context_ == nullptr ||
      redisAsyncCommandArgv(context_, &on_reply, &pending, static_cast<int>(words.size()), starts.data(),
                            sizes.data()) != REDIS_OK)
    co_return Reply{};
  // Cannot be cancelled: hiredis would write to a frame that is gone.
  co_await pending.timer.async_wait(
      asio::bind_cancellation_slot(asio::cancellation_slot(), asio::as_tuple(asio::use_awaitable)));
  if (!pending.answered) self->drop("no answer in time");
  co_return std::move(pending.reply);
}

}  // namespace rb::cache
