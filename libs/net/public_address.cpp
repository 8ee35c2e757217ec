#include "net/public_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>

namespace rb::net {
namespace {

struct Range {
  std::uint32_t first;
  int bits;
};

constexpr std::uint32_t ip(std::uint32_t a, std::uint32_t b, std::uint32_t c = 0) {
  return a << 24U | b << 16U | c << 8U;
}

// This network, private, shared, loopback, link-local, protocols, documentation, relays, benchmarks,
// multicast and reserved.
constexpr std::array kClosed = {
    Range{ip(0, 0), 8},         Range{ip(10, 0), 8},      Range{ip(100, 64), 10},
    Range{ip(127, 0), 8},       Range{ip(169, 254), 16},  Range{ip(172, 16), 12},
    Range{ip(192, 0, 0), 24},   Range{ip(192, 0, 2), 24}, Range{ip(192, 88, 99), 24},
    Range{ip(192, 168), 16},    Range{ip(198, 18), 15},   Range{ip(198, 51, 100), 24},
    Range{ip(203, 0, 113), 24}, Range{ip(224, 0), 4},     Range{ip(240, 0), 4}};

using V6 = std::array<std::uint8_t, 16>;

bool is_public_v4(std::uint32_t address) {
  return std::ranges::none_of(kClosed,
                              [&](Range r) { return address >> (32 - r.bits) == r.first >> (32 - r.bits); });
}

std::uint32_t v4_at(const V6& address, std::size_t at) {
  return ip(address.at(at), address.at(at + 1), address.at(at + 2)) | address.at(at + 3);
}

bool begins_with(const V6& address, std::initializer_list<std::uint8_t> bytes) {
  return std::ranges::equal(bytes, std::span(address).first(bytes.size()));
}

bool is_public_v6(const V6& address) {
  if (begins_with(address, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}))
    return is_public_v4(v4_at(address, 12));
  if (begins_with(address, {0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0}))  // NAT64
    return is_public_v4(v4_at(address, 12));
  if (begins_with(address, {0x20, 0x02})) return is_public_v4(v4_at(address, 2));  // 6to4
  bool global = (address[0] & 0xE0U) == 0x20;
  bool protocols = begins_with(address, {0x20, 0x01}) && (address[2] & 0xFEU) == 0;  // 2001::/23, with Teredo
  bool documentation =
      begins_with(address, {0x20, 0x01, 0x0D, 0xB8}) || begins_with(address, {0x3F, 0xFF, 0x00});
  return global && !protocols && !documentation;
}

struct Parsed {
  std::optional<std::uint32_t> v4;
  std::optional<V6> v6;
};

Parsed parse(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  std::string text(host);
  Parsed out;
  in_addr v4{};
  V6 v6{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) out.v4 = ntohl(v4.s_addr);
  if (inet_pton(AF_INET6, text.c_str(), v6.data()) == 1) out.v6 = v6;
  return out;
}

}  // namespace

bool is_public(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    return is_public_v4(ntohl(in.sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  sockaddr_in6 in{};
  std::memcpy(&in, &address, sizeof in);
  V6 bytes{};
  std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
  return is_public_v6(bytes);
}

bool is_ip_literal(std::string_view host) {
  auto parsed = parse(host);
  return parsed.v4 || parsed.v6;
}

bool is_public_literal(std::string_view host) {
  auto parsed = parse(host);
  return (parsed.v4 && is_public_v4(*parsed.v4)) || (parsed.v6 && is_public_v6(*parsed.v6));
}

}  // namespace rb::net
