#pragma once
// Events that could not be understood, in the table <prefix>_dead_letters.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bus/event_bus.hpp"
#include "db/query_runner.hpp"
#include "service/tables.hpp"

namespace rb::service {

struct DeadLetter {
  std::string id, queue, reason;
  bus::Message message;
  Time received;
};

// Bytes that are no UTF-8, and NULs, become '?'.
void add_dead_letter(db::Transaction& tx, const Tables& tables, const DeadLetter& letter);

// The newest first.
Task<std::vector<DeadLetter>> dead_letters(db::QueryRunner read, const Tables& tables,
                                           std::optional<std::pair<Time, std::string>> before, int limit);
Task<std::optional<DeadLetter>> dead_letter(db::QueryRunner read, const Tables& tables, std::string id);
Task<bool> remove_dead_letter(db::Transaction& tx, const Tables& tables, std::string id);

}  // namespace rb::service
