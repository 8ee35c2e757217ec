#pragma once
// Structured log: one JSON object a line on stdout, {"time","level","service","message", …fields}.
// Promise: a line costs its caller about a microsecond and no system call; a background thread writes what
// has gathered within 50 ms, an error at once. Nothing accepted is lost at exit. A reader that stops reading
// stops the program at last, rather than losing lines. Any thread.
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace rb::log {

enum class Level { debug, info, warn, error };

// "debug", "info", "warn" or "warning", "error" or "critical", in any case.
std::optional<Level> parse_level(std::string_view name);

// A name and a value, both borrowed until the call returns. A value whose name speaks of a token, password,
// secret or authorization is written as "***".
struct Field {
  using Value = std::variant<bool, std::int64_t, double, std::string_view>;

  template <std::convertible_to<std::string_view> T>
  Field(std::string_view n, const T& v) : name(n), value(std::string_view(v)) {}
  template <std::integral T>
  Field(std::string_view n, T v) : name(n), value(static_cast<std::int64_t>(v)) {}
  Field(std::string_view n, bool v) : name(n), value(v) {}
  Field(std::string_view n, double v) : name(n), value(v) {}

  std::string_view name;
  Value value;
};
using Fields = std::initializer_list<Field>;

struct Options {
  std::string service = "repitbot";
  Level level = Level::info;
  bool readable = false;  // coloured lines for a person at a terminal instead of JSON
};

// Before it is called the defaults hold. Once, at the start of main.
void start(Options options);

bool enabled(Level level);
void debug(std::string_view message, Fields fields = {});
void info(std::string_view message, Fields fields = {});
void warn(std::string_view message, Fields fields = {});
void error(std::string_view message, Fields fields = {});

void flush();  // returns when everything said so far is written
bool stdout_is_terminal();

}  // namespace rb::log
