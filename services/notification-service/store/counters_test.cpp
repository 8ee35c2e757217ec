// What is counted instead of looked up; on both databases.
#include "store/counters.hpp"

#include <map>

#include "store/store_test.hpp"

namespace rb::notification {
namespace {

class Counters : public MessagesTest {};

TEST_P(Counters, what_waits_is_counted_by_what_it_waits_for) {
  auto not_queued = [](std::string id, std::string status) {
    auto message = pending(std::move(id));
    message.queued = false;
    message.status = std::move(status);
    return message;
  };
  insert({pending("a"), pending("b"), pending("c"), not_queued("d", "deferred"), not_queued("e", "scheduled"),
          not_queued("f", "scheduled"), not_queued("g", "scheduled"), not_queued("h", "delivered")});
  EXPECT_EQ(claim("worker", kNow, 1).size(), 1U);
  std::map<std::string, std::int64_t> sizes;
  for (const auto& size : wait(queue_sizes(reading(*db_)))) sizes[size.status] = size.amount;
  std::map<std::string, std::int64_t> expected = {
      {"pending", 2}, {"sending", 1}, {"scheduled", 3}, {"deferred", 1}};
  EXPECT_EQ(sizes, expected);
}

INSTANTIATE_TEST_SUITE_P(Databases, Counters, testing::Values("sqlite", "postgres"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::notification
