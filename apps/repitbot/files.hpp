#pragma once
// Files that the person at the terminal names.
#include <filesystem>
#include <optional>
#include <string>

namespace rb::app {

std::optional<std::string> read_file(const std::filesystem::path& path);  // nullopt: it cannot be read
std::string unreadable(const std::string& file);                          // what to say of such a one

}  // namespace rb::app
