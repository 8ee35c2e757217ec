#include "domain/merge.hpp"

namespace rb::analytics {
namespace {

MaterialUse use_of(const events::Event& event) {
  if (event.type == "material.uploaded") return MaterialUse::upload;
  if (event.type == "material.shared") return MaterialUse::share;
  bool download = event.type == "material.downloaded" || event.text("access_type") == "download";
  return download ? MaterialUse::download : MaterialUse::view;
}

}  // namespace

std::optional<Access> fold_access(Events ordered) {
  if (ordered.empty()) return std::nullopt;
  const auto& event = ordered.back();
  return Access{.source = event.source,
                .id = event.id,
                .material_id = event.text("material_id"),
                .title = event.text("title"),
                .subject = event.text("subject"),
                .user_id = event.text("user_id"),
                .student_id = first_student(event),
                .tutor_id = event.text("tutor_id"),
                .use = use_of(event),
                .at = event.time};
}

std::optional<Login> fold_login(Events ordered) {
  if (ordered.empty()) return std::nullopt;
  const auto& event = ordered.back();
  return Login{event.source,           event.id,  event.text("user_id"), event.text("role"),
               event.text("platform"), event.time};
}

}  // namespace rb::analytics
