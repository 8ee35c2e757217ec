#include "domain/rights.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace rb::analytics {
namespace {

constexpr std::array<std::string_view, 5> kRoles = {"admin", "service", "tutor", "parent", "student"};

std::unexpected<Error> only_own(std::string_view what) {
  return fail(Errc::forbidden, "you may see the figures of your own " + std::string(what) + " only");
}

bool is_open(Area area, Role role) {
  if (sees_all(role)) return true;
  if (area == Area::users) return false;
  return area != Area::earnings || role == Role::tutor;
}

std::optional<std::vector<std::string>> one(const std::string& student_id) {
  if (student_id.empty()) return std::nullopt;
  return std::vector{student_id};
}

Result<Narrowed> narrow_to(std::vector<std::string> own, const Wanted& wanted, std::string_view what) {
  if (wanted.student_id.empty()) return Narrowed{wanted.tutor_id, std::move(own)};
  if (std::ranges::find(own, wanted.student_id) == own.end()) return only_own(what);
  return Narrowed{wanted.tutor_id, one(wanted.student_id)};
}

}  // namespace

std::string_view name(Role role) { return kRoles[static_cast<std::size_t>(role)]; }

std::optional<Role> widest(const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < kRoles.size(); ++i)
    if (std::ranges::find(names, kRoles[i]) != names.end()) return static_cast<Role>(i);
  return std::nullopt;
}

Result<Narrowed> narrow(Area area, const Viewer& viewer, const Wanted& wanted) {
  if (!is_open(area, viewer.role)) return fail(Errc::forbidden, "these figures are not for your role");
  switch (viewer.role) {
    case Role::admin:
    case Role::service:
      return Narrowed{wanted.tutor_id, one(wanted.student_id)};
    case Role::tutor:
      if (!wanted.tutor_id.empty() && wanted.tutor_id != viewer.id) return only_own("lessons");
      return Narrowed{viewer.id, one(wanted.student_id)};
    case Role::parent:
      return narrow_to(viewer.children, wanted, "children");
    case Role::student:
      return narrow_to({viewer.id}, wanted, "lessons");
  }
  return fail(Errc::forbidden, "these figures are not for your role");
}

}  // namespace rb::analytics
