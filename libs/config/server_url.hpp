#pragma once
// The address of a server as settings write it (RFC 3986). Pure.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rb::config {

struct ServerUrl {
  std::string scheme, user, password, host;  // scheme in lower case; the rest percent-decoded
  std::uint16_t port = 0;                    // 0: not given
  std::string path;                          // percent-decoded, without its first slash
};

// nullopt: not a URL, or one without a host.
std::optional<ServerUrl> parse_server_url(std::string_view text);

}  // namespace rb::config
