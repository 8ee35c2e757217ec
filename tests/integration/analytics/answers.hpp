#pragma once
// The parts of plain_answer().
#include "asking.hpp"
#include "json/json.hpp"

namespace rb::analytics {

struct Context {
  const plain::History& history;
  const Asked& asked;
  Question question;  // of the period, zone and people that `asked` comes to
};

using AreaOf = void (*)(const plain::History&, const Question&, Answers&);

// The figures of some areas.
template <AreaOf... areas>
Answers figures(const plain::History& history, const Question& question) {
  Answers out;
  (areas(history, question, out), ...);
  return out;
}
template <AreaOf... areas>
Answers figures(const Context& of) {
  return figures<areas...>(of.history, of.question);
}

// Ids that are numbers are written as numbers; nobody's is null.
json::value id_or_null(const std::string& id);

// Rows of people, with their names.
json::value named(const plain::History& history, json::value rows, const std::string& whom);

json::object plain_chart(const std::string& path, const Context& of);  // data and summary
json::array plain_rows(const std::string& path, const Context& of);    // of an export

}  // namespace rb::analytics
