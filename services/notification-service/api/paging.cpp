#include "api/paging.hpp"

#include <charconv>

namespace rb::notification {

Result<std::int64_t> read_number_cursor(const std::optional<std::string>& cursor, std::int64_t first) {
  if (!cursor || cursor->empty()) return first;
  std::int64_t place = 0;
  const auto* last = cursor->data() + cursor->size();
  auto [end, error] = std::from_chars(cursor->data(), last, place);
  if (error != std::errc() || end != last || place < 0)
    return invalid("cursor", "must be the next_cursor of an earlier answer");
  return place;
}

}  // namespace rb::notification
