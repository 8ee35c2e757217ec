#pragma once
// Files of one JSON document a line, read in batches with a progress bar on the terminal.
#include <functional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "net/task.hpp"

namespace rb::app {

struct LineBatch {
  std::vector<std::string> lines;  // blank ones left out
  std::vector<int> numbers;        // of the lines in the file
};

using TakeLines = std::function<Task<Result<void>>(const std::string& file, LineBatch batch)>;

// Ends at the first failure of `take`. Errc::not_found: the file cannot be read.
Task<Result<void>> read_lines(std::string file, std::size_t at_once, TakeLines take);

// What became of the events in them.
struct Counts {
  std::int64_t accepted = 0, duplicate = 0, ignored = 0, rejected = 0;
  void print() const;
};

// "events.ndjson:7: …" on stderr.
void complain(const std::string& file, int line, std::string_view reason);

}  // namespace rb::app
