#include "jobs/instances.hpp"

#include <algorithm>

#include "service/repeating.hpp"
#include "store/channels.hpp"

namespace rb::notification {
namespace {

constexpr auto kLookAtOthers = std::chrono::milliseconds(500);
constexpr auto kSayEvery = std::chrono::seconds(1);
constexpr auto kAliveFor = std::chrono::seconds(5);
constexpr auto kSettling = std::chrono::seconds(61);  // a group's minute, from which calls may still count
constexpr auto kForgottenAfter = std::chrono::hours(1);

}  // namespace

Instances::Instances(Runtime& runtime, std::function<void()> changed)
    : rt_(runtime), changed_(std::move(changed)), stopping_(runtime.loop, runtime.clock) {}

Task<> Instances::load() {
  if (!rt_.rules.only_worker) co_await say_alive(rt_.clock.now());
  co_await look();
}

Task<> Instances::run() {
  if (rt_.rules.only_worker) co_return;
  co_await service::repeat(stopping_, kLookAtOthers, "other instances cannot be seen",
                           [this] { return step(); });
  co_await leave();
}

Task<> Instances::step() {
  auto now = rt_.clock.now();
  share(now);
  if (now >= said_ + kSayEvery || rt_.peers.sharing != said_sharing_) co_await say_alive(now);
  co_await look();
}

Task<> Instances::say_alive(Time now) {
  bool sharing = rt_.peers.sharing;
  co_await beat(rt_.database, {rt_.worker, sharing, rt_.reports}, now + kAliveFor);
  said_ = now;
  said_sharing_ = sharing;
}

// SharedLimits ends it when the cache does not answer.
void Instances::share(Time now) {
  bool connected = rt_.cache != nullptr && rt_.cache->shared() && rt_.cache->state().connected;
  if (connected && !rt_.peers.sharing) sharing_since_ = now;
  rt_.peers.sharing = connected;
}

void Instances::count(const std::vector<Instance>& living, Time now) {
  auto others = std::ranges::count_if(living, [&](const Instance& i) { return i.id != rt_.worker; });
  bool all = std::ranges::all_of(living, [&](const Instance& i) { return i.id == rt_.worker || i.sharing; });
  rt_.peers.live = 1 + static_cast<int>(others);
  rt_.peers.settled = all && rt_.peers.sharing && now >= sharing_since_ + kSettling;
}

Task<> Instances::look() {
  if (!rt_.rules.only_worker) {
    auto now = rt_.clock.now();
    count(co_await live_instances(reading(rt_.database), now), now);
  }
  auto pauses = co_await load_pauses(reading(rt_.database));
  bool changed = pauses != rt_.pauses;
  rt_.pauses = std::move(pauses);
  if (changed) changed_();
}

Task<> Instances::leave() {
  try {
    co_await remove_instances(rt_.database, rt_.worker, rt_.clock.now() - kForgottenAfter);
  } catch (const Unavailable&) {
    co_return;  // it is taken for dead soon
  }
}

}  // namespace rb::notification
