#include "domain/render.hpp"

#include "domain/members.hpp"

namespace rb::notification {

std::string wording_owner(const Message& message) {
  const auto* id = object_in(message.context, "tutor").if_contains("id");
  if (id == nullptr) return {};
  if (id->is_string()) return std::string(id->get_string());
  return id->is_int64() ? std::to_string(id->get_int64()) : "";
}

}  // namespace rb::notification
