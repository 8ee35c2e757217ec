#include "listening.hpp"

#include <fmt/format.h>

#include "domain/derived.hpp"
#include "events/normal.hpp"

namespace rb::analytics {
namespace {

using namespace std::chrono_literals;

const SystemClock kReal;

}  // namespace

void Listening::before_start() {
  backends_.bus->consume({.name = "test.heard", .binding_keys = {"balance.#", "homework.#", "analytics.#"}},
                         [this](bus::Batch batch) -> Task<> {
                           for (auto& delivery : batch) {
                             auto outcome = events::parse_event(
                                 delivery->message().body, {"", "", 0, {}, Time::max() - 48h, Zone::utc()});
                             auto* event = std::get_if<events::Event>(&outcome);
                             if (event != nullptr && event->type == "balance.updated") ++marked_;
                             if (event != nullptr && event->source == kOwnSource)
                               heard_.push_back(std::move(*event));
                             delivery->ack();
                           }
                           co_return;
                         });
}

void Listening::breathe() { run(net::sleep_for(loop_, kReal, 3ms)); }

void Listening::until(const std::function<bool()>& done, const std::string& what) {
  auto deadline = kReal.now() + 1min;
  while (!done()) {
    ASSERT_LT(kReal.now(), deadline) << what;
    breathe();
  }
}

void Listening::wait_for(const std::string& sql, std::int64_t n) {
  until([&] { return count(sql) == n; }, sql);
}

void Listening::settle() {
  auto deadline = kReal.now() + 1min;
  auto open = [this] {
    auto now = std::to_string(to_micros(clock_.now()));
    return count(
        "select (select batch from analytics_ingest) - seen + (select count(*) from "
        "analytics_deadlines where not done and due < " +
        now + ") as n from analytics_watch");
  };
  for (int rounds = 0; rounds < 3 || open() != 0; ++rounds) {
    ASSERT_LT(kReal.now(), deadline) << "it was never looked at";
    clock_.advance(1s);
    breathe();
  }
  wait_for_marker();
}

// Messages of one program come in the order in which they were published.
void Listening::wait_for_marker() {
  auto deadline = kReal.now() + 1min;
  auto id = fmt::format("marker-{}", ++markers_);
  happens(id, "balance.updated", R"("user_id":1,"amount":0)");
  while (marked_ < markers_) {
    ASSERT_LT(kReal.now(), deadline) << "the marker never came";
    clock_.advance(10ms);
    breathe();
  }
}

std::vector<events::Event> Listening::heard(const std::string& type) const {
  std::vector<events::Event> out;
  for (const auto& event : heard_)
    if (event.type == type) out.push_back(event);
  return out;
}

}  // namespace rb::analytics
