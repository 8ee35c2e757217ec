#pragma once
// Files that go with messages. All messages of one call share a set.
#include <optional>
#include <string>
#include <vector>

#include "domain/attachments.hpp"
#include "store/query_runner.hpp"

namespace rb::notification {

struct FileSet {
  std::string id, user_id;
  std::vector<File> files;
};

void save_files(db::Transaction& tx, const FileSet& set, Time now);
Task<std::vector<File>> load_files(QueryRunner read, std::string set_id);

struct OwnedFile {
  std::string user_id;  // whose message it goes with
  File file;
};
// `n` counts from 1. nullopt: this message has no such file.
Task<std::optional<OwnedFile>> file_of_message(QueryRunner read, std::string message_id, int n);

}  // namespace rb::notification
