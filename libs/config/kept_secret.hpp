#pragma once
// The JWT secret of a development system that has none in its settings.
#include <filesystem>
#include <string>

namespace rb::config {

// The random secret kept in `directory` (that of the SQLite file), made at the first call: tokens survive a
// restart, and processes that start together agree on one. Readable by its owner only. Throws Broken when the
// directory cannot be written.
std::string kept_secret(const std::filesystem::path& directory);

}  // namespace rb::config
