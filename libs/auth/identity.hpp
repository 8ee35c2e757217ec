#pragma once
// Who asks, as a verified token says it. Pure.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "time/clock.hpp"

namespace rb::auth {

enum class Role { admin, tutor, parent, student, service };

std::string_view to_string(Role role);
std::optional<Role> parse_role(std::string_view name);  // in any case

struct Identity {
  std::string user_id;
  std::vector<Role> roles;                // at least one
  std::vector<std::string> children_ids;  // those that the issuer vouches for
  Time expires;

  bool has(Role role) const;
  bool operator==(const Identity&) const = default;
};

}  // namespace rb::auth
