#include "templates/catalog.hpp"

#include <fmt/format.h>

#include "base/ids.hpp"
#include "base/strings.hpp"

namespace rb::notification::templates {

std::optional<std::string> find_in(std::string_view type, std::string_view audience,
                                   std::string_view language) {
  for (std::string_view reader : {audience, std::string_view("any")}) {
    std::string path = fmt::format("{}/{}.{}.html", language, type, reader);
    if (file(path)) return path;
  }
  return std::nullopt;
}

std::optional<std::string> find(std::string_view type, std::string_view audience, std::string_view language) {
  auto path = find_in(type, audience, language);
  return path ? path : find_in(type, audience, "ru");
}

std::string digest(std::string_view type, std::string_view audience, std::string_view language) {
  std::string all;
  if (auto path = find_in(type, audience, language)) {
    all = *file(*path);
  } else if (audience == "any") {
    for (std::string_view reader : {"student", "parent", "tutor", "admin"})
      if (auto each = find_in(type, reader, language)) all += *file(*each);
  }
  return all.empty() ? "" : hex(sha256(all)).substr(0, 16);
}

}  // namespace rb::notification::templates
