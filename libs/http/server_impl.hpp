#pragma once
// Shared by the acceptor (server.cpp) and the connections (session.cpp).
#include <functional>
#include <set>

#include "http/server.hpp"

namespace boost::asio::ip {
class tcp;
}

namespace rb::http {

// One connection, as the server sees it.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual void wind_down() = 0;  // close when idle or in an event stream, else after the present answer
  virtual void abort() = 0;
};

struct Server::Impl {
  Impl(net::Loop& l, Api& a, ServerSettings s) : loop(l), api(a), settings(std::move(s)), left(l) {}
  net::Loop& loop;
  Api& api;
  ServerSettings settings;
  bool stopping = false;
  std::set<Connection*> connections;
  int handlers = 0;  // running, also those whose client was told 504
  net::Signal left;  // a connection or a handler has ended
  std::function<void()> close_acceptor = [] {};
  unsigned short port = 0;
};

// Serves the connection on `descriptor` (a connected TCP socket, now owned) until it ends.
Task<> serve(std::shared_ptr<Server::Impl> server, int descriptor, bool v6);

}  // namespace rb::http
