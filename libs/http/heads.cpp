#include "http/heads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <ctime>

#include "base/strings.hpp"
#include "http/problem.hpp"

namespace rb::http {
namespace {

namespace asio = boost::asio;

// Addresses that only a proxy of our own can have.
bool is_private(const asio::ip::address& address) {
  auto v4 = [](const asio::ip::address_v4& a) {
    auto bits = a.to_uint();
    return a.is_loopback() || (bits >> 24U) == 10 || (bits >> 20U) == 0xAC1 || (bits >> 16U) == 0xC0A8;
  };
  if (address.is_v4()) return v4(address.to_v4());
  auto v6 = address.to_v6();
  if (v6.is_v4_mapped()) return v4(asio::ip::make_address_v4(asio::ip::v4_mapped, v6));
  return v6.is_loopback() || (v6.to_bytes()[0] & 0xFEU) == 0xFC;
}

std::string http_date() {
  thread_local std::string text;
  thread_local std::time_t second = 0;
  auto now = std::time(nullptr);
  if (now != second) {
    second = now;
    std::tm parts{};
    gmtime_r(&now, &parts);
    char buffer[40];
    text.assign(buffer, std::strftime(buffer, sizeof buffer, "%a, %d %b %Y %H:%M:%S GMT", &parts));
  }
  return text;
}

}  // namespace

void set_client(Request& request, const std::string& peer) {
  request.remote = peer;
  const auto* through = request.headers.find("X-Forwarded-For");
  request.forwarded = through || request.headers.find("Forwarded") || request.headers.find("X-Real-IP");
  if (through == nullptr || !is_private(asio::ip::make_address(peer))) return;
  auto last = trim(std::string_view(*through).substr(through->rfind(',') + 1));
  boost::system::error_code bad;
  asio::ip::make_address(std::string(last), bad);
  if (!bad) request.remote = last;
}

Result<void> set_target(Request& request, std::string_view target) {
  request.target = target;
  if (auto scheme = target.find("://"); scheme != std::string_view::npos && !target.starts_with('/')) {
    auto slash = target.find('/', scheme + 3);
    target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
  }
  auto mark = target.find('?');
  request.path = target.substr(0, mark);
  if (!percent_decode(request.path)) return fail(Errc::invalid, "the path is not percent-encoded");
  if (mark == std::string_view::npos) return {};
  auto query = parse_form(target.substr(mark + 1));
  if (!query) return fail(std::move(query.error()));
  request.query = std::move(*query);
  return {};
}

// Written by hand: Beast's serializer costs twice the time of everything else that we do with a request.
std::string head_of(const Response& from, bool keep) {
  auto out =
      fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\n", from.status, reason_phrase(from.status), http_date());
  for (const auto& [name, value] : from.headers) {
    auto start = out.size();
    out.append(name).append(": ").append(value);
    // A line break in a value would begin a field of the sender's choice.
    std::replace_if(
        out.begin() + static_cast<std::ptrdiff_t>(start), out.end(),
        [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    out += "\r\n";
  }
  if (!keep) out += "Connection: close\r\n";
  return out;
}

}  // namespace rb::http
