#pragma once
// For tests of this library on a real Redis.
#include <string>

#include "cache/cache.hpp"
#include "config/server_url.hpp"

namespace rb::cache {

// "redis://[:PASSWORD@]HOST:PORT/DB" of the test kit.
inline RedisAddress address_of(const std::string& text) {
  auto url = config::parse_server_url(text).value();
  return {url.host, url.port, url.user, url.password, std::stoi(url.path)};
}

}  // namespace rb::cache
