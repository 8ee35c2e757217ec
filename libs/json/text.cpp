// JSON text: parsing with a position, writing with plain decimals.
#include <fmt/format.h>

#include <boost/json/stream_parser.hpp>
#include <charconv>
#include <cmath>

#include "json/json.hpp"

namespace rb::json {
namespace {

constexpr std::size_t kDepth = 64;

std::string position(std::string_view text, std::size_t at) {
  auto before = text.substr(0, at);
  auto line = std::ranges::count(before, '\n') + 1;
  auto start = before.rfind('\n');
  auto column = start == std::string_view::npos ? at + 1 : at - start;
  return fmt::format("line {}, column {}", line, column);
}

std::string reason(boost::system::error_code error) {
  using boost::json::error;
  if (error == error::too_deep) return fmt::format("nested deeper than {} levels", kDepth);
  if (error == error::incomplete) return "ends too early";
  if (error == error::extra_data) return "has more text after its end";
  return error.message();
}

void put_string(std::string& out, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += '"';
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte >= 0x20) {
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else {
      out += "\\u00";
      out += kDigits[byte >> 4U];
      out += kDigits[byte & 15U];
    }
  }
  out += '"';
}

void put_double(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  char buffer[400];
  bool plain = number == 0 || (std::abs(number) >= 1e-7 && std::abs(number) < 1e21);
  auto end = plain ? std::to_chars(buffer, std::end(buffer), number, std::chars_format::fixed).ptr
                   : std::to_chars(buffer, std::end(buffer), number).ptr;
  std::string_view digits(buffer, static_cast<std::size_t>(end - buffer));
  out += digits == "-0" ? "0" : digits;
}

void put(std::string& out, const value& from) {
  switch (from.kind()) {
    case boost::json::kind::null:
      out += "null";
      break;
    case boost::json::kind::bool_:
      out += from.get_bool() ? "true" : "false";
      break;
    case boost::json::kind::int64:
      out += std::to_string(from.get_int64());
      break;
    case boost::json::kind::uint64:
      out += std::to_string(from.get_uint64());
      break;
    case boost::json::kind::double_:
      put_double(out, from.get_double());
      break;
    case boost::json::kind::string:
      put_string(out, from.get_string());
      break;
    case boost::json::kind::array: {
      char separator = '[';
      for (const auto& item : from.get_array()) {
        out += std::exchange(separator, ',');
        put(out, item);
      }
      out += separator == '[' ? "[]" : "]";
      break;
    }
    case boost::json::kind::object: {
      char separator = '{';
      for (const auto& [key, item] : from.get_object()) {
        out += std::exchange(separator, ',');
        put_string(out, key);
        out += ':';
        put(out, item);
      }
      out += separator == '{' ? "{}" : "}";
      break;
    }
  }
}

}  // namespace

Result<value> parse(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = kDepth;
  boost::json::stream_parser parser({}, options);
  boost::system::error_code error;
  auto read = parser.write_some(text.data(), text.size(), error);
  if (!error && read < text.size()) error = boost::json::error::extra_data;
  if (!error) parser.finish(error);
  if (!error) return parser.release();
  return fail(Errc::invalid,
              fmt::format("the JSON text is broken at {}: {}", position(text, read), reason(error)));
}

std::string to_text(const value& from) {
  std::string out;
  put(out, from);
  return out;
}

}  // namespace rb::json
