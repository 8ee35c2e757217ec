#include "sheets/text.hpp"

#include <gtest/gtest.h>

namespace rb::analytics {
namespace {

std::string times(int count, std::string_view text) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

TEST(SheetText, stays_as_it_is_when_excel_can_hold_it) {
  for (const auto* text : {"", "=1+1", "да\nнет", "😀", "_x", "_x12_", "_x12345_", "_xzzzz_", "a_x0041"})
    EXPECT_EQ(sheet_text(text), text);
}

TEST(SheetText, escapes_what_excel_would_take_for_an_escape) {
  EXPECT_EQ(sheet_text("_x0041_"), "_x005F_x0041_");
  EXPECT_EQ(sheet_text("a_x00fF_x0041_"), "a_x005F_x00fF_x005F_x0041_");
}

TEST(SheetText, has_no_characters_that_xml_does_not_know) {
  EXPECT_EQ(sheet_text("a\xEF\xBF\xBE\xEF\xBF\xBF"), "a\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(sheet_text(std::string_view("a\0b", 3)),
            "a\xEF\xBF\xBD"
            "b");
}

TEST(SheetText, is_cut_to_what_a_cell_holds_and_never_inside_a_character) {
  EXPECT_EQ(sheet_text(times(32'767, "ж")), times(32'767, "ж"));
  EXPECT_EQ(sheet_text(times(32'768, "ж")), times(32'766, "ж") + "…");
  EXPECT_EQ(sheet_text("a" + times(16'383, "😀")), "a" + times(16'383, "😀"));
  EXPECT_EQ(sheet_text(times(16'384, "😀")), times(16'383, "😀") + "…");
  EXPECT_EQ(sheet_text("a" + times(16'384, "😀")), "a" + times(16'382, "😀") + "…");
}

}  // namespace
}  // namespace rb::analytics
