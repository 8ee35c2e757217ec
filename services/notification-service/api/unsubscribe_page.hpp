#pragma once
// The pages behind an unsubscribe link. Pure.
#include <string>

namespace rb::notification {

struct UnsubscribePage {
  enum class State { asks, done_type, done_all, required, broken };
  State state = State::asks;
  std::string title;  // of the type, in the reader's language
  std::string token;
  bool russian = true;
};

std::string unsubscribe_html(const UnsubscribePage& page);

}  // namespace rb::notification
