#pragma once
// What is wrong with a list, for the person who wrote it: one sentence in Russian and in English, «… · …».
#include <string>
#include <vector>

namespace rb::notification::lists {

struct Problem {
  std::string list;    // "people", "lessons"
  int line = 0;        // of the file, the headers' is 1; 0: the whole file
  std::string column;  // as the file writes it; "": the whole row
  std::string reason;
  bool operator==(const Problem&) const = default;
};
using Problems = std::vector<Problem>;

}  // namespace rb::notification::lists
