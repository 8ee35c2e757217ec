#include "domain/timing/digest.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

namespace rb::notification {
namespace {

namespace bj = boost::json;

DigestPart part(std::string title, const std::string& child = "") {
  return {"📝", std::move(title), "text", child, child.empty() ? "" : "Name " + child};
}

std::string titles(const bj::object& digest) {
  std::string out;
  for (const auto& item : digest.at("items").as_array()) {
    if (const auto* child = item.as_object().if_contains("child"))
      out += "[" + std::string(child->as_string()) + "]";
    out += std::string(item.at("title").as_string()) + " ";
  }
  return out;
}

TEST(Digest, is_in_order_of_time_and_without_headings_for_one_child) {
  auto digest = digest_context({part("a", "2"), part("b"), part("c", "2")}, DigestMode::daily);
  EXPECT_EQ(titles(digest), "a b c ");
  EXPECT_EQ(digest.at("period"), "daily");
  EXPECT_FALSE(digest.contains("more"));
}

TEST(Digest, groups_by_child_where_there_are_several) {
  auto digest = digest_context({part("a", "5"), part("b", "2"), part("c", "5"), part("d"), part("e", "2")},
                               DigestMode::weekly);
  EXPECT_EQ(titles(digest), "d [Name 5]a c [Name 2]b e ");
}

TEST(Digest, tells_the_first_in_full_then_titles_then_a_number) {
  std::vector<DigestPart> parts;
  for (int i = 0; i < 60; ++i) parts.push_back(part(std::to_string(i)));
  auto digest = digest_context(parts, DigestMode::daily);
  const auto& items = digest.at("items").as_array();
  ASSERT_EQ(items.size(), kNamedParts);
  EXPECT_TRUE(items[kWholeParts - 1].as_object().contains("body"));
  EXPECT_FALSE(items[kWholeParts].as_object().contains("body"));
  EXPECT_EQ(digest.at("more").to_number<int>(), 10);
}

TEST(Digest, takes_a_part_from_its_text_in_telegram) {
  Message m;
  m.student_id = "2";
  m.context = {{"student", {{"first_name", "Аня"}}}};
  Person mother;
  mother.children = {"2", "5"};
  auto whole =
      digest_part(m, mother, {"Новое задание", "📝 <b>Новое задание</b>\n\nСрок: завтра\n\n<i>Да</i>", ""});
  EXPECT_EQ(whole.icon, "📝");
  EXPECT_EQ(whole.title, "Новое задание");
  EXPECT_EQ(whole.body, "Срок: завтра\n\n<i>Да</i>");
  EXPECT_EQ(whole.child_id + " " + whole.child, "2 Аня");
  auto short_one = digest_part(m, Person{}, {"Привет", "👋 <b>Привет</b>", ""});
  EXPECT_EQ(short_one.body, "");
  EXPECT_EQ(short_one.child_id, "");
  auto own = digest_part(m, Person{}, {"Привет", "Просто <b>текст</b> школы", ""});
  EXPECT_EQ(own.icon, "");
  EXPECT_EQ(own.body, "Просто <b>текст</b> школы");
}

}  // namespace
}  // namespace rb::notification
