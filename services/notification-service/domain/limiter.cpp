#include "domain/limiter.hpp"

#include <algorithm>
#include <cmath>

namespace rb::notification {
namespace {

constexpr std::size_t kManyChats = 10'000;

bool is_group(const std::string& chat) { return chat.starts_with('-'); }

double seconds(Micros time) { return std::chrono::duration<double>(time).count(); }

}  // namespace

void Limiter::Bucket::fill(Time now, double per_second, double most) {
  if (now > filled) tokens = std::min(most, tokens + seconds(now - filled) * per_second);
  filled = std::max(filled, now);
}

Micros Limiter::Bucket::wait_for_token(double per_second) const {
  return Micros(static_cast<std::int64_t>(std::ceil((1 - tokens) / per_second * 1e6)));
}

double Limiter::chat_rate(const std::string& chat) const {
  return is_group(chat) ? limits_.group_per_minute / 60 : 1;
}

double Limiter::chat_burst(const std::string& chat) const {
  return is_group(chat) ? limits_.group_per_minute / 4 : limits_.chat_burst;
}

int Limiter::available(Time now, int wanted) {
  if (now < all_paused_until_) return 0;
  if (limits_.per_second <= 0) return wanted;
  if (!started_) all_ = {limits_.per_second, now, {}};
  started_ = true;
  all_.fill(now, limits_.per_second, limits_.per_second);
  return std::min(wanted, static_cast<int>(all_.tokens));
}

Time Limiter::free_at(Time now) {
  if (available(now, 1) > 0) return now;
  if (now < all_paused_until_) return all_paused_until_;
  return now + all_.wait_for_token(limits_.per_second);
}

Limiter::Bucket& Limiter::bucket(const std::string& chat, Time now) {
  if (chats_.size() >= kManyChats) forget_full(now);
  auto [found, added] = chats_.try_emplace(chat, Bucket{chat_burst(chat), now, {}});
  found->second.fill(now, chat_rate(chat), chat_burst(chat));
  return found->second;
}

// A full bucket is what a new one would be.
void Limiter::forget_full(Time now) {
  for (auto at = chats_.begin(); at != chats_.end();) {
    auto& [chat, bucket] = *at;
    bucket.fill(now, chat_rate(chat), chat_burst(chat));
    bool full = bucket.tokens >= chat_burst(chat) && bucket.paused_until <= now;
    at = full ? chats_.erase(at) : std::next(at);
  }
}

Time Limiter::take(const std::string& chat, Time now) {
  if (auto free = free_at(now); free > now) return free;
  if (limits_.chat_burst > 0) {
    auto& own = bucket(chat, now);
    if (now < own.paused_until) return own.paused_until;
    if (own.tokens < 1) return now + own.wait_for_token(chat_rate(chat));
    own.tokens -= 1;
  }
  if (limits_.per_second > 0) all_.tokens -= 1;
  return now;
}

void Limiter::pause(const std::string& chat, Time now, Micros wait) {
  bool another = std::ranges::any_of(
      chats_, [&](const auto& entry) { return entry.first != chat && entry.second.paused_until > now; });
  auto& own = bucket(chat, now);
  own.paused_until = std::max(own.paused_until, now + wait);
  if (another) all_paused_until_ = std::max(all_paused_until_, now + wait);
}

}  // namespace rb::notification
