#pragma once
// Events that could not be understood: look at them, publish them again, throw them away.
#include "http/api.hpp"
#include "service/dead_letters.hpp"

namespace rb::service {

struct DeadLetterDesk {
  db::Database& database;
  bus::EventBus& bus;
  const Tables& tables;
};

// GET /api/v1/dead-letters, POST …/{id}/requeue, DELETE …/{id}, for admins. `desk` outlives the API.
void add_dead_letter_endpoints(http::Api& api, DeadLetterDesk& desk);

}  // namespace rb::service
