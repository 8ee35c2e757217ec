#pragma once
// Events → log, facts and data versions, in one transaction per batch. Whatever brings events in, the bus or
// an import, brings them here; batches of other instances wait their turn. Belongs to the loop's thread.
#include <string>
#include <vector>

#include "domain/cells/names.hpp"
#include "jobs/pseudonyms.hpp"

namespace rb::analytics {

class Intake {
 public:
  // `secret` keys tombstones. `quiet`: what follows from the events is no news, nobody is told.
  Intake(db::Database& database, const Clock& clock, std::string secret, bool quiet = false)
      : database_(database), clock_(clock), pseudonyms_(std::move(secret)), quiet_(quiet) {}

  // Says of each whether it was new. None may stand in the batch twice.
  Task<std::vector<bool>> take(std::vector<events::Event> batch);

 private:
  Task<std::vector<std::int64_t>> work(db::Transaction& tx, const std::vector<events::Event>& batch,
                                       BatchState state);
  std::vector<events::Event> scrubbed(const std::vector<events::Event>& batch);

  db::Database& database_;
  const Clock& clock_;
  Pseudonyms pseudonyms_;
  Names names_;
  bool names_unsure_ = false;  // a transaction that taught some has not been committed
  bool quiet_;
};

}  // namespace rb::analytics
