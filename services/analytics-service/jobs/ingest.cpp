#include "jobs/ingest.hpp"

namespace rb::analytics {
namespace {

const std::string kQueue = "analytics.events";

}  // namespace

bus::QueueSpec event_queue() {
  return {.name = kQueue,
          .binding_keys = {"lesson.#", "homework.#", "payment.#", "balance.#", "material.#", "user.#",
                           "consent.#", "achievement.#", "student.#", "system.#"},
          .prefetch = 4000,
          .max_batch = 2000};
}

Ingest::Ingest(Runtime& runtime)
    : intake_(runtime.database, runtime.clock, runtime.rules.secret),
      consumer_({kQueue, runtime.rules.event_zone, runtime.clock, runtime.database, tables(),
                 runtime.event_metrics},
                [this](std::vector<events::Event> batch) { return intake_.take(std::move(batch)); }) {}

}  // namespace rb::analytics
