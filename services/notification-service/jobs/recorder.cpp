#include "jobs/recorder.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "domain/timing/digest.hpp"
#include "events/event.hpp"
#include "log/log.hpp"
#include "store/digests.hpp"
#include "store/people.hpp"
#include "time/backoff.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

constexpr int kTriesAtTheEnd = 4;  // of the program: it does not wait for a database for ever

// «notification.sent», «.delivered», «.failed» tell other services; other states are nobody's business.
std::string event_type(const std::string& status) {
  return status == "sent" || status == "delivered" || status == "failed" ? "notification." + status : "";
}

}  // namespace

Recorder::Recorder(Runtime& runtime, Leases& leases) : rt_(runtime), leases_(leases), work_(runtime.loop) {}

void Recorder::add(Finding finding) {
  waiting_.push_back(std::move(finding));
  work_.notify();
}

void Recorder::stop() {
  stopping_ = true;
  work_.notify();
}

void Recorder::publish(db::Transaction& tx, const Message& message) {
  auto type = event_type(message.status);
  if (type.empty()) return;
  events::Event event;
  event.source = "/notification-service";
  event.id = message.id + ":" + message.status + ":" + std::to_string(message.attempts);
  event.type = type;
  event.time = rt_.clock.now();
  event.data = {{"notification_id", message.id}, {"user_id", message.user_id},
                {"type", message.type},          {"channel", to_string(message.channel)},
                {"reason", message.reason},      {"correlation_id", message.correlation_id}};
  bus::Message out;
  out.routing_key = type;
  out.body = events::to_cloudevent(event);
  out.content_type = "application/cloudevents+json";
  out.message_id = event.id;
  rt_.bus.publish(tx, out);
}

Task<> Recorder::write(const std::vector<Finding>& findings) {
  co_await rt_.database.transaction([this, &findings](db::Transaction& tx) -> Task<> {
    auto now = rt_.clock.now();
    std::vector<Record> records;
    std::vector<Message> fallbacks;
    for (const auto& finding : findings) {
      const auto& message = finding.record.message;
      records.push_back(finding.record);
      if (!finding.suspend.empty())
        suspend_address(tx, *message.channel, finding.address, finding.suspend, now);
      if (!finding.moved_to.empty())
        move_address(tx, *message.channel, finding.address, finding.moved_to, now);
      if (finding.fallback) {
        if (gathers(message)) move_digest_parts(tx, message.id, finding.fallback->id);
        fallbacks.push_back(*finding.fallback);
      }
      if (!message.queued) publish(tx, message);
    }
    record(tx, records, rt_.worker, now);
    co_await insert_messages(tx, std::move(fallbacks));
  });
  for (const auto& finding : findings) leases_.gave_back(finding.record.message.id);
  rt_.bus.flush();
  // What is due again, and what goes out by another channel instead, waits for a worker that knows of it.
  bool more =
      std::ranges::any_of(findings, [](const Finding& f) { return f.fallback || f.record.message.queued; });
  if (more) rt_.bus.wake(kDeliveryTopic);
}

Task<> Recorder::run() {
  Backoff backoff{.first = std::chrono::milliseconds(200), .most = std::chrono::seconds(5)};
  std::vector<Finding> findings;
  int failures = 0;
  while (!stopping_ || !waiting_.empty() || !findings.empty()) {
    if (findings.empty() && waiting_.empty()) co_await work_.wait();
    if (findings.empty()) findings = std::exchange(waiting_, {});
    if (findings.empty()) continue;
    std::string problem;
    try {
      co_await write(findings);
      findings.clear();
      failures = 0;
    } catch (const std::exception& e) {
      problem = e.what();
    }
    if (findings.empty()) continue;
    if (stopping_ && failures >= kTriesAtTheEnd) {
      log::error("what became of notifications is lost; they are sent again when their leases end",
                 {{"notifications", findings.size() + waiting_.size()}, {"reason", problem}});
      co_return;
    }
    log::error("what became of notifications could not be written; trying again",
               {{"notifications", findings.size()}, {"reason", problem}});
    co_await net::sleep_for(rt_.loop, rt_.clock, backoff.delay(++failures, random_unit()));
  }
}

}  // namespace rb::notification
