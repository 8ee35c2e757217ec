#include "demo_school.hpp"

#include <gtest/gtest.h>

#include <set>

#include "events/normal.hpp"
#include "events/types.hpp"

namespace rb::app {
namespace {

const Time kStart = from_micros(1'790'000'000'000'000);

events::Event understood(const boost::json::value& event, Time now) {
  auto outcome = events::read_event(event, {"", "", 0, {}, now, Zone::utc()});
  if (auto* rejected = std::get_if<events::Rejected>(&outcome)) ADD_FAILURE() << rejected->reason;
  if (!std::holds_alternative<events::Event>(outcome)) return {};
  return std::get<events::Event>(outcome);
}

TEST(DemoSchool, everything_that_happens_is_an_event_of_the_contract) {
  DemoSchool school(kStart);
  std::set<std::string> ids, types;
  for (const auto& person : school.people()) ids.insert(understood(person, kStart).id);
  auto people = ids.size();
  for (int i = 0; i < 300; ++i) {
    auto now = kStart + std::chrono::seconds(i);
    auto event = understood(school.next(now), now);
    ids.insert(event.id);
    types.insert(event.type);
  }
  EXPECT_EQ(ids.size(), people + 300);
  EXPECT_EQ(types.size(), 18U);
}

TEST(DemoSchool, tells_the_same_story_at_every_start) {
  DemoSchool first(kStart), second(kStart);
  for (int i = 0; i < 60; ++i) EXPECT_EQ(first.next(kStart), second.next(kStart));
}

TEST(DemoSchool, a_later_start_repeats_no_id) {
  DemoSchool first(kStart), second(kStart + std::chrono::seconds(1));
  EXPECT_NE(first.next(kStart).at("id"), second.next(kStart).at("id"));
}

}  // namespace
}  // namespace rb::app
