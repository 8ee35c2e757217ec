#include "jobs/bulk.hpp"

#include <algorithm>

#include "jobs/looking.hpp"
#include "log/log.hpp"
#include "store/counters.hpp"
#include "store/digests.hpp"
#include "store/people.hpp"
#include "time/backoff.hpp"

namespace rb::notification {
namespace {

constexpr int kPortion = 200;  // recipients per transaction

}  // namespace

BulkSending::BulkSending(Runtime& runtime) : rt_(runtime), work_(runtime.loop) {}

void BulkSending::stop() {
  stopping_ = true;
  work_.notify();
}

Task<> BulkSending::run() {
  Backoff backoff{.first = std::chrono::milliseconds(200), .most = std::chrono::seconds(5)};
  int failures = 0;
  while (!stopping_) {
    std::string problem;
    try {
      auto began = rt_.clock.now();
      bool worked = co_await work_once();
      failures = 0;
      if (worked) {
        rt_.bus.wake(kDeliveryTopic);
        continue;
      }
      done_until_ = began;
      auto now = rt_.clock.now();
      auto next = co_await next_bulk(reading(rt_.database), now);
      if (!stopping_)
        co_await work_.wait_until(rt_.clock, std::min(next.value_or(now + kLookAnyway), now + kLookAnyway));
    } catch (const std::exception& e) {
      problem = e.what();
    }
    if (problem.empty()) continue;
    log::error("a bulk of notifications cannot be worked on; trying again", {{"reason", problem}});
    co_await net::sleep_for(rt_.loop, rt_.clock, backoff.delay(++failures, random_unit()));
  }
}

Task<bool> BulkSending::work_once() {
  bool worked = false;
  for (const auto& id : co_await open_bulks(reading(rt_.database), rt_.clock.now())) {
    if (stopping_) break;
    bool one = co_await work_on(id);
    worked = worked || one;
  }
  co_return worked;
}

Task<bool> BulkSending::work_on(std::string id) {
  bool worked = false;
  co_await rt_.database.transaction([this, &id, &worked](db::Transaction& tx) -> Task<> {
    auto bulk = co_await claim_bulk(tx, id);
    worked = bulk && co_await go_on(tx, *bulk);
  });
  co_return worked;
}

Task<bool> BulkSending::go_on(db::Transaction& tx, Bulk bulk) {
  auto now = rt_.clock.now();
  if (bulk.status == "paused") co_return co_await hold_messages(tx, bulk, now) > 0;
  if (bulk.status == "cancelled") {
    if (co_await withdraw_messages(tx, bulk, now) > 0) co_return true;
    bool waits = co_await bulk_waits(tx, bulk);  // in some worker's hand
    if (!waits) finish_bulk(tx, bulk, "cancelled", now);
    co_return false;
  }
  if (co_await release_messages(tx, bulk, now) > 0) co_return true;
  if (bulk.position < bulk.total) {
    co_await make_portion(tx, bulk);
    co_return true;
  }
  bool waits = co_await bulk_waits(tx, bulk);
  if (!waits) finish_bulk(tx, bulk, "done", now);
  co_return false;
}

Task<> BulkSending::make_portion(db::Transaction& tx, Bulk bulk) {
  auto now = rt_.clock.now();
  auto recipients = co_await bulk_recipients(reading(tx), bulk.id, bulk.position, kPortion);
  std::vector<std::string> ids;
  for (const auto& to : recipients) ids.push_back(to.user_id);
  auto erased = co_await erased_ids(reading(tx), rt_.rules.secret, ids);
  auto directory = co_await load_people(reading(tx), std::move(ids), false);
  std::vector<Message> messages, finished;
  std::vector<BulkRecipient> skipped;
  for (auto& to : recipients) {
    if (std::ranges::find(erased, to.user_id) != erased.end()) {
      to.reason = "person_erased";
      skipped.push_back(to);
      continue;
    }
    for (auto& message : messages_for(bulk, to, directory.at(to.user_id), rt_.channels(), now,
                                      [this] { return rt_.new_id(); })) {
      if (!message.queued) finished.push_back(message);
      messages.push_back(std::move(message));
    }
  }
  auto last_times = co_await load_last_times(reading(tx), with_intervals(messages, directory), Before::all);
  set_turns(messages, directory, std::move(last_times), now);
  advance_bulk(tx, bulk, recipients.empty() ? bulk.total : recipients.back().number, skipped);
  count_finished(tx, finished, now);
  co_await insert_messages(tx, std::move(messages));
}

}  // namespace rb::notification
