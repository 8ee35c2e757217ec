#pragma once
// What a member of a described struct must satisfy beyond its C++ type, and what people read about it.
//
//   struct Note { std::string user_id; int priority = 5; std::optional<std::string> mail; };
//   BOOST_DESCRIBE_STRUCT(Note, (), (user_id, priority, mail))       // in the namespace of Note
//   inline json::Rules rules(const Note*) {
//     return {json::rule("user_id").integer_or_text().alias("userId"),
//             json::rule("priority").range(1, 9).defaulted(),
//             json::rule("mail").is(json::Format::email)};
//   }
//
// On a list or a map, length() counts its items; every other rule is about each item.
#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace rb::json {

enum class Format { none, email, date };  // date: 2026-01-02

struct Rule {
  std::string name;
  std::vector<std::string> aliases;
  bool has_default = false;
  bool id = false;
  bool omit = false;
  std::optional<double> minimum, maximum;
  std::optional<std::size_t> min_length, max_length;
  Format format = Format::none;
  std::vector<std::string> values;
  std::string description;
  std::optional<boost::json::value> sample;

  Rule& alias(std::string old_name);  // an older name that is read, too; repeatable
  Rule& defaulted();                  // may be missing: the struct's initialiser stays
  Rule& range(double least, double most);
  Rule& at_least(double least);
  Rule& length(std::size_t least, std::size_t most);  // code points of a text, items of a list or map
  Rule& is(Format format);
  Rule& one_of(std::vector<std::string> values);
  Rule& integer_or_text();  // an id: 5 and "5" are the same; kept as text, written as a number if it is one
  Rule& omit_null();        // an empty optional is left out of the output instead of being null
  Rule& doc(std::string description);
  Rule& example(boost::json::value sample);
};

using Rules = std::vector<Rule>;

Rule rule(std::string member);

}  // namespace rb::json
