#include "jobs/bulk.hpp"

#include <algorithm>

#include "store/counters.hpp"
#include "store/digests.hpp"
#include "store/people.hpp"

namespace rb::notification {
namespace {

constexpr int kPortion = 200;  // recipients per transaction

}  // namespace

BulkSending::BulkSending(Runtime& runtime) : Duty(runtime, "a bulk of notifications cannot be worked on") {}

Task<Duty::Look> BulkSending::look() {
  auto read = reading(rt_.database);
  bool worked = false;
  for (const auto& id : co_await open_bulks(read, rt_.clock.now())) {
    if (stopping()) break;
    bool one = co_await work_on(id);
    worked = worked || one;
  }
  if (worked) co_return Look{true};
  co_return Look{false, co_await next_bulk(read, rt_.clock.now())};
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
  std::vector<Message> messages;
  std::vector<BulkRecipient> skipped;
  for (auto& to : recipients) {
    if (std::ranges::find(erased, to.user_id) != erased.end()) {
      to.reason = "person_erased";
      skipped.push_back(to);
      continue;
    }
    std::ranges::move(messages_for(bulk, to, directory.at(to.user_id), rt_.channels(), now,
                                   [this] { return rt_.new_id(); }),
                      std::back_inserter(messages));
  }
  co_await give_turns(tx, messages, directory, Before::all, now);
  advance_bulk(tx, bulk, recipients.empty() ? bulk.total : recipients.back().number, skipped);
  count_finished(tx, messages, now);
  co_await insert_messages(tx, std::move(messages));
}

}  // namespace rb::notification
