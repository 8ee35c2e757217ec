#pragma once
// Finds addresses in an escaped text and links them.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rb::jinja {

struct UrlizeOptions {
  std::optional<std::int64_t> trim;  // of the text shown
  std::string rel;                   // "noopener" is always added
  std::string target;
  std::vector<std::string> extra_schemes;  // "tel:", "ftp://"
};

std::string urlize(std::string_view escaped, const UrlizeOptions& options);
bool is_scheme(std::string_view text);

}  // namespace rb::jinja
