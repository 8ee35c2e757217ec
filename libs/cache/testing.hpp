#pragma once
// For tests of this library on a real Redis.
#include <string>

#include "cache/cache.hpp"

namespace rb::cache {

// "redis://[:PASSWORD@]HOST:PORT/DB" of the test kit.
inline RedisAddress address_of(std::string url) {
  url = url.substr(url.find("://") + 3);
  RedisAddress address;
  if (auto at = url.find('@'); at != std::string::npos) {
    address.password = url.substr(1, at - 1);
    url = url.substr(at + 1);
  }
  auto colon = url.find(':'), slash = url.find('/');
  address.host = url.substr(0, colon);
  address.port = static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1)));
  address.database = slash == std::string::npos ? 0 : std::stoi(url.substr(slash + 1));
  return address;
}

}  // namespace rb::cache
