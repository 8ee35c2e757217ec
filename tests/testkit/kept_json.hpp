#pragma once
// JSON that is kept beside the tests, in a form that people can read and compare.
#include <functional>
#include <string>

#include "json/json.hpp"

namespace rb::testkit {

// What the file at `path` holds. RB_UPDATE_GOLDEN=1 in the environment first writes there what `renew` makes
// of it (of null, when there is none).
Result<json::value> kept_json(const std::string& path,
                              const std::function<json::value(const json::value& before)>& renew);

}  // namespace rb::testkit
