#pragma once
// The migration files of this service, embedded by tools/embed_files.
#include <optional>
#include <span>
#include <string_view>

namespace rb::analytics::migration_files {

std::optional<std::string_view> file(std::string_view path);
std::span<const std::string_view> files();

}  // namespace rb::analytics::migration_files
