#include "bus/topic.hpp"

#include <algorithm>
#include <optional>

namespace rb::bus {
namespace {

// What is left of a key. nullopt: no word; an empty text is one empty word ("a." has two words).
using Words = std::optional<std::string_view>;

Words words_of(std::string_view key) { return key.empty() ? Words() : Words(key); }

std::string_view take_word(Words& words) {
  auto dot = words->find('.');
  auto word = words->substr(0, dot);
  if (dot == std::string_view::npos) {
    words.reset();
  } else {
    words->remove_prefix(dot + 1);
  }
  return word;
}

bool matches(Words pattern, Words key) {
  while (pattern) {
    auto word = take_word(pattern);
    if (word == "#") {
      while (!matches(pattern, key)) {
        if (!key) return false;
        take_word(key);
      }
      return true;
    }
    if (!key) return false;
    if (auto actual = take_word(key); word != "*" && word != actual) return false;
  }
  return !key;
}

}  // namespace

bool topic_matches(std::string_view binding_key, std::string_view routing_key) {
  return matches(words_of(binding_key), words_of(routing_key));
}

bool any_topic_matches(const std::vector<std::string>& binding_keys, std::string_view routing_key) {
  return std::ranges::any_of(binding_keys, [&](const auto& key) { return topic_matches(key, routing_key); });
}

}  // namespace rb::bus
