#pragma once
// Pages of lists: cursors and the bounds of periods.
#include "service/paging.hpp"

namespace rb::notification {

using service::cursor_of;
using service::invalid;
using service::invalid_sentence;
using service::period_end;
using service::period_start;
using service::Place;
using service::read_cursor;

}  // namespace rb::notification
