#include <gtest/gtest.h>

#include "base/ids.hpp"
#include "base/strings.hpp"

namespace rb {

TEST(Strings, trims_and_splits_keeping_empty_parts) {
  EXPECT_EQ(trim(" \t a b\n"), "a b");
  EXPECT_EQ(trim("   "), "");
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string>{""}));
  EXPECT_EQ(join({"a", "b"}, ", "), "a, b");
}

TEST(Strings, escapes_html_in_text_and_attributes) {
  EXPECT_EQ(escape_html(R"(<a href="x">'&'</a>)"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
}

TEST(Strings, decodes_percent_escapes_and_refuses_broken_ones) {
  EXPECT_EQ(percent_decode("a%20b+c"), "a b+c");
  EXPECT_EQ(percent_decode("a+b", true), "a b");
  EXPECT_EQ(percent_decode("%zz"), std::nullopt);
  EXPECT_EQ(percent_decode("%4"), std::nullopt);
  EXPECT_EQ(percent_decode(percent_encode("Аня & 100%")), "Аня & 100%");
}

TEST(Strings, knows_what_is_digits_alone) {
  EXPECT_TRUE(all_digits("0042"));
  for (const char* other : {"", "-1", "4 2", "٤"}) EXPECT_FALSE(all_digits(other)) << other;
}

TEST(Strings, counts_and_cuts_by_code_points) {
  EXPECT_EQ(utf8_length("Аня😀"), 4U);
  EXPECT_EQ(utf8_prefix("Аня😀!", 4), "Аня😀");
  EXPECT_EQ(utf8_lower("ЁЖИК Ab"), "ёжик ab");
  EXPECT_FALSE(valid_utf8("\xD0"));
  EXPECT_TRUE(valid_utf8("Ж"));
}

TEST(Strings, base64url_round_trips_without_padding) {
  for (std::string text : {"", "a", "ab", "abc", "\xff\xfe\xfd\xfc"}) {
    EXPECT_EQ(from_base64url(base64url(text)), text);
  }
  for (auto text : {"a+b=", "AA A", " AAA", "AAA\n", "A"})
    EXPECT_EQ(from_base64url(text), std::nullopt) << text;
}

TEST(Strings, base64url_has_one_spelling_of_the_same_bytes) {
  EXPECT_EQ(from_base64url("YQ"), "a");
  EXPECT_EQ(from_base64url("YWI"), "ab");
  for (auto text : {"YR", "YWJ", "YWK"}) EXPECT_EQ(from_base64url(text), std::nullopt) << text;
}

TEST(Strings, know_what_a_database_can_keep_and_mend_the_rest) {
  EXPECT_TRUE(is_storable("Аня 😀\n"));
  for (const auto& text : {std::string("a\0b", 3), std::string("x\xD0y"), std::string("\xFF")}) {
    EXPECT_FALSE(is_storable(text));
    EXPECT_TRUE(is_storable(storable(text)));
  }
  EXPECT_EQ(storable(std::string("Аня\0\xD0 Б", 11)), "Аня?? Б");
}

TEST(Ids, uuids_sort_by_their_millisecond) {
  auto a = new_uuid(1'700'000'000'000), b = new_uuid(1'700'000'000'001);
  EXPECT_LT(a, b);
  EXPECT_EQ(a.size(), 36U);
  EXPECT_EQ(a[14], '7');
}

TEST(Ids, digests_match_published_vectors) {
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231, test case 2.
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

}  // namespace rb
