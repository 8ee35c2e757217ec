#include "domain/limiter.hpp"

#include <algorithm>

namespace rb::notification {
namespace {

constexpr std::size_t kManyChats = 10'000;
constexpr Micros kLongestCall = std::chrono::minutes(1);  // whose end nobody tells
constexpr Micros kFarthestPromise = std::chrono::seconds(10);
constexpr Backoff kCrowded{.first = std::chrono::seconds(30), .most = std::chrono::minutes(15)};

}  // namespace

void Limiter::use_up(Time now) {
  used_up_ = now;
  all_.use_up(mine(paces_.all), now);
  for (auto& [key, chat] : chats_) chat.gate.use_up(mine(chat.pace), now);
}

int Limiter::available(Time now, int wanted) {
  if (now < all_paused_until_) return 0;
  if (!paces_.all.limits()) return wanted;
  return std::min(wanted, all_.free(mine(paces_.all), now));
}

Time Limiter::free_at(Time now) {
  if (now < all_paused_until_) return all_paused_until_;
  return paces_.all.limits() ? all_.free_at(mine(paces_.all), now) : now;
}

Limiter::Chat& Limiter::chat(const Place& place, Time now) {
  if (chats_.size() >= kManyChats)
    std::erase_if(chats_, [&](auto& entry) {
      auto& [key, chat] = entry;
      return chat.gate.idle(now) && chat.paused_until <= now && chat.crowded == 0;
    });
  auto [found, added] = chats_.try_emplace(place.key, Chat{.pace = place.pace});
  if (added && used_up_ > Time{}) found->second.gate.use_up(mine(place.pace), used_up_);
  return found->second;
}

void Limiter::begin(const Place& place, Chat& chat, const std::string& call, Time now) {
  auto until = now + kLongestCall;
  if (paces_.all.limits()) all_.begin(call, until);
  if (place.pace.limits()) chat.gate.begin(call, until);
}

Time Limiter::let_pass(const std::string& address, const std::string& call, Time now) {
  auto place = paces_.of(address);
  auto& own = chat(place, now);
  if (auto until = paused_until(own); until > now) return promise(place, own, until, now);
  begin(place, own, call, now);
  return now;
}

Time Limiter::take(const std::string& address, const std::string& call, Time now) {
  auto place = paces_.of(address);
  auto& own = chat(place, now);
  if (auto free = free_at(now); free > now) return free;
  auto free = paused_until(own);
  if (place.pace.limits()) free = std::max(free, own.gate.free_at(mine(place.pace), now));
  if (free > now) return promise(place, own, free, now);
  begin(place, own, call, now);
  return now;
}

void Limiter::done(const std::string& address, const std::string& call, Time now, bool made) {
  auto place = paces_.of(address);
  auto give_back = [&](Gate& gate, const Pace& pace) {
    made ? gate.end(mine(pace), call, now) : gate.cancel(call);
  };
  if (paces_.all.limits()) give_back(all_, paces_.all);
  if (place.pace.limits()) give_back(chat(place, now).gate, place.pace);
}

Time Limiter::come_again(const std::string& address, Time earliest, Time now) {
  auto place = paces_.of(address);
  return promise(place, chat(place, now), earliest, now);
}

Time Limiter::promise(const Place& place, Chat& chat, Time earliest, Time now) const {
  auto pace = mine(place.pace);
  auto step = pace.kind == Pace::Kind::bucket ? pace.span : pace.span / std::max(1, pace.most);
  auto after = std::min(chat.promised + step, now + kFarthestPromise);
  return chat.promised = std::max(earliest, after);
}

// A second chat that is paused at the same time means that the limit of all was hit.
bool Limiter::pause(const std::string& address, Time now, Micros wait) {
  auto place = paces_.of(address);
  bool another = paces_.one_provider && std::ranges::any_of(chats_, [&](const auto& entry) {
                   return entry.first != place.key && entry.second.paused_until > now;
                 });
  auto& own = chat(place, now);
  own.paused_until = std::max(own.paused_until, now + wait);
  if (another) all_paused_until_ = std::max(all_paused_until_, now + wait);
  return another;
}

Micros Limiter::crowded(const std::string& address, Time now, double random) {
  auto& own = chat(paces_.of(address), now);
  // Calls that were under way together are one refusal.
  if (own.paused_until <= now) {
    ++own.crowded;
    own.paused_until = now + kCrowded.delay(own.crowded, random);
  }
  return own.paused_until - now;
}

void Limiter::welcome(const std::string& address) {
  if (auto found = chats_.find(paces_.of(address).key); found != chats_.end()) found->second.crowded = 0;
}

}  // namespace rb::notification
