#pragma once
// JSON that is kept beside the tests, in a form that people can read and compare.
#include <string>

#include "json/json.hpp"

namespace rb::testkit {

// What the file at `path` holds. RB_UPDATE_GOLDEN=1 in the environment writes `now` there first.
Result<json::value> kept_json(const std::string& path, const json::value& now);

}  // namespace rb::testkit
