#include "templates/catalog.hpp"

#include <fmt/format.h>

namespace rb::notification::templates {

std::optional<std::string> find(std::string_view type, std::string_view audience, std::string_view language) {
  for (std::string_view tongue : {language, std::string_view("ru")}) {
    for (std::string_view reader : {audience, std::string_view("any")}) {
      std::string path = fmt::format("{}/{}.{}.html", tongue, type, reader);
      if (file(path)) return path;
    }
  }
  return std::nullopt;
}

}  // namespace rb::notification::templates
