#include "domain/stored_texts.hpp"

#include <gtest/gtest.h>

namespace rb::notification {
namespace {

using namespace std::chrono_literals;

const Time kNow{std::chrono::hours(500'000)};

TextVersion text(std::string owner, Audience audience, std::optional<Channel> channel, std::string source) {
  static std::int64_t changes = 0;
  TextVersion out;
  out.key = {std::move(owner), "lesson.cancelled", audience, channel, "ru"};
  out.version = 1;
  out.source = std::move(source);
  out.created = out.active = kNow - 1h;
  out.change = ++changes;
  return out;
}

TextVersion next(TextVersion version, std::string source, Time active) {
  ++version.version;
  ++version.change;
  version.source = std::move(source);
  version.active = active;
  return version;
}

std::string first(const StoredTexts& texts, const TextKey& key, Time now = kNow) {
  auto found = texts.candidates(key, now);
  return found.empty() ? "built-in" : found.front()->source;
}

const TextKey kWanted{"7", "lesson.cancelled", Audience::parent, Channel::telegram, "ru"};

// Every pair of neighbours in the order of the README: the first is taken while it is there.
TEST(StoredTexts, are_looked_for_from_the_most_exact_to_the_widest) {
  using enum Audience;
  const std::vector<TextVersion> order = {
      text("7", parent, Channel::telegram, "1"), text("7", parent, {}, "2"),
      text("7", any, Channel::telegram, "3"),    text("7", any, {}, "4"),
      text("", parent, Channel::telegram, "5"),  text("", parent, {}, "6"),
      text("", any, Channel::telegram, "7"),     text("", any, {}, "8"),
  };
  for (std::size_t from = 0; from < order.size(); ++from) {
    StoredTexts texts;
    texts.apply({order.begin() + static_cast<std::ptrdiff_t>(from), order.end()});
    std::string said;
    for (const auto* found : texts.candidates(kWanted, kNow)) said += found->source;
    EXPECT_EQ(said, std::string("12345678").substr(from));
  }
}

TEST(StoredTexts, of_others_are_not_taken) {
  StoredTexts texts;
  texts.apply({text("8", Audience::parent, {}, "another tutor"),
               text("", Audience::student, {}, "a student's"),
               text("", Audience::parent, Channel::email, "the mail")});
  auto english = text("", Audience::parent, {}, "English");
  english.key.language = "en";
  texts.apply({english});
  EXPECT_EQ(first(texts, kWanted), "built-in");
}

TEST(StoredTexts, come_into_force_at_their_time) {
  StoredTexts texts;
  auto now = text("", Audience::parent, {}, "now");
  texts.apply({now, next(now, "later", kNow + 1h)});
  EXPECT_EQ(first(texts, kWanted), "now");
  EXPECT_EQ(first(texts, kWanted, kNow + 1h), "later");
}

TEST(StoredTexts, a_correction_does_not_undo_what_is_planned) {
  StoredTexts texts;
  auto now = text("", Audience::parent, {}, "now");
  auto planned = next(now, "planned", kNow + 1h);
  texts.apply({now, planned, next(planned, "corrected", kNow)});
  EXPECT_EQ(first(texts, kWanted), "corrected");
  EXPECT_EQ(first(texts, kWanted, kNow + 1h), "planned");
}

TEST(StoredTexts, give_way_to_the_built_in_text_when_removed_and_what_is_withdrawn_never_comes) {
  StoredTexts texts;
  auto now = text("", Audience::parent, {}, "now");
  auto planned = next(now, "planned", kNow + 1h);
  texts.apply({now, planned});
  planned.withdrawn = true;
  ++planned.change;
  auto removed = next(planned, "", kNow);
  removed.removed = true;
  removed.withdrawn = false;
  texts.apply({planned, removed});
  EXPECT_EQ(first(texts, kWanted), "built-in");
  EXPECT_EQ(first(texts, kWanted, kNow + 2h), "built-in");
}

TEST(StoredTexts, an_older_change_that_comes_late_changes_nothing) {
  StoredTexts texts;
  auto older = text("", Audience::parent, {}, "older");
  auto newer = older;
  newer.source = "newer";
  newer.change += 10;
  texts.apply({newer});
  texts.apply({older});
  EXPECT_EQ(first(texts, kWanted), "newer");
  EXPECT_EQ(texts.seen(), newer.change);
}

TEST(StoredTexts, know_for_whom_a_name_has_texts) {
  StoredTexts texts;
  texts.apply({text("", Audience::parent, {}, "a"), text("7", Audience::student, {}, "b"),
               text("8", Audience::tutor, {}, "c")});
  EXPECT_EQ(texts.audiences("7", "lesson.cancelled", kNow),
            (std::vector{Audience::parent, Audience::student}));
}

}  // namespace
}  // namespace rb::notification
