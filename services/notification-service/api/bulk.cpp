#include "api/bulk.hpp"

#include <algorithm>

#include "api/access.hpp"
#include "api/paging.hpp"
#include "api/send.hpp"
#include "store/bulk.hpp"
#include "store/people.hpp"

namespace rb::notification {
namespace {

constexpr std::size_t kPeopleAtOnce = 1000;  // in memory
constexpr std::size_t kShown = 100;          // items of a dry run

using Ids = std::vector<std::string>;

Ids without_repetition(Ids ids) {
  std::set<std::string> seen;
  std::erase_if(ids, [&](const std::string& id) { return !seen.insert(id).second; });
  return ids;
}

// Who is asked for, whether or not the caller may write to them.
Task<Result<Ids>> asked_for(App& app, const http::Request& request, BulkRequest in) {
  auto read = reading(app.runtime().database);
  if (in.user_ids.empty() == !in.segment)
    co_return invalid("user_ids", "or segment is required, and only one of them");
  if (!in.segment) co_return without_repetition(std::move(in.user_ids));
  auto segment = *in.segment;
  if (!is_staff(request.who()) && !segment.tutor_id) segment.tutor_id = request.who().subject;
  if (!segment.role && !segment.tutor_id) co_return invalid("segment", "needs a role or a tutor_id");
  if (!segment.tutor_id) co_return co_await ids_with_role(read, *segment.role);
  auto ids = co_await people_of_tutor(read, *segment.tutor_id);
  if (!segment.role) co_return ids;
  auto directory = co_await load_people(read, ids, false);
  std::erase_if(ids, [&](const std::string& id) { return !directory.at(id).is(*segment.role); });
  co_return ids;
}

// Goes through the recipients portion by portion, so that no list is too long to be held.
class Preparing {
 public:
  Preparing(App& app, const http::Request& request, const BulkRequest& in) : app_(app), request_(request) {
    static_cast<TextRequest&>(send_) = in;
    if (!send_.priority) send_.priority = Priority::low;
    bulk_.draft.channels = in.channels;
    if (in.channel) bulk_.draft.channels.push_back(*in.channel);
    dry_run_ = in.dry_run;
  }

  Task<Result<void>> take(Ids ids) {
    auto& rt = app_.runtime();
    auto erased = co_await erased_ids(reading(rt.database), rt.rules.secret, ids);
    auto directory = co_await load_people(reading(rt.database), ids, true);
    for (const auto& id : ids) {
      const auto& person = directory.at(id);
      if (auto allowed = permit(request_, Action::send, person, directory); !allowed)
        co_return fail(std::move(allowed.error()));
      auto audience = audience_for(person);
      if (!audience) co_return fail(std::move(audience.error()));
      BulkRecipient to{static_cast<int>(recipients_.size()) + 1, id, *audience};
      if (std::ranges::find(erased, id) != erased.end()) to.reason = "person_erased";
      if (dry_run_) look(to, person);
      recipients_.push_back(std::move(to));
    }
    co_return Result<void>();
  }

  Bulk& bulk() { return bulk_; }
  const std::vector<BulkRecipient>& recipients() const { return recipients_; }

  BulkAnswer dry_run() {
    looked_.status = "dry_run";
    looked_.total = static_cast<int>(recipients_.size());
    return std::move(looked_);
  }

 private:
  // People of the same kind read the same text: it is tried once for each kind.
  Result<Audience> audience_for(const Person& person) {
    auto kind = std::pair(person.roles, person.language);
    if (auto known = audiences_.find(kind); known != audiences_.end()) return known->second;
    send_.user_id = person.id;
    auto composed = compose_for(app_, request_, send_, person);
    if (!composed) return fail(std::move(composed.error()));
    const auto& message = composed->messages.front();
    if (audiences_.empty()) {
      bulk_.draft.message = message;
      bulk_.draft.message.reason.clear();
    }
    return audiences_[kind] = message.audience;
  }

  void look(const BulkRecipient& to, const Person& person) {
    BulkItem item{to.user_id, {}, std::nullopt, std::nullopt};
    auto& rt = app_.runtime();
    Choice choice{{}, to.reason};
    if (to.reason.empty())
      choice = choose_asked(bulk_.draft.message, person, bulk_.draft.channels, rt.channels());
    for (auto channel : choice.channels) {
      item.channels.emplace_back(to_string(channel));
      ++looked_.channels[item.channels.back()];
    }
    if (choice.channels.empty()) {
      ++looked_.suppressed;
      ++looked_.reasons[choice.reason];
      item.reason = choice.reason;
    }
    looked_.waiting += static_cast<int>(choice.channels.size());
    if (!looked_.items) looked_.items.emplace();
    if (looked_.items->size() < kShown) looked_.items->push_back(std::move(item));
  }

  App& app_;
  const http::Request& request_;
  SendRequest send_;
  Bulk bulk_;
  bool dry_run_ = false;
  std::map<std::pair<std::vector<Audience>, std::string>, Audience> audiences_;
  std::vector<BulkRecipient> recipients_;
  BulkAnswer looked_;
};

Task<Result<Bulk>> bulk_for(App& app, const http::Request& request, std::string id) {
  auto bulk = co_await bulk_by_id(reading(app.runtime().database), std::move(id));
  if (!bulk) co_return fail(Errc::not_found, "there is no bulk sending with this id");
  if (!is_staff(request.who()) && bulk->created_by != request.who().subject)
    co_return fail(Errc::forbidden, "this bulk sending is somebody else's");
  co_return std::move(*bulk);
}

Task<BulkAnswer> answer_of(App& app, Bulk bulk) {
  auto state = co_await bulk_state(reading(app.runtime().database), bulk);
  BulkAnswer out;
  out.batch_id = bulk.id;
  out.status = bulk.status;
  out.total = bulk.total;
  out.sent_count = state.counts.sent;
  out.failed_count = state.counts.failed;
  out.waiting = state.counts.waiting;
  out.suppressed = state.counts.suppressed;
  out.cancelled = state.counts.cancelled;
  out.progress = progress_of(bulk, state.counts);
  out.channels = std::move(state.channels);
  out.reasons = std::move(state.reasons);
  out.scheduled_at = bulk.due;
  out.created_at = bulk.created;
  out.finished_at = bulk.finished;
  co_return out;
}

Task<Result<BulkAnswer>> change(App& app, const http::Request& request, std::string id, BulkChange change) {
  auto bulk = co_await bulk_for(app, request, id);
  if (!bulk) co_return fail(std::move(bulk.error()));
  auto& rt = app.runtime();
  bool done = false;
  co_await rt.database.transaction(
      [&](db::Transaction& tx) -> Task<> { done = co_await change_bulk(tx, id, change); });
  if (!done) co_return fail(Errc::conflict, "this cannot be done now: the bulk sending is " + bulk->status);
  rt.bus.wake(kDeliveryTopic);
  auto after = co_await bulk_by_id(reading(rt.database), id);
  co_return co_await answer_of(app, *after);
}

BulkItem item_of(const BulkRecipient& to, const std::vector<BulkMessage>& messages) {
  BulkItem out{to.user_id, {}, std::nullopt, std::nullopt};
  if (!to.reason.empty()) out.reason = to.reason;
  for (const auto& message : messages) {
    if (message.user_id != to.user_id) continue;
    if (!message.channel.empty()) out.channels.push_back(message.channel);
    out.status = message.status;
    if (!message.reason.empty()) out.reason = message.reason;
  }
  return out;
}

}  // namespace

json::Rules rules(const Segment*) {
  using json::rule;
  return {rule("role").doc("student, parent, tutor or admin"),
          rule("tutor_id").integer_or_text().length(1, 64).doc("their students and the parents of these")};
}

json::Rules rules(const BulkRequest*) {
  using json::rule;
  return with_text_rules(
      {rule("user_ids").integer_or_text().defaulted().length(0, 20'000),
       rule("segment").doc("in place of user_ids"),
       rule("dry_run").defaulted().doc("only tells who would get it, and who not, and why"),
       rule("scheduled_at").alias("send_at").doc("not before; UTC without an offset")});
}

json::Rules rules(const BulkItem*) {
  return {json::rule("user_id").integer_or_text(), json::rule("status").omit_null(),
          json::rule("reason").omit_null()};
}

json::Rules rules(const BulkAnswer*) {
  json::Rules out;
  for (const auto* name : {"batch_id", "scheduled_at", "created_at", "finished_at", "items"})
    out.push_back(json::rule(name).omit_null());
  return out;
}

json::Rules rules(const BulkRecipientsRequest*) { return {json::rule("limit").defaulted().range(1, 100)}; }

Task<Result<http::Reply<BulkAnswer>>> send_bulk(App& app, const http::Request& request, BulkRequest in) {
  auto ids = co_await asked_for(app, request, in);
  if (!ids) co_return fail(std::move(ids.error()));
  if (ids->empty()) co_return invalid(in.segment ? "segment" : "user_ids", "holds nobody");
  Preparing preparing(app, request, in);
  for (std::size_t i = 0; i < ids->size(); i += kPeopleAtOnce) {
    auto end = ids->begin() + static_cast<std::ptrdiff_t>(std::min(ids->size(), i + kPeopleAtOnce));
    auto taken = co_await preparing.take({ids->begin() + static_cast<std::ptrdiff_t>(i), end});
    if (!taken) co_return fail(std::move(taken.error()));
  }
  if (in.dry_run) co_return http::Reply<BulkAnswer>{preparing.dry_run(), 200, {}};

  auto& rt = app.runtime();
  auto& bulk = preparing.bulk();
  bulk.id = rt.new_id();
  bulk.created = rt.clock.now();
  bulk.due = std::max(in.scheduled_at.value_or(bulk.created), bulk.created);
  bulk.total = static_cast<int>(preparing.recipients().size());
  bulk.created_by = request.who().subject;
  co_await rt.database.transaction([&](db::Transaction& tx) -> Task<> {
    add_bulk(tx, bulk, preparing.recipients());
    co_return;
  });
  rt.bus.wake(kDeliveryTopic);
  auto answer = co_await answer_of(app, bulk);
  co_return http::Reply<BulkAnswer>{std::move(answer), 202, {}};
}

Task<Result<BulkAnswer>> get_bulk(App& app, const http::Request& request, BulkPath in) {
  auto bulk = co_await bulk_for(app, request, std::move(in.batch_id));
  if (!bulk) co_return fail(std::move(bulk.error()));
  co_return co_await answer_of(app, *bulk);
}

Task<Result<BulkAnswer>> pause_bulk(App& app, const http::Request& request, BulkPath in) {
  return change(app, request, std::move(in.batch_id), BulkChange::pause);
}

Task<Result<BulkAnswer>> resume_bulk(App& app, const http::Request& request, BulkPath in) {
  return change(app, request, std::move(in.batch_id), BulkChange::resume);
}

Task<Result<BulkAnswer>> cancel_bulk(App& app, const http::Request& request, BulkPath in) {
  return change(app, request, std::move(in.batch_id), BulkChange::cancel);
}

Task<Result<BulkRecipientsAnswer>> list_bulk_recipients(App& app, const http::Request& request,
                                                        BulkRecipientsRequest in) {
  auto bulk = co_await bulk_for(app, request, in.batch_id);
  if (!bulk) co_return fail(std::move(bulk.error()));
  auto after = read_number_cursor(in.cursor, 0);
  if (!after) co_return fail(std::move(after.error()));
  auto read = reading(app.runtime().database);
  auto recipients = co_await bulk_recipients(read, bulk->id, *after, in.limit);
  Ids ids;
  for (const auto& to : recipients) ids.push_back(to.user_id);
  auto messages = co_await bulk_messages(read, *bulk, std::move(ids));
  BulkRecipientsAnswer out;
  for (const auto& to : recipients) out.items.push_back(item_of(to, messages));
  if (!recipients.empty() && recipients.back().number < bulk->total)
    out.next_cursor = std::to_string(recipients.back().number);
  co_return out;
}

}  // namespace rb::notification
