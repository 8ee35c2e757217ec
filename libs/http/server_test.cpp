#include "http/server.hpp"

#include <gmock/gmock.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace rb::http {

struct EchoRequest {
  std::string text;
  int times = 1;
};
BOOST_DESCRIBE_STRUCT(EchoRequest, (), (text, times))
json::Rules rules(const EchoRequest*) { return {json::rule("times").range(1, 5).defaulted()}; }

namespace {

using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
namespace asio = boost::asio;
using asio::ip::tcp;

constexpr auto kQuietly = asio::as_tuple(asio::use_awaitable);

// A server on a free port of the loopback and a client that speaks raw bytes to it.
class ServerTest : public testing::Test {
 public:
  ServerTest() {
    api.add(post("/echo", [](EchoRequest in) { return echo(std::move(in)); }));
    api.add(post("/big", [](const Request& r) { return length(r); }).body_limit(32 << 20));
    api.add(get("/numbers", [] { return numbers(); }));
    api.add(get("/forever", [this] { return forever(*this); }));
    api.add(get("/slow", [this] { return slow(*this); }).deadline(0s));
    api.add(get("/held", [this] { return held(*this); }));
    api.add(get("/broken", [] { return broken(); }));
  }

  void start() {
    settings.idle_timeout = 5s;
    server.emplace(loop, api, settings);
    ASSERT_TRUE(server->start());
  }

  static Task<Result<EchoRequest>> echo(EchoRequest in) { co_return in; }
  static Task<Result<std::string>> length(const Request& r) { co_return std::to_string(r.body.size()); }
  static Task<Result<std::string>> who(const Request& r) {
    co_return r.remote + (r.from_loopback() ? " here" : " elsewhere");
  }
  static Task<Result<Response>> split_header() {
    co_return Response{200, {{"X-Name", "a\r\nSet-Cookie: b"}}, {}, {}};
  }
  static Task<> count(Writer& out) {
    for (int i = 0; i < 3; ++i) co_await out.write(std::to_string(i) + "\n");
  }
  static Task<Result<Response>> numbers() {
    co_return Response::streamed("application/x-ndjson", [](Writer& out) { return count(out); });
  }
  static Task<> until_gone(Writer& out, ServerTest& test) {
    out.on_gone([&test] { test.gone.notify(); });
    co_await out.write(event_text("hello", "one\ntwo"));
    co_await test.gone.wait();
    test.left = true;
  }
  static Task<Result<Response>> forever(ServerTest& test) {
    co_return Response::events([&test](Writer& out) { return until_gone(out, test); });
  }
  static Task<Result<void>> slow(ServerTest& test) {
    co_await test.go_on.wait();
    test.left = true;
    co_return Result<void>();
  }
  static Task<Result<std::string>> held(ServerTest& test) {
    test.entered.notify();
    co_await test.go_on.wait();
    co_return "done";
  }
  static Task<> break_off(Writer& out) {
    co_await out.write("half");
    throw Broken("disk full");
  }
  static Task<Result<Response>> broken() {
    co_return Response::streamed("text/csv", [](Writer& out) { return break_off(out); });
  }

  Task<std::shared_ptr<tcp::socket>> connect() {
    auto socket = std::make_shared<tcp::socket>(loop.context());
    co_await socket->async_connect({asio::ip::make_address("127.0.0.1"), server->port()},
                                   asio::use_awaitable);
    co_return socket;
  }

  static Task<std::string> read_all(std::shared_ptr<tcp::socket> socket) {
    std::string out;
    co_await asio::async_read(*socket, asio::dynamic_buffer(out), kQuietly);
    co_return out;
  }

  static Task<std::string> read_until(std::shared_ptr<tcp::socket> socket, std::string_view text) {
    std::string out;
    char piece[4096];
    while (out.find(text) == std::string::npos) {
      auto [error, size] = co_await socket->async_read_some(asio::buffer(piece), kQuietly);
      if (error) break;
      out.append(piece, size);
    }
    co_return out;
  }

  Task<std::string> exchange(std::string bytes) {
    auto socket = co_await connect();
    co_await asio::async_write(*socket, asio::buffer(bytes), kQuietly);
    co_return co_await read_all(socket);
  }

  // Everything the server says to `bytes` until it closes.
  std::string raw(std::string bytes) { return loop.run_until(exchange(std::move(bytes))); }

  static std::string post_text(std::string_view path, std::string_view body, std::string_view more = "") {
    return "POST " + std::string(path) + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" +
           "Content-Length: " + std::to_string(body.size()) + "\r\n" + std::string(more) + "\r\n" +
           std::string(body);
  }

  net::Loop loop{[](const std::string& task, const std::string& what) { ADD_FAILURE() << task << what; }};
  SystemClock clock;
  std::vector<std::string> log, failures;
  Api api{clock,
          {.service = "test",
           .on_access =
               [this](const Access& a) { log.push_back(std::string(a.route) + std::to_string(a.status)); },
           .on_failure = [this](std::string_view, std::string_view what) { failures.emplace_back(what); }}};
  ServerSettings settings;
  std::optional<Server> server;
  net::Signal go_on{loop}, gone{loop}, entered{loop};
  bool left = false;
};

constexpr std::string_view kClose = "Connection: close\r\n";

TEST_F(ServerTest, answers_a_typed_request_with_all_common_headers) {
  start();
  auto answer =
      raw(post_text("/echo", R"({"text":"Привет"})", "X-Request-ID: abc-1\r\nConnection: close\r\n"));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("Content-Type: application/json\r\n"));
  EXPECT_THAT(answer, HasSubstr("X-Request-ID: abc-1\r\n"));
  EXPECT_THAT(answer, HasSubstr("Server-Timing: app;dur="));
  EXPECT_THAT(answer, HasSubstr("Date: "));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n{\"text\":\"Привет\",\"times\":1}"));
  EXPECT_THAT(log, testing::ElementsAre("/echo200"));
}

TEST_F(ServerTest, keeps_the_connection_and_answers_pipelined_requests_in_order) {
  start();
  auto answer = raw(post_text("/echo", R"({"text":"first"})") + post_text("/echo", R"({"text":"second"})") +
                    post_text("/echo", R"({"text":"third"})", kClose));
  EXPECT_LT(answer.find("first"), answer.find("second"));
  EXPECT_THAT(answer, EndsWith("{\"text\":\"third\",\"times\":1}"));
}

TEST_F(ServerTest, reads_a_chunked_body) {
  start();
  auto answer =
      raw("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
          "8\r\n{\"text\":\r\n4\r\n\"ab\"\r\n1\r\n}\r\n0\r\n\r\n");
  EXPECT_THAT(answer, EndsWith("{\"text\":\"ab\",\"times\":1}"));
}

TEST_F(ServerTest, refuses_what_is_not_http_and_closes) {
  start();
  for (const auto* bytes :
       {"rubbish\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1\r\nNo colon\r\n\r\n",
        "POST /echo HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "POST /echo HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"}) {
    auto answer = raw(bytes);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 Bad Request\r\n")) << bytes;
    EXPECT_THAT(answer, HasSubstr("application/problem+json")) << bytes;
  }
}

TEST_F(ServerTest, refuses_a_broken_query) {
  start();
  EXPECT_THAT(raw("GET /numbers?a=%zz HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(raw("GET /numbers?a=%FF HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 400"));
}

TEST_F(ServerTest, refuses_an_oversized_header) {
  start();
  EXPECT_THAT(raw("GET / HTTP/1.1\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n"),
              StartsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n"));
}

TEST_F(ServerTest, refuses_ten_megabytes_where_one_is_allowed_and_lets_the_client_read_why) {
  start();
  std::string ten(10 << 20, ' ');
  EXPECT_THAT(raw(post_text("/echo", ten)), StartsWith("HTTP/1.1 413 Content Too Large\r\n"));
  auto chunked =
      "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\na00000\r\n" + ten + "\r\n0\r\n\r\n";
  EXPECT_THAT(raw(chunked), StartsWith("HTTP/1.1 413 Content Too Large\r\n"));
  EXPECT_THAT(raw(post_text("/big", ten, kClose)), EndsWith("\"10485760\""));
}

TEST_F(ServerTest, tells_a_waiting_client_to_go_on_with_its_body) {
  start();
  auto answer = raw(post_text("/echo", R"({"text":"a"})", "Expect: 100-continue\r\nConnection: close\r\n"));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"));
}

TEST_F(ServerTest, closes_on_a_client_slower_than_the_settings_allow) {
  settings.header_timeout = settings.body_timeout = 20ms;
  start();
  EXPECT_EQ(raw("GET / HTTP/1.1\r\nHo"), "");
  EXPECT_EQ(raw("POST /echo HTTP/1.1\r\nContent-Length: 10\r\n\r\n{"), "");
}

TEST_F(ServerTest, answers_head_with_the_headers_of_get) {
  api.add(get("/text", &length));
  start();
  auto answer = raw("HEAD /text HTTP/1.1\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Content-Length: 3\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n"));
}

TEST_F(ServerTest, streams_in_chunks_and_to_old_clients_until_the_close) {
  start();
  auto chunked = raw("GET /numbers HTTP/1.1\r\n\r\n");
  EXPECT_THAT(chunked, HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_THAT(chunked, EndsWith("\r\n\r\n2\r\n0\n\r\n2\r\n1\n\r\n2\r\n2\n\r\n0\r\n\r\n"));
  auto plain = raw("GET /numbers HTTP/1.0\r\n\r\n");
  EXPECT_THAT(plain, Not(HasSubstr("chunked")));
  EXPECT_THAT(plain, EndsWith("\r\n\r\n0\n1\n2\n"));
}

TEST_F(ServerTest, leaves_a_stream_that_fails_visibly_unfinished) {
  start();
  EXPECT_THAT(raw("GET /broken HTTP/1.1\r\n\r\n"), EndsWith("4\r\nhalf\r\n"));
  EXPECT_THAT(failures, testing::ElementsAre("disk full"));
}

TEST_F(ServerTest, tells_an_event_stream_that_its_client_has_left) {
  start();
  loop.run_until([](ServerTest& t) -> Task<> {
    auto socket = co_await t.connect();
    std::string bytes = "GET /forever HTTP/1.1\r\n\r\n";
    co_await asio::async_write(*socket, asio::buffer(bytes), kQuietly);
    EXPECT_THAT(co_await read_until(socket, "two"), HasSubstr("event: hello\ndata: one\ndata: two\n\n"));
    socket->close();
    while (!t.left) co_await net::sleep_for(t.loop, t.clock, 1ms);
  }(*this));
}

TEST_F(ServerTest, answers_504_when_a_handler_is_late_and_lets_it_end) {
  start();
  EXPECT_THAT(raw("GET /slow HTTP/1.1\r\nConnection: close\r\n\r\n"),
              StartsWith("HTTP/1.1 504 Gateway Timeout"));
  EXPECT_FALSE(left);
  go_on.notify();
  loop.run_until(server->stop(1s));
  EXPECT_TRUE(left);
}

TEST_F(ServerTest, finishes_requests_under_way_and_closes_idle_connections_when_it_stops) {
  start();
  loop.run_until([](ServerTest& t) -> Task<> {
    auto idle = co_await t.connect();
    auto stream = co_await t.connect();
    std::string events = "GET /forever HTTP/1.1\r\n\r\n";
    co_await asio::async_write(*stream, asio::buffer(events), kQuietly);
    co_await read_until(stream, "two");
    auto busy = co_await t.connect();
    std::string bytes = "GET /held HTTP/1.1\r\n\r\n";
    co_await asio::async_write(*busy, asio::buffer(bytes), kQuietly);
    co_await t.entered.wait();
    t.loop.spawn("let it go", [](ServerTest& test) -> Task<> {
      test.go_on.notify();
      co_return;
    }(t));
    co_await t.server->stop(10s);
    EXPECT_THAT(co_await read_all(busy), EndsWith("\"done\""));
    EXPECT_EQ(co_await read_all(idle), "");
    auto refused = std::make_shared<tcp::socket>(t.loop.context());
    auto [error] =
        co_await refused->async_connect({asio::ip::make_address("127.0.0.1"), t.server->port()}, kQuietly);
    EXPECT_TRUE(error);
  }(*this));
  EXPECT_TRUE(left);
}

TEST_F(ServerTest, believes_a_proxy_of_a_private_network_about_the_client) {
  api.add(get("/who", [](const Request& r) { return who(r); }));
  start();
  auto ask = [&](std::string_view headers) {
    return raw("GET /who HTTP/1.1\r\nConnection: close\r\n" + std::string(headers) + "\r\n");
  };
  EXPECT_THAT(ask(""), EndsWith("\"127.0.0.1 here\""));
  EXPECT_THAT(ask("X-Forwarded-For: 9.9.9.9, 203.0.113.7\r\n"), EndsWith("\"203.0.113.7 elsewhere\""));
  EXPECT_THAT(ask("X-Forwarded-For: rubbish\r\n"), EndsWith("\"127.0.0.1 elsewhere\""));
}

TEST_F(ServerTest, serves_ipv6_too) {
  settings.host = "::1";
  start();
  auto answer = loop.run_until([](ServerTest& t) -> Task<std::string> {
    auto socket = std::make_shared<tcp::socket>(t.loop.context());
    co_await socket->async_connect({asio::ip::make_address("::1"), t.server->port()}, asio::use_awaitable);
    std::string bytes = "GET /numbers HTTP/1.1\r\n\r\n";
    co_await asio::async_write(*socket, asio::buffer(bytes), kQuietly);
    co_return co_await read_all(socket);
  }(*this));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK"));
}

TEST_F(ServerTest, lets_no_header_value_begin_a_line_of_its_own) {
  api.add(get("/split", [] { return split_header(); }));
  start();
  EXPECT_THAT(raw("GET /split HTTP/1.1\r\nConnection: close\r\n\r\n"),
              HasSubstr("X-Name: a  Set-Cookie: b\r\n"));
}

TEST_F(ServerTest, says_in_one_sentence_that_its_port_is_in_use) {
  start();
  settings.port = server->port();
  Server second(loop, api, settings);
  EXPECT_EQ(second.start().error().message,
            "port " + std::to_string(settings.port) + " of 127.0.0.1 is already in use");
}

}  // namespace
}  // namespace rb::http
