#include "jobs/histories.hpp"

#include <limits>

#include "domain/order.hpp"

namespace rb::analytics {

Task<Histories> histories_of(db::QueryRunner read, std::vector<std::string> keys) {
  Histories out;
  for (auto& logged : co_await events_of_entities(std::move(read), std::move(keys),
                                                  std::numeric_limits<std::int64_t>::max()))
    out[log_key(logged.event)].push_back(std::move(logged.event));
  for (auto& [key, events] : out) put_in_order(events);
  co_return out;
}

Task<std::vector<std::string>> next_entities(db::QueryRunner read, std::string key) {
  return entities_after(std::move(read), std::move(key), static_cast<int>(kEntityPage));
}

Task<std::vector<Logged>> next_lone_events(db::QueryRunner read, std::int64_t seq) {
  constexpr int kPage = 5000;
  return lone_events_after(std::move(read), seq, kPage);
}

}  // namespace rb::analytics
