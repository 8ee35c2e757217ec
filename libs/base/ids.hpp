#pragma once
// Identifiers and digests. Thread-safe.
#include <cstdint>
#include <string>
#include <string_view>

namespace rb {

// UUIDv7 (RFC 9562) of `unix_ms`: sorts by time, unique without a coordinator.
std::string new_uuid(std::int64_t unix_ms);

// `bytes` of the system's cryptographic randomness.
std::string random_bytes(std::size_t bytes);

std::string sha256(std::string_view data);                             // 32 raw bytes
std::string hmac_sha256(std::string_view key, std::string_view data);  // 32 raw bytes
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace rb
