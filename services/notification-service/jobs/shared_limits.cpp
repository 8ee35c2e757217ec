#include "jobs/shared_limits.hpp"

#include <algorithm>

namespace rb::notification {
namespace {

constexpr Micros kShortestWait = std::chrono::milliseconds(1);

}  // namespace

SharedLimits::SharedLimits(const Clock& clock, cache::Cache* cache, Peers& peers, std::string name,
                           std::string process, Paces paces)
    : clock_(clock),
      cache_(cache),
      peers_(peers),
      name_(std::move(name)),
      process_(std::move(process)),
      limiter_(std::move(paces)) {}

void SharedLimits::look(Time now) {
  limiter_.divide(peers_.live);
  bool settled = shared() && peers_.settled;
  if (settled_ && !settled && peers_.live > 1) limiter_.use_up(now);
  settled_ = settled;
}

void SharedLimits::lost(Time now) {
  peers_.sharing = peers_.settled = false;
  full_until_ = {};
  look(now);
}

int SharedLimits::available(Time now, int wanted) {
  look(now);
  if (shared() && now < full_until_) return 0;
  if (settled_) return limiter_.paused(now) ? 0 : wanted;
  auto kept = static_cast<int>(kept_.size());
  return std::max(0, limiter_.available(now, wanted + kept) - kept);
}

Time SharedLimits::free_at(Time now) {
  if (shared() && now < full_until_) return full_until_;
  return available(now, 1) > 0 ? now : limiter_.free_at(now);
}

std::string SharedLimits::new_ticket() { return process_ + ":" + std::to_string(++number_); }

Task<int> SharedLimits::reserve(int wanted) {
  if (!counts() || wanted <= 0) co_return wanted;
  auto now = clock_.now();
  tickets_.clear();
  for (int i = 0; i < wanted; ++i) tickets_.push_back(new_ticket());
  auto got = co_await cache_->take(name_, limiter_.paces().all, tickets_);
  tickets_.resize(got ? static_cast<std::size_t>(got->taken) : 0);
  if (!got) {
    lost(now);
    co_return available(now, wanted);
  }
  if (got->wait > Micros(0)) full_until_ = now + got->wait;
  co_return got->taken;
}

Task<> SharedLimits::keep(std::vector<std::string> calls) {
  auto tickets = std::exchange(tickets_, {});
  auto ticket = tickets.begin();
  for (auto& call : calls) kept_[std::move(call)] = ticket != tickets.end() ? std::move(*ticket++) : "";
  if (ticket != tickets.end()) full_until_ = {};
  for (; ticket != tickets.end(); ++ticket) co_await give_back_ticket(std::move(*ticket), false);
}

void SharedLimits::keep_one(const std::string& call) {
  if (available(clock_.now(), 1) > 0) kept_[call];
}

Task<> SharedLimits::leave(std::string call) {
  auto kept = kept_.extract(call);
  if (!kept.empty()) co_await give_back_ticket(std::move(kept.mapped()), false);
}

Task<std::optional<cache::Cache::Places>> SharedLimits::take_ticket(std::string call, std::string ticket) {
  if (!limiter_.paces().all.limits()) co_return cache::Cache::Places{1, {}};
  std::optional<cache::Cache::Places> got(cache::Cache::Places{1, {}});
  if (ticket.empty()) {
    ticket = new_ticket();
    got = co_await cache_->take(name_, limiter_.paces().all, {ticket});
  }
  if (!got) co_return std::nullopt;
  if (got->taken > 0) under_way_[call] = std::move(ticket);
  if (got->taken == 0) full_until_ = clock_.now() + std::max(got->wait, kShortestWait);
  co_return got;
}

Task<> SharedLimits::give_back_ticket(std::string id, bool made) {
  if (!id.empty() && counts()) co_await cache_->give_back(name_, limiter_.paces().all, std::move(id), made);
}

// This process has let the call pass; the others may not.
Task<std::optional<Time>> SharedLimits::take_shared(std::string address, std::string call,
                                                    std::string ticket) {
  auto place = limiter_.paces().of(address);
  auto got = co_await take_ticket(call, std::move(ticket));
  bool has_ticket = got && got->taken > 0;
  if (has_ticket && place.pace.limits()) got = co_await cache_->take(key_of(place), place.pace, {call});
  if (got && got->taken > 0) co_return std::nullopt;

  auto now = clock_.now();
  limiter_.done(address, call, now, false);
  co_await give_back_ticket(ticket_of(call), false);
  if (!got) {
    lost(now);
    co_return take_part(address, call, now);
  }
  auto earliest = now + std::max(got->wait, kShortestWait);
  co_return has_ticket ? limiter_.come_again(address, earliest, now) : earliest;
}

// What this process may do for itself.
std::optional<Time> SharedLimits::take_part(const std::string& address, const std::string& call, Time now) {
  auto may = settled_ ? limiter_.let_pass(address, call, now) : limiter_.take(address, call, now);
  return may > now ? std::optional(may) : std::nullopt;
}

std::string SharedLimits::ticket_of(const std::string& call) {
  auto found = under_way_.extract(call);
  return found.empty() ? "" : std::move(found.mapped());
}

Task<std::optional<Time>> SharedLimits::take(std::string address, std::string call) {
  auto now = clock_.now();
  look(now);
  auto kept = kept_.extract(call);
  std::string ticket = kept.empty() ? "" : std::move(kept.mapped());
  std::optional<Time> refused;
  if (kept.empty() && available(now, 1) <= 0) {
    refused = std::max(free_at(now), now + kShortestWait);
  } else {
    refused = take_part(address, call, now);
  }
  if (refused) {
    co_await give_back_ticket(std::move(ticket), false);
    co_return refused;
  }
  if (!shared()) co_return std::nullopt;
  co_return co_await take_shared(std::move(address), std::move(call), std::move(ticket));
}

Task<> SharedLimits::done(std::string address, std::string call, bool made) {
  limiter_.done(address, call, clock_.now(), made);
  auto ticket = ticket_of(call);
  if (!shared()) co_return;
  co_await give_back_ticket(std::move(ticket), made);
  auto place = limiter_.paces().of(address);
  if (place.pace.limits()) co_await cache_->give_back(key_of(place), place.pace, std::move(call), made);
}

Task<> SharedLimits::pause(std::string address, Micros wait) {
  bool all = limiter_.pause(address, clock_.now(), wait);
  if (!shared()) co_return;
  co_await cache_->close(key_of(limiter_.paces().of(address)), wait);
  if (all) co_await cache_->close(name_, wait);
}

}  // namespace rb::notification
