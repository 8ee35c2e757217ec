#pragma once
// Whose figures a caller may see: the one place that decides it, for every endpoint. Pure. Source: the
// contract's section on rights.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace rb::analytics {

enum class Area { lessons, homework, materials, payments, balances, earnings, users };

enum class Role { admin, service, tutor, parent, student };

struct Viewer {
  std::string id;
  Role role = Role::student;
  std::vector<std::string> children;  // of a parent
};

std::string_view name(Role role);
inline bool sees_all(Role role) { return role == Role::admin || role == Role::service; }

// The widest role of the names given. nullopt: none of ours.
std::optional<Role> widest(const std::vector<std::string>& names);

struct Wanted {
  std::string tutor_id, student_id;  // "": nobody in particular
};

// To whom the answer is narrowed.
struct Narrowed {
  std::string tutor_id;                                 // "": of any
  std::optional<std::vector<std::string>> student_ids;  // none: of all
  bool operator==(const Narrowed&) const = default;
};

// Errc::forbidden: the area is not for this role, or somebody else was asked for.
Result<Narrowed> narrow(Area area, const Viewer& viewer, const Wanted& wanted);

}  // namespace rb::analytics
