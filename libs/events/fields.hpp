#pragma once
// One field's value in its normal form. Pure.
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "events/types.hpp"
#include "time/zone.hpp"

namespace rb::events {

// Errors read like «must be between 1 and 5»; the caller adds the field's name.
Result<boost::json::value> normal_value(const FieldRule& rule, const boost::json::value& value,
                                        const Zone& zone);

// An id as text; nullopt for what is no id (empty, longer than 64, a fraction).
std::optional<std::string> normal_id(const boost::json::value& value);

}  // namespace rb::events
