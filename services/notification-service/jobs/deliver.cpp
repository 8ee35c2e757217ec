#include "jobs/deliver.hpp"

#include <algorithm>

#include "domain/error_text.hpp"
#include "domain/fairness.hpp"
#include "jobs/looking.hpp"
#include "log/log.hpp"
#include "store/attachments.hpp"
#include "store/digests.hpp"
#include "store/people.hpp"
#include "time/backoff.hpp"

namespace rb::notification {
namespace {

constexpr int kMessagesAtOnce = 100;  // per claim
constexpr auto kUnsubscribeLife = std::chrono::days(365);
constexpr auto kProviderTime =
    std::chrono::seconds(10);  // the longest call; no try begins with less lease left

std::string_view outcome_name(Outcome::Kind kind) {
  constexpr std::array<std::string_view, 7> kNames = {"delivered",   "sent",        "transient",  "unknown",
                                                      "address_bad", "message_bad", "channel_bad"};
  return kNames.at(static_cast<std::size_t>(kind));
}

Paces paces_of(const Sender& sender, const Rules& rules) {
  if (sender.channel() == Channel::telegram) return telegram_paces(rules.telegram);
  bool mail = sender.channel() == Channel::email && sender.reach() == Reach::addressed;
  return mail ? mail_paces() : no_paces();
}

double seconds(Micros time) { return std::chrono::duration<double>(time).count(); }

}  // namespace

Delivery::Delivery(Runtime& runtime, Leases& leases, Recorder& recorder, Sender& sender)
    : rt_(runtime),
      leases_(leases),
      recorder_(recorder),
      sender_(sender),
      limits_(runtime.clock, runtime.cache, runtime.peers, std::string(to_string(sender.channel())),
              runtime.worker, paces_of(sender, runtime.rules)),
      work_(runtime.loop),
      group_(runtime.loop) {}

void Delivery::stop() {
  stopping_ = true;
  work_.notify();
}

Task<> Delivery::run() {
  Backoff backoff{.first = std::chrono::milliseconds(200), .most = std::chrono::seconds(5)};
  int failures = 0;
  while (!stopping_) {
    std::string problem;
    int taken = 0;
    try {
      auto began = rt_.clock.now();
      taken = co_await take_some();
      failures = 0;
      if (taken == 0 && group_.running() == 0) done_until_ = began;
      if (taken == 0 && !stopping_) co_await rest();
    } catch (const std::exception& e) {
      problem = e.what();
    }
    if (problem.empty()) continue;
    log::error("notification queue cannot be read; trying again",
               {{"channel", to_string(sender_.channel())}, {"reason", problem}});
    co_await net::sleep_for(rt_.loop, rt_.clock, backoff.delay(++failures, random_unit()));
  }
  co_await group_.drained();
}

Task<> Delivery::rest() {
  auto now = rt_.clock.now();
  auto until = now + kLookAnyway;
  if (!backlog_) until = std::min(until, next_due_.value_or(until));
  if (const auto* pause = rt_.pause(sender_.channel(), now)) {
    co_await work_.wait_until(rt_.clock, std::min(until, pause->until.value_or(until)));
    co_return;
  }
  // What waits for a free hand is told by finish(); another worker's claim is not yet committed.
  if (backlog_ && leases_.room() <= 0) {
    co_await leases_.room_made().wait_until(rt_.clock, until);
    co_return;
  }
  if (backlog_ && hands() > 0) until = std::max({limits_.free_at(now), blocked_until_, now + kAnotherLook});
  co_await work_.wait_until(rt_.clock, until);
}

// Of a channel that does not let us in, one message asks again.
int Delivery::hands() const {
  int most = rt_.refusal(sender_.channel()) != nullptr ? 1 : sender_.parallel();
  return std::max(0, std::min(most - static_cast<int>(group_.running()), leases_.room()));
}

// Nothing of the channel is begun now.
bool Delivery::closed(Time now) const {
  return now < blocked_until_ || rt_.pause(sender_.channel(), now) != nullptr;
}

int Delivery::free_hands(Time now) {
  if (stopping_ || backlog_ || closed(now)) return 0;
  return limits_.available(now, hands());
}

bool Delivery::begin(Message message, Person person) {
  if (stopping_) return false;
  leases_.took({message}, *message.lease_until);
  limits_.keep_one(message.id);
  group_.spawn("deliver", deliver(std::move(message), std::move(person)));
  return true;
}

Task<int> Delivery::take_some() {
  if (!put_back_.empty()) co_await give_back_untried();
  next_due_ = co_await next_due(reading(rt_.database), sender_.channel());
  auto now = rt_.clock.now();
  backlog_ = next_due_ && *next_due_ <= now;
  int limit = limits_.available(now, std::min(hands(), kMessagesAtOnce));
  if (!backlog_ || limit <= 0 || closed(now)) co_return 0;
  limit = co_await limits_.reserve(limit);
  if (limit <= 0) co_return 0;

  auto lease_until = now + rt_.rules.lease;
  int oldest = places_of_longest_waiting(claimed_, limit);
  auto messages =
      co_await claim_due(rt_.database, sender_.channel(), rt_.worker, now, lease_until, limit, oldest);
  std::vector<std::string> claimed;
  for (const auto& message : messages) claimed.push_back(message.id);
  co_await limits_.keep(std::move(claimed));
  if (messages.empty()) co_return 0;
  claimed_ += static_cast<std::int64_t>(messages.size());
  std::ranges::sort(messages, {}, [](const Message& m) { return std::pair(m.priority, m.due); });
  std::vector<std::string> ids;
  for (const auto& message : messages)
    if (std::ranges::find(ids, message.user_id) == ids.end()) ids.push_back(message.user_id);
  auto directory = co_await load_people(reading(rt_.database), std::move(ids), false);
  int count = static_cast<int>(messages.size());
  leases_.took(messages, lease_until);
  for (auto& message : messages) {
    auto person = directory.at(message.user_id);
    group_.spawn("deliver", deliver(std::move(message), std::move(person)));
  }
  co_return count;
}

Task<> Delivery::give_back_untried() {
  auto back = std::exchange(put_back_, {});
  for (const auto& message : back) leases_.gave_back(message.id);
  co_await rt_.database.transaction([this, &back](db::Transaction& tx) -> Task<> {
    put_back(tx, back, rt_.worker);
    co_return;
  });
}

// Preferences may have changed since it was queued, and a later try may fall into the quiet hours.
Task<Turn> Delivery::turn_now(const Message& message, const Person& person) const {
  std::optional<Time> last;
  if (has_interval(message, person)) {
    IntervalKey key{message.user_id, message.type, sender_.channel()};
    auto last_times = co_await load_last_times(reading(rt_.database), {key}, Before::gone, message.id);
    if (!last_times.empty()) last = last_times.begin()->second;
  }
  co_return turn_of(message, person, rt_.clock.now(), last);
}

void Delivery::put_off(Message message, Turn turn) {
  message.status = std::move(turn.status);
  message.reason = std::move(turn.reason);
  message.due = turn.due;
  message.queued = false;
  recorder_.add({{std::move(message), std::nullopt}, "", "", "", std::nullopt});
}

void Delivery::drop(Message message, std::string status, std::string reason) {
  message.status = std::move(status);
  message.reason = std::move(reason);
  message.queued = false;
  rt_.metrics.finished.with({to_string(sender_.channel()), message.type, message.status}).add();
  recorder_.add({{std::move(message), std::nullopt}, "", "", "", std::nullopt});
}

Task<> Delivery::deliver(Message message, Person person) {
  auto id = message.id;
  std::string problem;
  try {
    co_await attempt(std::move(message), std::move(person));
  } catch (const std::exception& e) {
    problem = e.what();
  }
  co_await limits_.leave(id);
  if (problem.empty()) co_return;
  leases_.gave_back(id);  // tried again when the lease ends
  log::error("notification could not be worked on", {{"notification_id", id}, {"reason", problem}});
}

Task<> Delivery::attempt(Message message, Person person) {
  auto started = rt_.clock.now();
  if (message.expires && started >= *message.expires)
    co_return drop(std::move(message), "cancelled", "lesson_started");
  if (auto reason = veto(person, message.type, message.purpose, sender_.channel(), message.student_id);
      !reason.empty())
    co_return drop(std::move(message), "suppressed", reason);
  if (person.preferences.delays()) {
    auto turn = co_await turn_now(message, person);
    if (turn.status == "deferred") co_return put_off(std::move(message), std::move(turn));
    if (turn.status != "pending") co_return drop(std::move(message), turn.status, turn.reason);
  }

  auto letter = letter_of(message);
  const auto* address = person.address(sender_.channel());
  if (letter.to.empty() && address != nullptr && !address->suspended) letter.to = address->value;
  if (letter.to.empty() && sender_.reach() == Reach::addressed) {
    Outcome nowhere{.kind = Outcome::Kind::address_bad,
                    .detail = address != nullptr ? "address_suspended" : "no_address"};
    auto verdict = judge(nowhere, message.attempts, message.unanswered, started, 0, rt_.rules.retry);
    verdict.suspend_address = false;
    co_return finish(std::move(message), std::move(verdict), nowhere, person, "", started);
  }

  if (!rt_.rules.public_url.empty() && sender_.channel() == Channel::email)
    letter.unsubscribe_url =
        rt_.rules.public_url + "/unsubscribe?token=" +
        rt_.tokens.sign("unsubscribe", message.user_id + " " + message.type, started + kUnsubscribeLife);
  auto rendered = rt_.renderer->render(message, person, sender_.channel(), letter.unsubscribe_url, started);
  if (!rendered) {
    Outcome broken{.kind = Outcome::Kind::message_bad, .detail = "template: " + rendered.error().message};
    auto verdict = judge(broken, message.attempts, message.unanswered, started, 0, rt_.rules.retry);
    co_return finish(std::move(message), std::move(verdict), broken, person, letter.to, started);
  }
  if (!rendered->problem.empty()) {
    rt_.metrics.text_fallbacks.with({message.type}).add();
    log::warn("a text that was written for a notification does not work, another one goes out",
              {{"notification_id", message.id}, {"text", rendered->text}, {"reason", rendered->problem}});
  }
  message.title = letter.subject = std::move(rendered->title);
  message.body = letter.html = std::move(rendered->html);
  letter.plain = std::move(rendered->plain);
  letter.parts_sent = message.parts_sent;
  if (sender_.channel() == Channel::email) letter.calendar = calendar_entry(message, person);
  if (!message.attachments.empty())
    letter.files = co_await load_files(reading(rt_.database), message.attachments);

  if (rt_.pause(sender_.channel(), started) != nullptr) co_return put_back_later(std::move(message));
  auto to = letter.to, call = message.id;
  if (auto later = co_await limits_.take(to, call)) {
    message.due = *later;
    co_return put_back_later(std::move(message));
  }
  // A lease about to end would let another worker begin the same message while ours is under way.
  if (!leases_.holds(message.id, std::min<Micros>(kProviderTime, rt_.rules.lease / 4))) {
    leases_.gave_back(message.id);
    co_return co_await limits_.done(to, call, false);
  }

  letter.turn = [this, to, call] { return next_call(to, call); };
  auto outcome = co_await sender_.send(std::move(letter));
  co_await limits_.done(to, call, true);
  auto now = rt_.clock.now();
  rt_.metrics.provider.with({to_string(sender_.channel()), outcome_name(outcome.kind)}).add();
  if (outcome.retry_after) co_await limits_.pause(to, *outcome.retry_after);
  if (outcome.crowded) outcome.retry_after = limits_.crowded(to);
  note(outcome, to, now);
  if (outcome.kind == Outcome::Kind::channel_bad) {
    log::error("notification channel refuses us",
               {{"channel", to_string(sender_.channel())}, {"reason", outcome.detail}});
    blocked_until_ = now + rt_.rules.retry.refused_pause;
  }
  auto verdict = judge(outcome, message.attempts, message.unanswered, now, random_unit(), rt_.rules.retry);
  if (!rendered->problem.empty()) {
    if (!outcome.detail.empty()) outcome.detail += "; ";
    outcome.detail += "went out as " + rendered->text + ", because " + rendered->problem;
  }
  finish(std::move(message), std::move(verdict), outcome, person, to, started);
}

// A letter that needs several calls waits between them, unless the process is to end.
Task<> Delivery::next_call(std::string to, std::string call) {
  co_await limits_.done(to, call, true);
  while (auto later = co_await limits_.take(to, call)) {
    if (stopping_) co_return;
    co_await net::sleep_until(rt_.loop, rt_.clock, std::min<Time>(*later, rt_.clock.now() + kLookAnyway));
  }
}

void Delivery::put_back_later(Message message) {
  put_back_.push_back(std::move(message));
  work_.notify();
}

void Delivery::note(const Outcome& outcome, const std::string& to, Time now) {
  using Kind = Outcome::Kind;
  auto& report = rt_.reports[sender_.channel()];
  auto problem = Trouble{now, without_addresses(outcome.detail)};
  if (outcome.kind == Kind::delivered || outcome.kind == Kind::sent) limits_.welcome(to);
  if (outcome.kind == Kind::transient || outcome.kind == Kind::unknown || outcome.kind == Kind::channel_bad)
    report.last_error = problem;
  if (outcome.kind == Kind::channel_bad) {
    report.refused = {report.refused ? report.refused->at : now, problem.reason};
  } else if (outcome.kind != Kind::transient) {
    report.refused.reset();
  }
}

std::optional<Message> Delivery::instead(const Message& message, const Person& person) const {
  auto channel =
      fallback_channel(person, message.type, sender_.channel(), rt_.channels(), message.student_id);
  if (!channel || message.key.ends_with(":fallback")) return std::nullopt;
  auto other = message;
  other.id = rt_.new_id();
  other.key = message.key + ":fallback";
  other.channel = channel;
  other.status = "pending";
  other.queued = true;
  other.reason = "instead_of_" + std::string(to_string(sender_.channel()));
  other.due = other.created = rt_.clock.now();
  other.recipient_address.clear();
  other.attempts = other.unanswered = other.parts_sent = 0;
  other.lease_owner.clear();
  other.lease_until.reset();
  return other;
}

void Delivery::finish(Message message, Verdict verdict, const Outcome& outcome, const Person& person,
                      std::string address, Time started) {
  auto now = rt_.clock.now();
  Finding finding;
  finding.address = std::move(address);
  finding.moved_to = outcome.new_address;
  if (verdict.suspend_address) finding.suspend = verdict.reason;
  if (verdict.fall_back) finding.fallback = instead(message, person);

  Attempt attempt{message.id,
                  message.attempts,
                  sender_.channel(),
                  started,
                  now,
                  std::string(outcome_name(outcome.kind)),
                  outcome.detail};
  message.status = verdict.status;
  message.reason = verdict.reason;
  message.queued = verdict.again.has_value();
  if (verdict.again) message.due = *verdict.again;
  if (outcome.kind == Outcome::Kind::unknown) ++message.unanswered;
  message.parts_sent = outcome.parts_sent;
  if (!outcome.provider_id.empty()) message.provider_id = outcome.provider_id;
  bool gone = verdict.status == "sent" || verdict.status == "delivered";
  auto channel = to_string(sender_.channel());
  if (gone) {
    message.sent = now;
    rt_.metrics.delivery.with({channel}).observe(seconds(now - message.event_at));
  }
  if (!message.queued) rt_.metrics.finished.with({channel, message.type, message.status}).add();
  rt_.metrics.processing.with({channel}).observe(seconds(now - started));
  log::info("notification " + verdict.status, {{"notification_id", message.id},
                                               {"channel", channel},
                                               {"type", message.type},
                                               {"attempt", message.attempts},
                                               {"reason", message.reason}});
  finding.record.message = std::move(message);
  if (verdict.counts) finding.record.attempt = std::move(attempt);
  recorder_.add(std::move(finding));
  // Claiming for many hands at once costs no more than for one.
  if (backlog_ && 2 * (hands() + 1) >= sender_.parallel()) work_.notify();
}

}  // namespace rb::notification
