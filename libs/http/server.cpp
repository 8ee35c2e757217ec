#include "http/server.hpp"

#include <fmt/format.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/server_impl.hpp"

namespace rb::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

Task<> accept_all(std::shared_ptr<Server::Impl> server, std::shared_ptr<tcp::acceptor> acceptor) {
  static const SystemClock clock;
  while (acceptor->is_open()) {
    auto [error, socket] = co_await acceptor->async_accept(asio::as_tuple(asio::use_awaitable));
    if (!acceptor->is_open()) break;
    if (error) {
      // Mostly «too many open files»: connections that end will free some.
      co_await net::sleep_for(server->loop, clock, std::chrono::milliseconds(100));
      continue;
    }
    bool v6 = acceptor->local_endpoint().protocol() == tcp::v6();
    server->loop.spawn("http connection", serve(server, socket.release(), v6));
  }
}

std::string reason(const ServerSettings& settings, const boost::system::error_code& error) {
  if (error == asio::error::address_in_use)
    return fmt::format("port {} of {} is already in use", settings.port, settings.host);
  return fmt::format("cannot listen on {} port {}: {}", settings.host, settings.port, error.message());
}

}  // namespace

Server::Server(net::Loop& loop, Api& api, ServerSettings settings)
    : impl_(std::make_shared<Impl>(loop, api, std::move(settings))) {}

Server::~Server() {
  impl_->stopping = true;
  impl_->close_acceptor();
  for (auto* connection : impl_->connections) connection->abort();
}

Result<void> Server::start() {
  auto& context = impl_->loop.context();
  boost::system::error_code error;
  auto found = tcp::resolver(context).resolve(impl_->settings.host, std::to_string(impl_->settings.port),
                                              tcp::resolver::passive, error);
  if (error) return fail(Errc::unavailable, reason(impl_->settings, error));
  auto endpoint = found.begin()->endpoint();
  auto acceptor = std::make_shared<tcp::acceptor>(context);
  acceptor->open(endpoint.protocol(), error);
  if (!error) acceptor->set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor->bind(endpoint, error);
  if (!error) acceptor->listen(asio::socket_base::max_listen_connections, error);
  if (error) return fail(Errc::unavailable, reason(impl_->settings, error));
  impl_->port = acceptor->local_endpoint().port();
  impl_->close_acceptor = [acceptor] {
    boost::system::error_code ignored;
    acceptor->close(ignored);
  };
  impl_->loop.spawn("http acceptor", accept_all(impl_, acceptor));
  return {};
}

unsigned short Server::port() const { return impl_->port; }

Task<> Server::stop(std::chrono::milliseconds grace) {
  static const SystemClock clock;
  auto server = impl_;
  server->stopping = true;
  server->close_acceptor();
  auto left = server->connections;  // wind_down() may end some at once
  for (auto* connection : left)
    if (server->connections.contains(connection)) connection->wind_down();
  auto drained = [&] { return server->connections.empty() && server->handlers == 0; };
  auto until = clock.now() + grace;
  while (!drained() && co_await server->left.wait_until(clock, until)) continue;
  for (auto* connection : server->connections) connection->abort();
  until = clock.now() + std::chrono::seconds(1);
  while (!server->connections.empty() && co_await server->left.wait_until(clock, until)) continue;
}

}  // namespace rb::http
