#pragma once
// Values ⇄ the JSON texts that statements take and give; one column of an answer.
#include "db/database.hpp"
#include "db/json_text.hpp"

namespace rb::notification {

using db::json_list;
using db::read_json_list;
using db::read_json_object;
using db::text_of;

inline std::vector<std::string> texts_in(const db::Rows& rows, std::string_view column) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(rows.text(i, column));
  return out;
}

}  // namespace rb::notification
