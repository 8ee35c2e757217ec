#pragma once
// Files that go with a message: which are taken, and how they are shown. Pure.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace rb::notification {

inline constexpr std::size_t kMostFiles = 10;
inline constexpr std::size_t kMostFileBytes = 7
                                              << 20;  // of all files of a message; base64 makes a third more

struct File {
  std::string filename, content_type, bytes;
};

// A file as a caller gives it.
struct GivenFile {
  std::string filename, content_type;
  std::string content;  // base64
};

// The types that are taken: such that nothing runs when one is opened.
std::vector<std::string> file_types();

// Errc::invalid names the field, «attachments[1].filename»: a name with a path, an ending that does not
// belong to the type, content that is not base64 or not of its type, all of them too large.
Result<std::vector<File>> read_files(std::span<const GivenFile> given);

// nullopt: not base64 (RFC 4648, 4).
std::optional<std::string> from_base64(std::string text);

}  // namespace rb::notification
