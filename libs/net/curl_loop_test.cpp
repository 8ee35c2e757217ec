#include "net/curl_loop.hpp"

#include <gtest/gtest.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <string>

#include "net/loop.hpp"

namespace rb::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

ErrorSink fail_test() {
  return [](const std::string& task, const std::string& what) { ADD_FAILURE() << task << ": " << what; };
}

// An HTTP server of a few lines on the same loop; `silent` never answers.
struct Peer {
  Peer(Loop& l, bool s)
      : loop(l), silent(s), acceptor(l.context(), {asio::ip::make_address("127.0.0.1"), 0}) {
    loop.spawn("accept", accept(*this));
  }
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()) + "/";
  }

  static Task<> accept(Peer& peer) {
    for (;;) {
      auto [error, socket] = co_await peer.acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
      if (error) co_return;
      ++peer.connections;
      peer.loop.spawn("serve", serve(peer, std::move(socket)));
    }
  }
  static Task<> serve(Peer& peer, tcp::socket socket) {
    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    std::string in;
    for (;;) {
      auto [error, n] = co_await asio::async_read_until(socket, asio::dynamic_buffer(in), "\r\n\r\n",
                                                        asio::as_tuple(asio::use_awaitable));
      if (error) co_return;
      in.erase(0, n);
      peer.asked.notify();
      if (!peer.silent) co_await asio::async_write(socket, asio::buffer(answer), asio::use_awaitable);
    }
  }

  Loop& loop;
  bool silent;
  tcp::acceptor acceptor;
  Signal asked{loop};
  int connections = 0;
};

std::size_t collect(char* data, std::size_t, std::size_t size, void* to) {
  static_cast<std::string*>(to)->append(data, size);
  return size;
}

CurlHandle request(const std::string& url, std::string& body) {
  CurlHandle easy(curl_easy_init());
  curl_easy_setopt(easy.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT, 10L);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &collect);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &body);
  return easy;
}

Task<> get(CurlLoop& curl, std::string url, int times, std::string& bodies) {
  for (int i = 0; i < times; ++i) {
    auto easy = request(url, bodies);
    EXPECT_EQ(co_await curl.perform(easy.get()), CURLE_OK);
  }
}

TEST(CurlLoop, reuses_a_connection_for_transfers_one_after_another) {
  Loop loop(fail_test());
  Peer peer(loop, false);
  CurlLoop curl(loop);
  std::string bodies;
  loop.run_until(get(curl, peer.url(), 5, bodies));
  EXPECT_EQ(bodies, "okokokokok");
  EXPECT_EQ(peer.connections, 1);
}

TEST(CurlLoop, runs_transfers_beside_each_other) {
  Loop loop(fail_test());
  Peer peer(loop, false);
  CurlLoop curl(loop);
  std::string bodies;
  TaskGroup group(loop);
  for (int i = 0; i < 10; ++i) group.spawn("get", get(curl, peer.url(), 3, bodies));
  loop.run_until(group.drained());
  EXPECT_EQ(bodies.size(), 60U);
}

TEST(CurlLoop, tells_that_nobody_listens) {
  Loop loop(fail_test());
  std::string url, body;
  {
    Peer peer(loop, false);
    url = peer.url();
    peer.acceptor.close();
    loop.run_until([]() -> Task<> { co_return; }());
  }
  CurlLoop curl(loop);
  auto easy = request(url, body);
  EXPECT_EQ(loop.run_until(curl.perform(easy.get())), CURLE_COULDNT_CONNECT);
}

TEST(CurlLoop, ends_transfers_under_way_when_it_is_destroyed) {
  Loop loop(fail_test());
  Peer peer(loop, true);
  auto curl = std::make_unique<CurlLoop>(loop);
  std::string body;
  auto easy = request(peer.url(), body);
  Signal ended(loop);
  CURLcode code = CURLE_OK;
  loop.spawn("get", [](CurlLoop& c, CURL* handle, CURLcode& to, Signal& done) -> Task<> {
    to = co_await c.perform(handle);
    done.notify();
  }(*curl, easy.get(), code, ended));
  loop.run_until(peer.asked.wait());
  curl.reset();
  loop.run_until(ended.wait());
  EXPECT_EQ(code, CURLE_ABORTED_BY_CALLBACK);
}

TEST(CurlLoop, forgets_a_transfer_whose_coroutine_is_destroyed) {
  std::string body;
  CurlHandle easy;
  Loop loop(fail_test());
  CurlLoop curl(loop);
  {
    Loop other(fail_test());
    Peer peer(other, true);
    CurlLoop dying(other);
    easy = request(peer.url(), body);
    other.spawn("get",
                [](CurlLoop& c, CURL* handle) -> Task<> { co_await c.perform(handle); }(dying, easy.get()));
    other.run_until(peer.asked.wait());
  }
  Peer peer(loop, false);
  easy = request(peer.url(), body);
  EXPECT_EQ(loop.run_until(curl.perform(easy.get())), CURLE_OK);
}

}  // namespace
}  // namespace rb::net
