#include "domain/render.hpp"

namespace rb::notification {

std::string wording_owner(const Message& message) {
  const auto* tutor = message.context.if_contains("tutor");
  if (tutor == nullptr || !tutor->is_object()) return {};
  const auto* id = tutor->get_object().if_contains("id");
  if (id == nullptr) return {};
  if (id->is_string()) return std::string(id->get_string());
  return id->is_int64() ? std::to_string(id->get_int64()) : "";
}

}  // namespace rb::notification
