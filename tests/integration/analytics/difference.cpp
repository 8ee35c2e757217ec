#include "difference.hpp"

#include <algorithm>
#include <set>

#include "tests/plain.hpp"

namespace rb::analytics {
namespace {

constexpr std::size_t kShown = 5;

class Finding {
 public:
  void compare(const json::value& got, const json::value& expected, const std::string& path) {
    if (got.is_object() && expected.is_object()) return members(got.as_object(), expected.as_object(), path);
    if (got.is_array() && expected.is_array()) return items(got.as_array(), expected.as_array(), path);
    if (got != expected) say(path, json::to_text(got), json::to_text(expected));
  }
  std::string text() const { return text_; }

 private:
  void say(const std::string& path, const std::string& got, const std::string& expected) {
    if (++count_ <= kShown) text_ += path + ": " + got + ", expected " + expected + "\n";
  }
  void members(const json::object& got, const json::object& expected, const std::string& path) {
    std::set<std::string> names;
    for (const auto* object : {&got, &expected})
      for (const auto& member : *object) names.emplace(member.key());
    for (const auto& name : names) {
      const auto *mine = got.if_contains(name), *theirs = expected.if_contains(name);
      auto here = path + "." + name;
      if (mine != nullptr && theirs != nullptr) {
        compare(*mine, *theirs, here);
      } else {
        say(here, mine != nullptr ? json::to_text(*mine) : "nothing",
            theirs != nullptr ? json::to_text(*theirs) : "nothing");
      }
    }
  }
  void items(const json::array& got, const json::array& expected, const std::string& path) {
    if (got.size() != expected.size())
      say(path, std::to_string(got.size()) + " items", std::to_string(expected.size()));
    for (std::size_t i = 0; i < std::min(got.size(), expected.size()); ++i)
      compare(got[i], expected[i], path + "[" + std::to_string(i) + "]");
  }

  std::size_t count_ = 0;
  std::string text_;
};

// As whoever reads the text has it: 10.0 is 10 there.
json::value as_read(const json::value& from) { return json::parse(json::to_text(from)).value(); }

}  // namespace

std::string difference(const json::value& got, const json::value& expected) {
  Finding finding;
  finding.compare(as_read(got), as_read(expected), "$");
  return finding.text();
}

json::value unordered(const json::value& from) {
  if (const auto* text = from.if_string())
    return text->starts_with(plain::kErased) ? json::value(plain::kErased) : from;
  if (const auto* object = from.if_object()) {
    std::map<std::string, json::value> members;
    for (const auto& [name, value] : *object) members.emplace(name, unordered(value));
    json::object out;
    for (auto& [name, value] : members) out.emplace(name, std::move(value));
    return out;
  }
  if (!from.is_array()) return as_read(from);
  json::array out;
  for (const auto& item : from.as_array()) out.push_back(unordered(item));
  if (!out.empty() && out.front().is_object())
    std::ranges::sort(out, {}, [](const json::value& row) { return json::to_text(row); });
  return out;
}

}  // namespace rb::analytics
