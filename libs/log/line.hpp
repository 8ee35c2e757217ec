#pragma once
// The two forms of a log line, without its line end. Pure.
#include <chrono>
#include <string>

#include "log/log.hpp"

namespace rb::log {

struct Line {
  std::chrono::system_clock::time_point time;
  Level level = Level::info;
  std::string_view service, message;
  Fields fields;
};

std::string to_json(const Line& line);      // bytes that are not UTF-8 become U+FFFD
std::string to_readable(const Line& line);  // control characters are escaped, so that it stays one line

}  // namespace rb::log
