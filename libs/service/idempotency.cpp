#include "service/idempotency.hpp"

#include "rb/service/sql/tables.sql.hpp"

namespace rb::service {
namespace {

constexpr auto kKept = std::chrono::hours(24);
constexpr auto kAbandoned = std::chrono::minutes(3);

}  // namespace

Task<http::IdempotencyStore::Claim> IdempotencyInDatabase::claim(std::string key, std::string fingerprint) {
  auto now = clock_.now();
  auto taken = co_await database_.write(tables_.of(sql::begin_idempotent), {{"id", key},
                                                                            {"fingerprint", fingerprint},
                                                                            {"now", now},
                                                                            {"expired", now - kKept},
                                                                            {"abandoned", now - kAbandoned}});
  if (!taken.empty()) co_return Claim{State::fresh, std::nullopt};
  auto rows = co_await database_.read(tables_.of(sql::idempotent_call), {{"id", key}});
  if (rows.empty()) co_return Claim{State::in_flight, std::nullopt};  // dropped a moment ago: ask again
  if (rows.text(0, "fingerprint") != fingerprint) co_return Claim{State::different, std::nullopt};
  auto status = static_cast<int>(rows.integer(0, "status"));
  if (status == 0) co_return Claim{State::in_flight, std::nullopt};
  co_return Claim{State::kept,
                  http::KeptAnswer{status, rows.text(0, "content_type"), rows.text(0, "answer")}};
}

Task<> IdempotencyInDatabase::finish(std::string key, http::KeptAnswer answer) {
  co_await database_.write(tables_.of(sql::finish_idempotent), {{"id", key},
                                                                {"status", answer.status},
                                                                {"content_type", answer.content_type},
                                                                {"answer", answer.body}});
}

Task<> IdempotencyInDatabase::abandon(std::string key) {
  co_await database_.write(tables_.of(sql::drop_idempotent), {{"id", key}});
}

}  // namespace rb::service
