#include "service/paging.hpp"

#include <gtest/gtest.h>

#include "time/iso.hpp"

namespace rb::service {
namespace {

TEST(Cursor, leads_back_to_its_place) {
  Place place{from_micros(1'700'000'000'123'456), "018f:with:colons"};
  EXPECT_EQ(read_cursor(cursor_of(place)).value(), place);
  EXPECT_EQ(read_cursor(std::nullopt).value(), std::nullopt);
}

TEST(Cursor, that_is_none_of_ours_is_refused) {
  for (const auto* text : {"!", "MTIz", "eDp5", "MTIzOg"}) {
    auto read = read_cursor(std::string(text));
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().fields.at(0).field, "cursor");
  }
}

TEST(Period, holds_its_last_day_whole) {
  EXPECT_EQ(format_iso(*period_end("to_date", "2026-01-31").value()), "2026-02-01T00:00:00Z");
  EXPECT_EQ(format_iso(*period_end("to_date", "2026-01-31T10:00:00Z").value()), "2026-01-31T10:00:00Z");
  EXPECT_EQ(format_iso(*period_start("from_date", "2026-01-31").value()), "2026-01-31T00:00:00Z");
  EXPECT_EQ(period_start("from_date", "soon").error().fields.at(0).field, "from_date");
}

}  // namespace
}  // namespace rb::service
