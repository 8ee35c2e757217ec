#include "domain/error_text.hpp"

#include <vector>

#include "base/strings.hpp"

namespace rb::notification {

std::string without_addresses(std::string_view text) {
  auto words = split(text, ' ');
  for (auto& word : words)
    if (word.contains('@')) word = "…";
  return join(words, " ");
}

}  // namespace rb::notification
