#pragma once
// Histories of a school for measuring: 200 tutors with 20 students each; lessons, payments, homework,
// materials and logins in the proportions of a real one. The same numbers give the same history, but for its
// last day.
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace rb::bench {

inline constexpr int kTutors = 200, kStudents = 4000;  // ids: tutors from 1, students after them

struct School {
  std::string name;                      // "1 year, 100,000 events"
  std::filesystem::path users, history;  // CloudEvents, one a line, in the order of time
  std::size_t events = 0;                // lines of `history`
  int days = 0;                          // that they span
  std::chrono::sys_days last = {};       // the day of the last of them
};

// Writes both files into `folder`. The history ends where `end` begins.
School write_school(const std::filesystem::path& folder, std::string name, std::size_t events, int days,
                    std::chrono::sys_days end);

// A school whose files are there already, with people numbered as above.
School read_school(std::filesystem::path history, std::filesystem::path users);

// The text of a field in a line of such a file; "" when there is none.
std::string_view text_field(std::string_view line, std::string_view name);

}  // namespace rb::bench
