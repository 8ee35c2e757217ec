#include "sink.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <charconv>

namespace rb::bench {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

const std::string_view kBody =
    R"({"ok":true,"result":{"message_id":1,"date":1767225600,"chat":{"id":1,"type":"private"},"text":""}})";

std::string answer() {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(kBody.size()) + "\r\n\r\n" + std::string(kBody);
}

// Number between `before` and the first character that is no digit; `missing` without it.
std::size_t number_after(std::string_view text, std::string_view before, std::size_t missing) {
  auto found = text.find(before);
  if (found == std::string_view::npos) return missing;
  auto digits = text.substr(found + before.size());
  std::size_t out = missing;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

}  // namespace

struct Sink::Impl {
  tcp::acceptor acceptor;
};

struct Sink::Connection {
  tcp::socket socket;
  std::string buffer = {};
};

Sink::Sink(net::Loop& loop)
    : loop_(loop), impl_(new Impl{tcp::acceptor(loop.context(), {asio::ip::address_v4::loopback(), 0})}) {
  loop_.spawn("sink", accept());
}

Sink::~Sink() = default;

unsigned short Sink::port() const { return impl_->acceptor.local_endpoint().port(); }

void Sink::expect(std::size_t marks) {
  at_.assign(marks, Moment{});
  came_ = twice_ = 0;
}

Task<> Sink::accept() {
  for (;;) {
    auto connection =
        std::make_shared<Connection>(Connection{co_await impl_->acceptor.async_accept(asio::use_awaitable)});
    connection->socket.set_option(tcp::no_delay(true));
    loop_.spawn("sink connection", serve(std::move(connection)));
  }
}

Task<> Sink::serve(std::shared_ptr<Connection> c) {
  static const std::string kAnswer = answer();
  boost::system::error_code ended;
  auto token = asio::redirect_error(asio::use_awaitable, ended);
  for (;;) {
    auto head =
        co_await asio::async_read_until(c->socket, asio::dynamic_buffer(c->buffer), "\r\n\r\n", token);
    if (ended) co_return;
    auto size = head + number_after(std::string_view(c->buffer).substr(0, head), "Content-Length: ", 0);
    while (c->buffer.size() < size && !ended) {
      auto had = c->buffer.size();
      c->buffer.resize(size);
      had += co_await c->socket.async_read_some(asio::buffer(c->buffer.data() + had, size - had), token);
      c->buffer.resize(had);
    }
    if (ended) co_return;
    note(std::string_view(c->buffer).substr(0, size));
    c->buffer.erase(0, size);
    co_await asio::async_write(c->socket, asio::buffer(kAnswer), token);
    if (ended) co_return;
  }
}

void Sink::note(std::string_view request) {
  if (request.find("/sendMessage ") == std::string_view::npos) return;
  ++messages_;
  auto mark = number_after(request, "zq", at_.size());
  if (mark >= at_.size()) return;
  if (at_[mark] != Moment{}) {
    ++twice_;
    return;
  }
  at_[mark] = std::chrono::steady_clock::now();
  ++came_;
}

}  // namespace rb::bench
