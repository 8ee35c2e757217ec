#include "log/line.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>

#include "base/strings.hpp"

namespace rb::log {
namespace {

constexpr std::array kSecret{"token", "password", "secret", "authorization"};
constexpr std::string_view kMask = "***";

bool is_secret(std::string_view name) {
  return std::ranges::any_of(kSecret, [&](std::string_view word) {
    return !std::ranges::search(name, word, {}, [](char c) { return c | 0x20; }).empty();
  });
}

// The inside of a JSON string. A text that is not valid UTF-8 loses its bytes above ASCII.
void append_escaped(std::string& out, std::string_view text) {
  bool ascii = std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  bool valid = ascii || valid_utf8(text);
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\u{:04x}", byte);
    } else if (byte >= 0x80 && !valid) {
      out += "\\ufffd";
    } else {
      out += c;
    }
  }
}

void append_text(std::string& out, std::string_view text) {
  out += '"';
  append_escaped(out, text);
  out += '"';
}

void append_value(std::string& out, const Field& field) {
  if (is_secret(field.name)) return append_text(out, kMask);
  if (const auto* text = std::get_if<std::string_view>(&field.value)) return append_text(out, *text);
  if (const auto* flag = std::get_if<bool>(&field.value)) {
    out += *flag ? "true" : "false";
  } else if (const auto* integer = std::get_if<std::int64_t>(&field.value)) {
    out += std::to_string(*integer);
  } else {
    double real = std::get<double>(field.value);
    if (!std::isfinite(real)) return append_text(out, fmt::format("{}", real));
    out += fmt::format("{}", real);
  }
}

// "2026-01-02T10:00:00"; the calendar is worked out once a second and thread.
std::string_view utc_second(std::time_t second) {
  thread_local std::time_t known = -1;
  thread_local std::string text;
  if (second != known) {
    text = fmt::format("{:%Y-%m-%dT%H:%M:%S}", fmt::gmtime(second));
    known = second;
  }
  return text;
}

std::string_view name_of(Level level) {
  constexpr std::array<std::string_view, 4> kNames{"debug", "info", "warn", "error"};
  return kNames[static_cast<std::size_t>(level)];
}

}  // namespace

std::string to_json(const Line& line) {
  auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(line.time.time_since_epoch()).count();
  std::string out;
  out.reserve(256);
  out += fmt::format(R"({{"time":"{}.{:03}Z","level":"{}","service":)", utc_second(ms / 1000), ms % 1000,
                     name_of(line.level));
  append_text(out, line.service);
  out += R"(,"message":)";
  append_text(out, line.message);
  for (const auto& field : line.fields) {
    out += ',';
    append_text(out, field.name);
    out += ':';
    append_value(out, field);
  }
  out += '}';
  return out;
}

std::string to_readable(const Line& line) {
  constexpr std::array<std::string_view, 4> kColours{"\x1b[90m", "\x1b[32m", "\x1b[33m", "\x1b[31m"};
  auto second = std::chrono::system_clock::to_time_t(line.time);
  auto out = fmt::format("{:%H:%M:%S} {}{:5}\x1b[0m {}  ", fmt::localtime(second),
                         kColours[static_cast<std::size_t>(line.level)], name_of(line.level), line.service);
  append_escaped(out, line.message);
  for (const auto& field : line.fields) {
    out += fmt::format("  \x1b[90m{}=\x1b[0m", field.name);
    append_value(out, field);
  }
  return out;
}

}  // namespace rb::log
