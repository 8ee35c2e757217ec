#pragma once
// One setting as data: --help, .env.example and the checks of its value come from it. Pure.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rb::config {

enum class Kind { text, integer, number, boolean, url, port, seconds, list, choice };

constexpr double kUnbounded = 1e15;

struct Option {
  std::string name;
  std::vector<std::string> aliases = {};  // older names, asked in this order after `name`
  std::string help;                       // one short line
  Kind kind = Kind::text;
  std::string fallback = {};              // the default, written as in the environment; "": unset
  std::vector<std::string> choices = {};  // of a choice; the schemes of a url
  double least = 0, most = kUnbounded;    // of a number, included
  bool secret = false;                    // its value is never shown

  // Values that were printed in public; the first stands in .env.example. Production refuses them,
  // development takes them as unset, or as they are when `weak_in_development` (the password of a server on
  // this machine).
  std::vector<std::string> placeholders = {};
  bool weak_in_development = false;
};

struct Group {
  std::string title;
  std::vector<Option> options;
};

// What is wrong with `value`, as the end of a sentence that begins with the name: "must be …". nullopt: fine.
std::optional<std::string> problem_of(const Option& option, std::string_view value);

// One of the option's placeholders, or anything that begins with "your_".
bool is_placeholder(const Option& option, std::string_view value);

// The readings of a value in which problem_of() finds nothing.
std::optional<bool> to_boolean(std::string_view value);
std::vector<std::string> to_list(std::string_view value);  // comma-separated; "none" is the empty list

}  // namespace rb::config
