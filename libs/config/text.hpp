#pragma once
// What people read about the settings, made from the option tables. Pure.
#include <string>
#include <vector>

#include "config/option.hpp"

namespace rb::config {

std::string help(const std::vector<Group>& groups);         // for --help
std::string env_example(const std::vector<Group>& groups);  // the file .env.example

}  // namespace rb::config
