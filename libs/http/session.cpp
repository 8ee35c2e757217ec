// One connection: reads requests with limits and deadlines, has the Api answer them, writes the answers. The
// only translation unit with Beast's templates.
#include <fmt/format.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include "base/strings.hpp"
#include "http/heads.hpp"
#include "http/server_impl.hpp"

namespace rb::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using tcp = asio::ip::tcp;

using Parser = wire::request_parser<wire::string_body>;
constexpr auto kQuietly = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kReadSize = 16 * 1024;
constexpr std::size_t kLinger = 32 << 20;  // bytes of a refused body that are read and thrown away

// What a request and its handler share; outlives the connection when the handler is late.
struct Exchange {
  explicit Exchange(const asio::any_io_executor& executor) : done(executor) {}
  Request request;
  std::optional<Response> response;
  asio::steady_timer done;
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
};

Task<> run_handler(std::shared_ptr<Server::Impl> server, std::shared_ptr<Exchange> exchange) {
  ++server->handlers;
  exchange->response = co_await server->api.handle(exchange->request);
  exchange->done.cancel();
  --server->handlers;
  if (server->stopping) server->left.notify();
}

struct Rejection {
  int status;
  std::string_view detail;
};

std::optional<Rejection> rejection(const beast::error_code& error) {
  if (error == wire::error::header_limit) return Rejection{431, "the header fields are too large"};
  if (error == wire::error::body_limit) return Rejection{413, "the body is too large"};
  bool parse = error.category() == wire::make_error_code(wire::error::bad_method).category();
  bool ended = error == wire::error::end_of_stream || error == wire::error::partial_message;
  if (parse && !ended) return Rejection{400, "the request is not valid HTTP/1.1"};
  return std::nullopt;
}

class Session final : public Connection, public std::enable_shared_from_this<Session> {
 public:
  Session(std::shared_ptr<Server::Impl> server, tcp::socket socket)
      : server_(std::move(server)), stream_(std::move(socket)) {
    server_->connections.insert(this);
  }

  ~Session() override {
    server_->connections.erase(this);
    server_->left.notify();
  }

  void wind_down() override {
    closing_ = true;
    if (idle_) abort();
    if (leave_stream_) leave_stream_();
  }

  void abort() override { stream_.close(); }

  Task<> run() {
    beast::error_code error;
    stream_.socket().set_option(tcp::no_delay(true), error);
    auto peer = stream_.socket().remote_endpoint(error);
    if (error) co_return;
    peer_ = peer.address().to_string();
    while (!closing_ && co_await next_bytes() && co_await one_request()) continue;
    stream_.socket().shutdown(tcp::socket::shutdown_both, error);
  }

 private:
  class PieceWriter;

  // Whatever comes next, into the buffer.
  Task<beast::error_code> receive() {
    auto [error, size] = co_await stream_.async_read_some(buffer_.prepare(kReadSize), kQuietly);
    buffer_.commit(size);
    co_return error;
  }

  // Writes all of it. Each kind of buffers given to async_write() would cost seconds of compilation.
  Task<beast::error_code> transmit(std::string_view first, std::string_view second = {},
                                   std::string_view third = {}) {
    std::array<asio::const_buffer, 3> bytes{asio::buffer(first), asio::buffer(second), asio::buffer(third)};
    auto [error, size] = co_await asio::async_write(stream_, bytes, kQuietly);
    co_return error;
  }

  // Reads until the parser has the header, or the whole request.
  Task<beast::error_code> parse(Parser& parser, bool whole) {
    parser.eager(whole);
    while (whole ? !parser.is_done() : !parser.is_header_done()) {
      beast::error_code error = wire::error::need_more;
      if (buffer_.size() > 0) buffer_.consume(parser.put(buffer_.data(), error));
      if (error == wire::error::need_more) error = co_await receive();
      if (error) co_return error;
    }
    co_return beast::error_code();
  }

  // Waits for the first bytes of a request.
  Task<bool> next_bytes() {
    if (buffer_.size() > 0) co_return true;
    idle_ = true;
    stream_.expires_after(server_->settings.idle_timeout);
    auto error = co_await receive();
    idle_ = false;
    co_return !error;
  }

  // False: the connection ends here.
  Task<bool> one_request() {
    auto exchange = std::make_shared<Exchange>(stream_.get_executor());
    auto& request = exchange->request;
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(server_->settings.header_limit));
    parser.body_limit(boost::none);
    stream_.expires_after(server_->settings.header_timeout);
    auto error = co_await parse(parser, false);
    if (error) co_return co_await refuse(*exchange, rejection(error));

    take_header(request, parser.get());
    if (auto target = set_target(request, std::string_view(parser.get().target())); !target)
      co_return co_await refuse(*exchange, Rejection{400, target.error().message});
    static const Endpoint kNone;
    const auto* found = server_->api.find(request.method, request.path);
    const auto& endpoint = found == nullptr ? kNone : *found;
    auto problem = co_await read_body(request, parser, endpoint.most_body);
    if (problem) co_return co_await refuse(*exchange, problem->status == 0 ? std::nullopt : problem);

    auto response = co_await answer(exchange, endpoint.time_limit);
    bool keep = parser.keep_alive() && parser.get().version() >= 11 && !closing_ && !response.stream;
    keep = co_await send(request, response, parser.get().version(), keep) && keep;
    note(*exchange, response);
    co_return keep;
  }

  void take_header(Request& request, const wire::request<wire::string_body>& from) {
    request.method = method_of(std::string_view(from.method_string()));
    for (const auto& field : from)
      request.headers.add(std::string_view(field.name_string()), std::string(field.value()));
    set_client(request, peer_);
  }

  // Status 0: the client is gone.
  Task<std::optional<Rejection>> read_body(Request& request, Parser& parser, std::uint64_t limit) {
    if (parser.content_length().value_or(0) > limit) co_return Rejection{413, "the body is too large"};
    if (parser.is_done()) co_return std::nullopt;
    parser.body_limit(limit);
    stream_.expires_after(server_->settings.body_timeout);
    if (iequals(request.headers.get("Expect"), "100-continue")) {
      static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
      auto error = co_await transmit(kContinue);
      if (error) co_return Rejection{0, ""};
    }
    auto error = co_await parse(parser, true);
    if (error) co_return rejection(error).value_or(Rejection{0, ""});
    request.body = std::move(parser.get().body());
    co_return std::nullopt;
  }

  // The handler runs as a task of its own, so that its deadline can pass without anything being torn down.
  Task<Response> answer(std::shared_ptr<Exchange> exchange, std::chrono::seconds limit) {
    exchange->done.expires_after(limit);
    server_->loop.spawn("http handler", run_handler(server_, exchange));
    // spawn() has already run it up to its first wait: quick handlers are done here.
    if (!exchange->response) co_await exchange->done.async_wait(kQuietly);
    if (exchange->response) co_return std::move(*exchange->response);
    co_return server_->api.refuse(
        exchange->request, 504,
        fmt::format("no answer within {} seconds; the work may go on", limit.count()));
  }

  // Answers what cannot be handled, then closes: what follows on the connection cannot be trusted.
  Task<bool> refuse(Exchange& exchange, std::optional<Rejection> why) {
    if (!why) co_return false;
    set_client(exchange.request, peer_);
    auto response = server_->api.refuse(exchange.request, why->status, std::string(why->detail));
    if (co_await send(exchange.request, response, 11, false)) {
      note(exchange, response);
      co_await discard_rest();
    }
    co_return false;
  }

  // A close with unread input would reset the connection before the client has read our answer.
  Task<> discard_rest() {
    beast::error_code error;
    stream_.socket().shutdown(tcp::socket::shutdown_send, error);
    stream_.expires_after(std::chrono::seconds(5));
    for (std::size_t seen = 0; !error && seen < kLinger;) {
      buffer_.clear();
      error = co_await receive();
      seen += buffer_.size();
    }
  }

  Task<bool> send(const Request& request, Response& from, unsigned version, bool keep) {
    if (from.stream) co_return co_await send_stream(request, from, version);
    auto head = head_of(from, keep);
    bool bodiless = from.status == 204 || from.status == 304;
    if (!bodiless) head += fmt::format("Content-Length: {}\r\n", from.body.size());
    head += "\r\n";
    sent_bytes_ = request.method == Method::head || bodiless ? 0 : from.body.size();
    stream_.expires_after(server_->settings.write_timeout);
    auto error = co_await transmit(head, std::string_view(from.body).substr(0, sent_bytes_));
    co_return !error;
  }

  Task<bool> send_stream(const Request& request, Response& from, unsigned version);
  Task<> watch_client(std::shared_ptr<PieceWriter> writer);

  void note(const Exchange& exchange, const Response& response) const {
    const auto& told = server_->api.settings().on_access;
    if (!told) return;
    const auto& request = exchange.request;
    std::chrono::duration<double> spent = std::chrono::steady_clock::now() - exchange.start;
    told({name(request.method), request.route, request.path, response.status, spent.count(), sent_bytes_,
          request.request_id, request.caller ? std::string_view(request.caller->subject) : "",
          request.remote});
  }

  std::shared_ptr<Server::Impl> server_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::string peer_;  // address
  std::size_t sent_bytes_ = 0;
  bool idle_ = false, closing_ = false;
  std::function<void()> leave_stream_;  // set while an event stream is being written
};

// Writes a body in pieces: chunked, or until the end of the connection for HTTP/1.0.
class Session::PieceWriter final : public Writer {
 public:
  PieceWriter(Session& session, bool chunked) : session_(session), chunked_(chunked) {}

  Task<bool> write(std::string piece) override {
    if (gone_) co_return false;
    if (piece.empty()) co_return true;  // an empty chunk would end the body
    session_.sent_bytes_ += piece.size();
    session_.stream_.expires_after(session_.server_->settings.write_timeout);
    auto size = chunked_ ? fmt::format("{:x}\r\n", piece.size()) : std::string();
    auto error = co_await session_.transmit(size, piece, chunked_ ? "\r\n" : "");
    if (error) leave();
    co_return !gone_;
  }

  bool gone() const override { return gone_; }
  void on_gone(std::function<void()> told) override { told_ = std::move(told); }

  Task<> finish() {
    if (gone_ || !chunked_) co_return;
    session_.stream_.expires_after(session_.server_->settings.write_timeout);
    co_await session_.transmit("0\r\n\r\n");
  }

  void leave() {
    if (std::exchange(gone_, true)) return;
    if (told_) std::exchange(told_, nullptr)();
  }

 private:
  Session& session_;
  bool chunked_, gone_ = false;
  std::function<void()> told_;
};

// A read that ends tells that the client has left, also while nothing is being written.
Task<> Session::watch_client(std::shared_ptr<PieceWriter> writer) {
  auto self = shared_from_this();
  stream_.expires_never();
  for (;;) {
    buffer_.clear();
    auto error = co_await receive();
    if (!error) continue;
    writer->leave();
    co_return;
  }
}

Task<bool> Session::send_stream(const Request& request, Response& from, unsigned version) {
  bool chunked = version >= 11;
  auto head = head_of(from, false) + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "\r\n");
  stream_.expires_after(server_->settings.write_timeout);
  auto error = co_await transmit(head);
  if (error || request.method == Method::head) co_return !error;
  auto writer = std::make_shared<PieceWriter>(*this, chunked);
  server_->loop.spawn("http stream watch", watch_client(writer));
  bool endless = from.headers.get("Content-Type").starts_with("text/event-stream");
  if (endless) leave_stream_ = [writer] { writer->leave(); };
  std::string failure;
  try {
    co_await from.stream(*writer);
    co_await writer->finish();
  } catch (const std::exception& e) {
    // The client sees a body without its end.
    failure = e.what();
  }
  leave_stream_ = nullptr;
  const auto& told = server_->api.settings().on_failure;
  if (!failure.empty() && told) told(request.request_id, failure);
  co_return failure.empty();
}

}  // namespace

Task<> serve(std::shared_ptr<Server::Impl> server, int descriptor, bool v6) {
  tcp::socket socket(server->loop.context(), v6 ? tcp::v6() : tcp::v4(), descriptor);
  auto session = std::make_shared<Session>(std::move(server), std::move(socket));
  co_await session->run();
}

}  // namespace rb::http
