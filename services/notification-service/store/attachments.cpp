#include "store/attachments.hpp"

#include "base/strings.hpp"
#include "rb/notification/sql/inbox.sql.hpp"

namespace rb::notification {
namespace {

File file_from(const db::Rows& rows, std::size_t i) {
  auto bytes = from_base64(rows.text(i, "content"));
  if (!bytes) throw Broken("an attachment in the database is not base64");
  return {rows.text(i, "filename"), rows.text(i, "content_type"), std::move(*bytes)};
}

}  // namespace

void save_files(db::Transaction& tx, const FileSet& set, Time now) {
  for (int n = 0; const auto& file : set.files)
    tx.post(sql::add_attachment, {{"set_id", set.id},
                                  {"n", ++n},
                                  {"user_id", set.user_id},
                                  {"filename", file.filename},
                                  {"content_type", file.content_type},
                                  {"size", static_cast<std::int64_t>(file.bytes.size())},
                                  {"content", base64(file.bytes)},
                                  {"now", now}});
}

Task<std::vector<File>> load_files(QueryRunner read, std::string set_id) {
  auto rows = co_await read(sql::attachments_of_set, {{"set_id", set_id}});
  std::vector<File> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(file_from(rows, i));
  co_return out;
}

Task<std::optional<OwnedFile>> file_of_message(QueryRunner read, std::string message_id, int n) {
  auto rows = co_await read(sql::attachment_of_message, {{"message_id", message_id}, {"n", n}});
  if (rows.empty()) co_return std::nullopt;
  co_return OwnedFile{rows.text(0, "user_id"), file_from(rows, 0)};
}

}  // namespace rb::notification
