#pragma once
// Whether an address is one of the open internet. For calls to URLs that people choose: such a call must not
// reach this machine or its private network. Pure. Source: IANA's registries of special-purpose addresses
// (RFC 6890).
#include <string_view>

struct sockaddr;

namespace rb::net {

bool is_public(const sockaddr& address);  // IPv4 or IPv6; another family is not

// "192.0.2.1", "2001:db8::1", "[2001:db8::1]"; a name is none.
bool is_ip_literal(std::string_view host);
bool is_public_literal(std::string_view host);  // false for a name

}  // namespace rb::net
