#pragma once
// Pages of lists: cursors and the bounds of periods. Pure.
#include <optional>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "time/clock.hpp"

namespace rb::service {

// 422 for one field of a request: "must not be empty", or a whole sentence.
std::unexpected<Error> invalid(std::string field, std::string reason);
std::unexpected<Error> invalid_sentence(std::string field, std::string sentence);

using Place = std::pair<Time, std::string>;  // moment and id of the last item of a page

std::string cursor_of(const Place& place);
// "" and nullopt: from the beginning.
Result<std::optional<Place>> read_cursor(const std::optional<std::string>& cursor);

// ISO 8601. A bare day as the end of a period belongs to it whole.
Result<std::optional<Time>> period_start(const std::string& field, const std::optional<std::string>& text);
Result<std::optional<Time>> period_end(const std::string& field, const std::optional<std::string>& text);

}  // namespace rb::service
