#include "config/server_url.hpp"

#include <boost/url/parse.hpp>
#include <charconv>

#include "base/strings.hpp"

namespace rb::config {

std::optional<ServerUrl> parse_server_url(std::string_view text) {
  auto parsed = boost::urls::parse_uri({text.data(), text.size()});
  if (!parsed || parsed->encoded_host().empty()) return std::nullopt;
  ServerUrl url;
  if (parsed->has_port()) {
    auto port = parsed->port();
    auto [end, error] = std::from_chars(port.begin(), port.end(), url.port);
    if (error != std::errc() || url.port == 0) return std::nullopt;
  }
  url.scheme = ascii_lower(std::string_view(parsed->scheme().data(), parsed->scheme().size()));
  url.user = parsed->user();
  url.password = parsed->password();
  url.host = parsed->host_address();
  url.path = parsed->path();
  if (url.path.starts_with('/')) url.path.erase(0, 1);
  return url;
}

}  // namespace rb::config
