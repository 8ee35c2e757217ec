#include "jobs/deliver.hpp"

#include <algorithm>
#include <set>

#include "domain/error_text.hpp"
#include "domain/fairness.hpp"
#include "jobs/looking.hpp"
#include "log/log.hpp"
#include "service/repeating.hpp"
#include "store/attachments.hpp"
#include "store/digests.hpp"
#include "store/people.hpp"

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
      stopping_(runtime.loop, runtime.clock),
      group_(runtime.loop) {}

void Delivery::stop() {
  stopping_.ask();
  work_.notify();
}

Task<> Delivery::run() {
  auto complaint = "the queue of " + std::string(to_string(sender_.channel())) + " cannot be read";
  co_await service::keep_doing(stopping_, std::move(complaint), [this] { return take_or_rest(); });
  co_await group_.drained();
}

Task<> Delivery::take_or_rest() {
  auto began = rt_.clock.now();
  if (co_await take_some() > 0) co_return;
  if (group_.running() == 0) done_until_ = began;
  if (!stopping_.asked()) co_await rest();
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
  if (stopping_.asked() || backlog_ || closed(now)) return 0;
  return limits_.available(now, hands());
}

bool Delivery::begin(Message message, Person person) {
  if (stopping_.asked()) return false;
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
  if (messages.empty()) {
    co_await limits_.keep({});
    co_return 0;
  }
  std::ranges::sort(messages, {}, [](const Message& m) { return std::pair(m.priority, m.due); });
  std::vector<std::string> claimed;
  std::set<std::string> people;
  for (const auto& message : messages) {
    claimed.push_back(message.id);
    people.insert(message.user_id);
  }
  // Places are kept for what is delivered: when the people cannot be loaded, nothing is.
  auto directory = co_await load_people(reading(rt_.database), as_list(people), false);
  co_await limits_.keep(std::move(claimed));
  int count = static_cast<int>(messages.size());
  claimed_ += count;
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

void Delivery::settle(Message message, Turn turn) {
  message.status = std::move(turn.status);
  message.reason = std::move(turn.reason);
  message.queued = false;
  if (is_finished(message)) {
    rt_.metrics.finished.with({to_string(sender_.channel()), message.type, message.status}).add();
  } else {
    message.due = turn.due;
  }
  recorder_.add({{std::move(message), std::nullopt}, "", "", "", std::nullopt});
}

Task<> Delivery::deliver(Message message, Person person) {
  auto id = message.id;
  std::string problem;
  try {
    co_await attempt({std::move(message), std::move(person), rt_.clock.now()});
  } catch (const std::exception& e) {
    problem = e.what();
  }
  co_await limits_.leave(id);
  if (problem.empty()) co_return;
  leases_.gave_back(id);  // tried again when the lease ends
  log::error("notification could not be worked on", {{"notification_id", id}, {"reason", problem}});
}

// Why it does not go out now; nullopt: it does.
Task<std::optional<Turn>> Delivery::objection(const Message& message, const Person& person, Time now) const {
  if (message.expires && now >= *message.expires) co_return Turn{"cancelled", "lesson_started", now};
  auto reason = veto(person, message.type, message.purpose, sender_.channel(), message.student_id);
  if (!reason.empty()) co_return Turn{"suppressed", std::move(reason), now};
  if (!person.preferences.delays()) co_return std::nullopt;
  auto turn = co_await turn_now(message, person);
  if (turn.status == "pending") co_return std::nullopt;
  co_return turn;
}

Task<> Delivery::attempt(Try one) {
  if (auto turn = co_await objection(one.message, one.person, one.started))
    co_return settle(std::move(one.message), std::move(*turn));
  auto letter = letter_of(one.message);
  const auto* address = one.person.address(sender_.channel());
  if (letter.to.empty() && address != nullptr && !address->suspended) letter.to = address->value;
  if (letter.to.empty() && sender_.reach() == Reach::addressed)
    co_return finish(std::move(one), {.kind = Outcome::Kind::address_bad,
                                      .detail = address != nullptr ? "address_suspended" : "no_address"});
  one.to = letter.to;
  if (auto written = write(one, letter); !written)
    co_return finish(std::move(one),
                     {.kind = Outcome::Kind::message_bad, .detail = "template: " + written.error().message});
  if (!one.message.attachments.empty())
    letter.files = co_await load_files(reading(rt_.database), one.message.attachments);
  co_await hand_over(std::move(one), std::move(letter));
}

// The text, in the letter and on the message's record.
Result<void> Delivery::write(Try& one, Letter& letter) const {
  auto& message = one.message;
  bool mail = sender_.channel() == Channel::email;
  if (mail && !rt_.rules.public_url.empty())
    letter.unsubscribe_url =
        rt_.rules.public_url + "/unsubscribe?token=" +
        rt_.tokens.sign("unsubscribe", message.user_id + " " + message.type, one.started + kUnsubscribeLife);
  auto rendered =
      rt_.renderer->render(message, one.person, sender_.channel(), letter.unsubscribe_url, one.started);
  if (!rendered) return fail(std::move(rendered.error()));
  if (!rendered->problem.empty()) {
    rt_.metrics.text_fallbacks.with({message.type}).add();
    log::warn("a text that was written for a notification does not work, another one goes out",
              {{"notification_id", message.id}, {"text", rendered->text}, {"reason", rendered->problem}});
    one.note = "went out as " + rendered->text + ", because " + rendered->problem;
  }
  message.title = letter.subject = std::move(rendered->title);
  message.body = letter.html = std::move(rendered->html);
  letter.plain = std::move(rendered->plain);
  letter.parts_sent = message.parts_sent;
  if (mail) letter.calendar = calendar_entry(message, one.person);
  return {};
}

// Within the limits, and while nobody else can begin it, to the provider.
Task<> Delivery::hand_over(Try one, Letter letter) {
  if (rt_.pause(sender_.channel(), one.started) != nullptr) co_return put_back_later(std::move(one.message));
  auto to = one.to, call = one.message.id;
  if (auto later = co_await limits_.take(to, call)) {
    one.message.due = *later;
    co_return put_back_later(std::move(one.message));
  }
  // A lease about to end would let another worker begin the same message while ours is under way.
  if (!leases_.holds(call, std::min<Micros>(kProviderTime, rt_.rules.lease / 4))) {
    leases_.gave_back(call);
    co_return co_await limits_.done(to, call, false);
  }

  letter.turn = [this, to, call] { return next_call(to, call); };
  auto outcome = co_await sender_.send(std::move(letter));
  co_await limits_.done(to, call, true);
  rt_.metrics.provider.with({to_string(sender_.channel()), outcome_name(outcome.kind)}).add();
  if (outcome.retry_after) co_await limits_.pause(to, *outcome.retry_after);
  if (outcome.crowded) outcome.retry_after = limits_.crowded(to);
  note(outcome, to, rt_.clock.now());
  finish(std::move(one), std::move(outcome));
}

// A letter that needs several calls waits between them, unless the process is to end.
Task<> Delivery::next_call(std::string to, std::string call) {
  co_await limits_.done(to, call, true);
  while (auto later = co_await limits_.take(to, call)) {
    if (stopping_.asked()) co_return;
    co_await net::sleep_until(rt_.loop, rt_.clock, std::min<Time>(*later, rt_.clock.now() + kLookAnyway));
  }
}

void Delivery::put_back_later(Message message) {
  put_back_.push_back(std::move(message));
  work_.notify();
}

// For the limits, and for operators: what the provider says of the channel.
void Delivery::note(const Outcome& outcome, const std::string& to, Time now) {
  using Kind = Outcome::Kind;
  auto kind = outcome.kind;
  auto& report = rt_.reports[sender_.channel()];
  auto problem = Trouble{now, without_addresses(outcome.detail)};
  if (kind == Kind::delivered || kind == Kind::sent) limits_.welcome(to);
  if (kind == Kind::transient || kind == Kind::unknown || kind == Kind::channel_bad)
    report.last_error = problem;
  if (kind != Kind::channel_bad) {
    if (kind != Kind::transient) report.refused.reset();
    return;
  }
  report.refused = {report.refused ? report.refused->at : now, problem.reason};
  blocked_until_ = now + rt_.rules.retry.refused_pause;
  log::error("notification channel refuses us",
             {{"channel", to_string(sender_.channel())}, {"reason", outcome.detail}});
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

void Delivery::finish(Try one, Outcome outcome) {
  auto now = rt_.clock.now();
  auto& message = one.message;
  auto verdict = judge(outcome, message.attempts, message.unanswered, now, random_unit(), rt_.rules.retry);
  if (!one.note.empty()) outcome.detail += (outcome.detail.empty() ? "" : "; ") + one.note;
  Finding finding;
  finding.moved_to = outcome.new_address;
  if (verdict.suspend_address && !one.to.empty()) finding.suspend = verdict.reason;
  if (verdict.fall_back) finding.fallback = instead(message, one.person);
  if (verdict.counts)
    finding.record.attempt = Attempt{message.id,
                                     message.attempts,
                                     sender_.channel(),
                                     one.started,
                                     now,
                                     std::string(outcome_name(outcome.kind)),
                                     std::move(outcome.detail)};
  message.status = verdict.status;
  message.reason = verdict.reason;
  message.queued = verdict.again.has_value();
  if (verdict.again) message.due = *verdict.again;
  if (outcome.kind == Outcome::Kind::unknown) ++message.unanswered;
  message.parts_sent = outcome.parts_sent;
  if (!outcome.provider_id.empty()) message.provider_id = std::move(outcome.provider_id);
  if (message.status == "sent" || message.status == "delivered") message.sent = now;
  tell(message, one.started, now);
  finding.address = std::move(one.to);
  finding.record.message = std::move(message);
  recorder_.add(std::move(finding));
  // Claiming for many hands at once costs no more than for one.
  if (backlog_ && 2 * (hands() + 1) >= sender_.parallel()) work_.notify();
}

// Metrics and the log.
void Delivery::tell(const Message& message, Time started, Time now) {
  auto channel = to_string(sender_.channel());
  if (message.sent) rt_.metrics.delivery.with({channel}).observe(seconds(now - message.event_at));
  if (!message.queued) rt_.metrics.finished.with({channel, message.type, message.status}).add();
  rt_.metrics.processing.with({channel}).observe(seconds(now - started));
  log::info("notification " + message.status, {{"notification_id", message.id},
                                               {"channel", channel},
                                               {"type", message.type},
                                               {"attempt", message.attempts},
                                               {"reason", message.reason}});
}

}  // namespace rb::notification
