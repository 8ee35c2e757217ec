#pragma once
// Idempotency keys kept in the service's database for a day.
#include "db/database.hpp"
#include "http/idempotency.hpp"
#include "service/tables.hpp"

namespace rb::service {

class IdempotencyInDatabase final : public http::IdempotencyStore {
 public:
  IdempotencyInDatabase(db::Database& database, const Clock& clock, const Tables& tables)
      : database_(database), clock_(clock), tables_(tables) {}

  Task<Claim> claim(std::string key, std::string fingerprint) override;
  Task<> finish(std::string key, http::KeptAnswer answer) override;
  Task<> abandon(std::string key) override;

 private:
  db::Database& database_;
  const Clock& clock_;
  const Tables& tables_;
};

}  // namespace rb::service
