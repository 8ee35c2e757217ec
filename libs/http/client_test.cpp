#include "http/client.hpp"

#include <gmock/gmock.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "http/server.hpp"

namespace rb::http {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
namespace asio = boost::asio;
using asio::ip::tcp;

constexpr auto kQuietly = asio::as_tuple(asio::use_awaitable);
constexpr std::string_view kAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

// Reads what clients send and says what a test wants, or nothing.
class Peer {
 public:
  explicit Peer(net::Loop& loop)
      : loop_(loop), acceptor_(loop.context(), {asio::ip::address_v4::loopback(), 0}) {
    loop.spawn("peer", accept(*this));
  }
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/";
  }

  int connections = 0;
  std::vector<std::string> seen;         // one a request, also repeated ones
  std::vector<std::string_view> script;  // answers in turn; "": close without one; none left: silence

 private:
  static Task<> accept(Peer& peer) {
    for (;;) {
      auto [error, socket] = co_await peer.acceptor_.async_accept(kQuietly);
      if (error) co_return;
      ++peer.connections;
      peer.loop_.spawn("peer connection", talk(peer, std::make_shared<tcp::socket>(std::move(socket))));
    }
  }

  static Task<> talk(Peer& peer, std::shared_ptr<tcp::socket> socket) {
    char bytes[65536];
    for (;;) {
      auto [error, size] = co_await socket->async_read_some(asio::buffer(bytes), kQuietly);
      if (error) co_return;
      peer.seen.emplace_back(bytes, size);
      if (peer.script.empty()) continue;
      auto answer = peer.script.front();
      peer.script.erase(peer.script.begin());
      if (answer.empty()) co_return;
      co_await asio::async_write(*socket, asio::buffer(answer.data(), answer.size()), kQuietly);
    }
  }

  net::Loop& loop_;
  tcp::acceptor acceptor_;
};

class ClientTest : public testing::Test {
 protected:
  Result<ClientResponse> send(ClientRequest request) {
    return loop.run_until(client.send(std::move(request)));
  }

  net::Loop loop{[](const std::string& task, const std::string& what) { ADD_FAILURE() << task << what; }};
  Client client{loop};
};

ClientRequest post_to(std::string url, std::string body = "{}") {
  return {.method = Method::post, .url = std::move(url), .body = std::move(body)};
}

Task<Result<Response>> mirror(const Request& request) {
  json::object headers;
  for (const auto& [name, value] : request.headers) headers[name] = value;
  co_return Response::json({{"method", name(request.method)},
                            {"target", request.target},
                            {"headers", std::move(headers)},
                            {"body", request.body}},
                           request.path == "/teapot" ? 418 : 200);
}

TEST_F(ClientTest, reaches_no_private_address_by_a_number_or_by_a_name_when_only_the_internet_is_meant) {
  Peer peer(loop);
  auto port = peer.url().substr(std::string("http://127.0.0.1").size());
  for (auto host : {"127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"}) {
    auto answer =
        send({.method = Method::post, .url = "http://" + (host + port), .body = "x", .public_only = true});
    ASSERT_FALSE(answer) << host;
    EXPECT_EQ(answer.error().code, Errc::forbidden) << host << ": " << answer.error().message;
  }
  EXPECT_EQ(peer.connections, 0);
}

class ClientAndServer : public ClientTest {
 protected:
  ClientAndServer() {
    for (auto method : {Method::get, Method::post, Method::put, Method::patch, Method::delete_}) {
      auto endpoint = get("/{path*}", &mirror);
      endpoint.method = method;
      api.add(endpoint.body_limit(8 << 20));
    }
    EXPECT_TRUE(server.start());
  }
  std::string url(const std::string& path) {
    return "http://127.0.0.1:" + std::to_string(server.port()) + path;
  }
  json::value mirrored(ClientRequest request) {
    auto answer = send(std::move(request));
    return answer ? json::parse(answer->body).value() : json::value(answer.error().message);
  }

  SystemClock clock;
  Api api{clock, {}};
  Server server{loop, api, {}};
};

TEST_F(ClientAndServer, sends_method_target_headers_and_body) {
  auto seen = mirrored({.method = Method::patch,
                        .url = url("/a%20b?c=%D0%96"),
                        .headers = {{"X-One", "1"}, {"X-Empty", ""}},
                        .body = "{\"текст\":1}"});
  EXPECT_EQ(seen.at("method"), "PATCH");
  EXPECT_EQ(seen.at("target"), "/a%20b?c=%D0%96");
  EXPECT_EQ(seen.at("body"), "{\"текст\":1}");
  EXPECT_EQ(seen.at("headers").at("X-One"), "1");
  EXPECT_EQ(seen.at("headers").at("X-Empty"), "");
  EXPECT_EQ(seen.at("headers").at("Content-Type"), "application/json");
}

TEST_F(ClientAndServer, sends_bodiless_requests_of_every_method) {
  for (auto method : {Method::get, Method::post, Method::put, Method::delete_})
    EXPECT_EQ(mirrored({.method = method, .url = url("/any")}).at("method"), json::value(name(method)));
  auto head = send({.method = Method::head, .url = url("/any")});
  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->body, "");
}

TEST_F(ClientAndServer, returns_any_status_and_all_headers) {
  auto answer = send({.url = url("/teapot"), .headers = {{"X-Request-ID", "r-1"}}});
  EXPECT_EQ(answer->status, 418);
  EXPECT_EQ(answer->headers.get("x-request-id"), "r-1");
}

TEST_F(ClientAndServer, sends_files_and_fields_as_multipart) {
  ClientRequest request{.method = Method::post, .url = url("/upload")};
  request.parts = {{.name = "chat_id", .body = "5"},
                   {.name = "photo", .body = "PNG", .file_name = "график.png", .content_type = "image/png"}};
  auto body = std::string(mirrored(request).at("body").as_string());
  EXPECT_THAT(body, HasSubstr("name=\"chat_id\"\r\n\r\n5\r\n"));
  EXPECT_THAT(body,
              HasSubstr("name=\"photo\"; filename=\"график.png\"\r\nContent-Type: image/png\r\n\r\nPNG\r\n"));
}

TEST_F(ClientAndServer, sends_large_bodies_and_refuses_larger_answers_than_allowed) {
  auto request = post_to(url("/any"), std::string(2 << 20, 'a'));
  EXPECT_EQ(send(request)->status, 200);
  request.answer_limit = 1000;
  EXPECT_EQ(send(request).error().code, Errc::too_large);
}

TEST_F(ClientTest, keeps_its_connection) {
  Peer peer(loop);
  peer.script = {kAnswer, kAnswer};
  EXPECT_EQ(send(post_to(peer.url()))->body, "ok");
  EXPECT_EQ(send(post_to(peer.url()))->status, 200);
  EXPECT_EQ(peer.seen.size(), 2U);
  EXPECT_EQ(peer.connections, 1);
}

TEST_F(ClientTest, says_unavailable_when_nothing_was_sent) {
  auto port = [this] {
    tcp::acceptor closed(loop.context(), {asio::ip::address_v4::loopback(), 0});
    return closed.local_endpoint().port();
  }();
  EXPECT_EQ(send(post_to("http://127.0.0.1:" + std::to_string(port))).error().code, Errc::unavailable);
  EXPECT_EQ(send(post_to("http://nowhere.invalid/")).error().code, Errc::unavailable);
}

TEST_F(ClientTest, says_timeout_when_the_request_left_and_no_answer_came) {
  Peer peer(loop);
  auto request = post_to(peer.url());
  request.deadline = 50ms;
  EXPECT_EQ(send(request).error().code, Errc::timeout);
  peer.script = {""};
  EXPECT_EQ(send(post_to(peer.url())).error().code, Errc::timeout);
  peer.script = {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"};
  request.deadline = 50ms;
  EXPECT_EQ(send(request).error().code, Errc::timeout);
}

TEST_F(ClientTest, never_repeats_a_body_when_a_kept_connection_dies_under_it) {
  Peer peer(loop);
  peer.script = {kAnswer, "", kAnswer};
  ASSERT_TRUE(send(post_to(peer.url())));
  EXPECT_EQ(send(post_to(peer.url())).error().code, Errc::timeout);
  EXPECT_EQ(peer.seen.size(), 2U);
  peer.script = {kAnswer, "", kAnswer};
  auto upload = post_to(peer.url(), "");
  upload.parts = {{.name = "a", .body = "b"}};
  ASSERT_TRUE(send(upload));
  EXPECT_EQ(send(upload).error().code, Errc::timeout);
}

TEST_F(ClientTest, gives_up_what_is_under_way_when_told_to) {
  Peer peer(loop);
  auto abort_when_asked = [](net::Loop& on, Peer& asked, Client& to_abort) -> Task<> {
    SystemClock clock;
    while (asked.seen.empty()) co_await net::sleep_for(on, clock, 1ms);
    to_abort.abort();
  };
  loop.spawn("abort", abort_when_asked(loop, peer, client));
  auto answer = send({.url = peer.url(), .deadline = 60s});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::timeout);
}

TEST_F(ClientTest, refuses_urls_of_other_protocols) {
  for (const auto* url : {"", "file:///etc/passwd", "ftp://127.0.0.1/", "http://"})
    EXPECT_EQ(send({.url = url}).error().code, Errc::invalid) << url;
}

}  // namespace
}  // namespace rb::http
