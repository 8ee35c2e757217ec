#include "auth/identity.hpp"

#include <algorithm>
#include <array>

#include "base/strings.hpp"

namespace rb::auth {
namespace {
constexpr std::array<std::string_view, 5> kNames{"admin", "tutor", "parent", "student", "service"};
}

std::string_view to_string(Role role) { return kNames[static_cast<std::size_t>(role)]; }

std::optional<Role> parse_role(std::string_view name) {
  const auto* it = std::ranges::find_if(kNames, [&](std::string_view known) { return iequals(known, name); });
  if (it == kNames.end()) return std::nullopt;
  return static_cast<Role>(it - kNames.begin());
}

bool Identity::has(Role role) const { return std::ranges::find(roles, role) != roles.end(); }

}  // namespace rb::auth
