#include "jobs/ingest.hpp"

#include "domain/derived.hpp"

namespace rb::analytics {
namespace {

const std::string kQueue = "analytics.events";

}  // namespace

bus::QueueSpec event_queue() {
  return {.name = kQueue,
          .binding_keys = {"lesson.#", "homework.#", "payment.#", "balance.#", "material.#", "user.#",
                           "consent.#", "achievement.#", "student.#", "system.#"},
          .prefetch = 10'000,
          .max_batch = 5000};
}

Ingest::Ingest(Runtime& runtime)
    : rt_(runtime),
      intake_(runtime.database, runtime.clock, runtime.rules.secret),
      consumer_({kQueue, runtime.rules.event_zone, runtime.clock, runtime.database, tables(),
                 runtime.event_metrics},
                [this](std::vector<events::Event> batch) { return take(std::move(batch)); }) {}

// What follows from the log is not written into it: it would count twice.
Task<std::vector<bool>> Ingest::take(std::vector<events::Event> batch) {
  std::vector<bool> out(batch.size(), false);
  std::vector<std::size_t> places;  // of `others` in `batch`
  std::vector<events::Event> others;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch[i].source == kOwnSource) continue;
    places.push_back(i);
    others.push_back(std::move(batch[i]));
  }
  if (others.empty()) co_return out;
  auto fresh = co_await intake_.take(std::move(others));
  rt_.news.tell();
  for (std::size_t i = 0; i < places.size(); ++i) out[places[i]] = fresh[i];
  co_return out;
}

}  // namespace rb::analytics
