#pragma once
// Idempotency keys kept in the service's database for a day.
#include "db/database.hpp"
#include "http/idempotency.hpp"

namespace rb::notification {

class IdempotencyInDatabase final : public http::IdempotencyStore {
 public:
  IdempotencyInDatabase(db::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  Task<Claim> claim(std::string key, std::string fingerprint) override;
  Task<> finish(std::string key, http::KeptAnswer answer) override;
  Task<> abandon(std::string key) override;

 private:
  db::Database& database_;
  const Clock& clock_;
};

}  // namespace rb::notification
