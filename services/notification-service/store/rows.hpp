#pragma once
// Values ⇄ the JSON texts that statements take and give.
#include "db/json_text.hpp"

namespace rb::notification {

using db::json_list;
using db::read_json_list;
using db::read_json_object;
using db::text_of;

}  // namespace rb::notification
