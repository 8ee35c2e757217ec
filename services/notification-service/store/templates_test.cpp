#include "store/templates.hpp"

#include <gtest/gtest.h>

#include "db/testing.hpp"
#include "rb/notification/sql/templates.sql.hpp"
#include "store/people.hpp"
#include "store/store_test.hpp"

namespace rb::notification {
namespace {

class TextsStore : public StoreTest {
 protected:
  TextVersion add(const std::string& source, Time active = kNow, bool alone = false, std::string owner = "") {
    TextVersion text;
    text.key = {std::move(owner), "lesson.cancelled", Audience::parent, Channel::telegram, "ru"};
    text.source = source;
    text.built_in = "digest";
    text.author = "9";
    text.note = "a note";
    text.created = kNow;
    text.active = active;
    TextVersion out;
    wait(db_->transaction([&](db::Transaction& tx) -> Task<> {
      auto change = co_await begin_template_change(tx);
      out = co_await add_template_version(tx, text, change, alone);
    }));
    return out;
  }

  std::vector<TextVersion> versions(std::string owner = "") {
    return wait(template_versions(reading(*db_), {.owner = std::move(owner), .name = "lesson.cancelled"}));
  }

  std::string in_force(StoredTexts& texts, Time now = kNow, std::string owner = "") {
    wait(refresh_texts(*db_, texts, now));
    auto found = texts.candidates(
        {std::move(owner), "lesson.cancelled", Audience::parent, Channel::telegram, "ru"}, now);
    return found.empty() ? "built-in" : found.front()->source;
  }
};

TEST_P(TextsStore, every_statement_is_understood_by_the_database) {
  EXPECT_EQ(wait(db::refused(*db_, sql::templates_queries)), std::vector<std::string>{});
}

TEST_P(TextsStore, keeps_every_version_as_it_was_written) {
  add("one");
  auto second = add("two");
  EXPECT_EQ(second.version, 2);
  auto all = versions();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].source, "two");
  EXPECT_EQ(all[1].source, "one");
  EXPECT_EQ(all[0].key, second.key);
  EXPECT_EQ(all[0].built_in, "digest");
  EXPECT_EQ(all[0].author, "9");
  EXPECT_EQ(all[0].note, "a note");
  EXPECT_EQ(all[0].created, kNow);
  EXPECT_LT(all[1].change, all[0].change);
}

TEST_P(TextsStore, each_instance_sees_what_another_has_changed) {
  StoredTexts one, other;
  EXPECT_EQ(in_force(one), "built-in");
  add("first");
  EXPECT_EQ(in_force(one), "first");
  EXPECT_EQ(in_force(other), "first");
  add("second");
  EXPECT_EQ(in_force(one), "second");
  EXPECT_EQ(in_force(other), "second");
}

TEST_P(TextsStore, a_program_that_starts_loads_what_is_in_force_and_what_is_planned) {
  add("old");
  add("now");
  add("later", kNow + 1h);
  StoredTexts texts;
  EXPECT_EQ(in_force(texts), "now");
  EXPECT_EQ(in_force(texts, kNow + 1h), "later");
  EXPECT_EQ(texts.all().begin()->second.size(), 2U) << "what is history only is not loaded";
}

TEST_P(TextsStore, what_is_planned_is_withdrawn_where_a_version_stands_alone) {
  StoredTexts texts;
  add("now");
  add("later", kNow + 1h);
  EXPECT_EQ(in_force(texts), "now");
  add("again", kNow, true);
  EXPECT_EQ(in_force(texts, kNow + 2h), "again");
  EXPECT_TRUE(versions()[1].withdrawn);
  StoredTexts fresh;
  EXPECT_EQ(in_force(fresh, kNow + 2h), "again");
}

TEST_P(TextsStore, a_tutor_who_is_erased_leaves_no_text_and_the_school_keeps_its_own) {
  StoredTexts texts;
  add("of the school");
  add("of the tutor", kNow, false, "9");
  EXPECT_EQ(in_force(texts, kNow, "9"), "of the tutor");
  wait(db_->transaction([](db::Transaction& tx) -> Task<> {
    erase_person(tx, "secret", "9", kNow);
    co_return;
  }));
  EXPECT_EQ(in_force(texts, kNow, "9"), "of the school");
  EXPECT_EQ(versions("9")[0].source, "");
  EXPECT_EQ(versions()[0].author, "");
}

INSTANTIATE_TEST_SUITE_P(Databases, TextsStore, testing::Values("sqlite", "postgres"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::notification
