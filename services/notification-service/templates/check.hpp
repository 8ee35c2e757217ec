#pragma once
// Checks a text before it is kept. Pure.
#include "templates/engine.hpp"

namespace rb::notification {

// Syntax; variables against the declared ones; every form it takes, for everyone it is for, with full and
// with the least data; the markup that Telegram knows; a title in one line.
TextCheck check_text(const TextEngine& engine, const TextDraft& draft, Time now);

// The text that only replaces title and body of the built-in one (`title` or `body` may be empty: that part
// stays), or that stands in the common layout where there is none. The body begins at line 2.
std::string source_of(const TextKey& key, const std::string& title, const std::string& body);

}  // namespace rb::notification
