#include "files.hpp"

#include <fstream>
#include <sstream>

namespace rb::app {

std::optional<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (!in || std::filesystem::is_directory(path) || !(text << in.rdbuf() || in.eof())) return std::nullopt;
  return text.str();
}

std::string unreadable(const std::string& file) { return "файл не читается · cannot be read: " + file; }

}  // namespace rb::app
