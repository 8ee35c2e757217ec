#pragma once
// HTTP/1.1 over TCP for one Api. Belongs to the loop's thread.
#include <chrono>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "http/api.hpp"
#include "net/loop.hpp"

namespace rb::http {

struct ServerSettings {
  std::string host = "127.0.0.1";  // an address or a name; "0.0.0.0" and "::" are all interfaces
  unsigned short port = 0;         // 0: any free one, see Server::port()
  std::chrono::milliseconds header_timeout{10'000};
  std::chrono::milliseconds body_timeout{30'000};
  std::chrono::milliseconds idle_timeout{60'000};
  std::chrono::milliseconds write_timeout{30'000};
  std::size_t header_limit = 16 * 1024;
};

class Server {
 public:
  Server(net::Loop& loop, Api& api, ServerSettings settings);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Listens and serves from now on. Errc::unavailable: one sentence why the address cannot be used.
  Result<void> start();
  unsigned short port() const;

  // No new connections; idle ones and event streams are closed, requests under way are finished, at most for
  // `grace`; then everything is closed.
  Task<> stop(std::chrono::milliseconds grace);

  struct Impl;

 private:
  std::shared_ptr<Impl> impl_;
};

}  // namespace rb::http
