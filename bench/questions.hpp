#pragma once
// What is asked of analytics-service about a school: each question once, so that no answer is known before.
#include <string>
#include <vector>

#include "school_history.hpp"

namespace rb::bench {

struct Question {
  std::string target;  // under /api/v1/analytics
  std::string bearer;
};

struct Kind {
  std::string name;
  std::vector<Question> questions;
};

std::vector<Kind> questions_about(const School& school);

}  // namespace rb::bench
