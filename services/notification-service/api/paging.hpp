#pragma once
// Pages of lists: cursors and the bounds of periods.
#include <cstdint>

#include "service/paging.hpp"

namespace rb::notification {

using service::cursor_of;
using service::invalid;
using service::invalid_sentence;
using service::period_end;
using service::period_start;
using service::Place;
using service::read_cursor;

// The cursor of a list whose places are numbers; `first` without one.
Result<std::int64_t> read_number_cursor(const std::optional<std::string>& cursor, std::int64_t first);

}  // namespace rb::notification
