#include "jobs/ingest.hpp"

#include <algorithm>
#include <set>

#include "store/counters.hpp"
#include "store/digests.hpp"
#include "store/events.hpp"
#include "store/mentions.hpp"
#include "store/messages.hpp"
#include "store/people.hpp"
#include "store/rows.hpp"
#include "store/schedules.hpp"

namespace rb::notification {

// What one transaction has led to.
struct Ingest::Done {
  std::set<EventKey> taken;                     // of the events that were new
  std::vector<std::pair<Message, Person>> own;  // leased to this worker
  bool queued = false;                          // others wait for a worker or for their time
};

namespace {

// What transaction bodies need, loaded inside them so that they see one state.
Task<World> load_world(db::Transaction& tx, const std::vector<events::Event>& batch, const Runtime& rt) {
  auto needs = wanted(batch);
  for (auto role : needs.roles)
    for (auto& id : co_await ids_with_role(reading(tx), role)) needs.people.insert(std::move(id));
  World world;
  world.lessons = co_await load_lessons(reading(tx), as_list(needs.lessons));
  for (const auto& [id, lesson] : world.lessons) {
    if (!lesson.tutor_id.empty()) needs.people.insert(lesson.tutor_id);
    for (const auto& [student, takes_part] : lesson.students) needs.people.insert(student);
  }
  world.directory = co_await load_people(reading(tx), as_list(needs.people), true);
  for (auto& id : co_await erased_ids(reading(tx), rt.rules.secret, as_list(needs.people)))
    world.erased.insert(std::move(id));
  world.channels = rt.channels();
  world.now = rt.clock.now();
  co_return world;
}

// What was planned some time before a lesson.
Task<> follow_lessons(db::Transaction& tx, const Intake& intake, Time now) {
  std::vector<std::string> ids;
  for (const auto& w : intake.withdrawals()) ids.push_back(w.lesson_id);
  if (ids.empty()) co_return;
  auto bound = co_await schedules_of_lessons(tx, std::move(ids));
  if (bound.empty()) co_return;
  std::map<std::string, Lesson> lessons;
  for (auto& lesson : intake.changed_lessons()) lessons.emplace(lesson.id, lesson);
  for (const auto& w : intake.withdrawals()) {
    for (const auto& schedule : bound) {
      if (!w.concerns(schedule.lesson_id, schedule.user_id)) continue;
      auto lesson = lessons.find(w.lesson_id);
      bool moved = w.reason == "lesson_rescheduled" && lesson != lessons.end();
      if (moved && lesson->second.scheduled_at) {
        co_await move_with_lesson(tx, schedule, *lesson->second.scheduled_at, now);
      } else {
        co_await cancel_schedule(tx, schedule.id, w.reason, now);
      }
    }
  }
}

Task<> write_people(db::Transaction& tx, const Intake& intake, const Runtime& rt) {
  auto now = rt.clock.now();
  for (const auto& [id, channel] : intake.removed_addresses()) remove_address(tx, id, channel);
  save_people(tx, intake.directory(), as_list(intake.changed_people()), now);
  for (const auto& id : intake.changed_people())  // their zone may be another
    if (intake.directory().at(id).preferences.delays()) recheck_deferred(tx, id, "person_changed", now);
  save_lessons(tx, intake.changed_lessons());
  for (const auto& c : intake.consents()) {
    save_consent(tx, {c.user_id, c.purpose, c.given, c.moment, c.details});
    if (!c.given) recheck_deferred(tx, c.user_id, "consent_changed", now);
  }
  for (const auto& w : intake.withdrawals()) withdraw_reminders(tx, w, now);
  for (const auto& id : intake.to_erase()) {
    erase_person(tx, rt.rules.secret, id, now);
    co_await erase_mentions(tx, id);
  }
}

}  // namespace

Ingest::Ingest(Runtime& runtime, Deliveries& deliveries)
    : rt_(runtime),
      deliveries_(deliveries),
      consumer_({"notification.events", runtime.rules.event_zone, runtime.clock, runtime.database, tables(),
                 runtime.event_metrics},
                [this](std::vector<events::Event> batch) { return process(std::move(batch)); }) {}

// Most urgent first, as the queue would.
void Ingest::take_in_hand(std::vector<Message>& messages) {
  auto now = rt_.clock.now();
  std::vector<Message*> due;
  for (auto& message : messages)
    if (message.status == "pending" && message.due <= now && deliveries_.contains(*message.channel))
      due.push_back(&message);
  std::ranges::sort(due, {}, [](const Message* m) { return std::pair(m->priority, m->id); });
  std::map<Channel, int> free;
  for (auto* message : due) {
    auto channel = *message->channel;
    auto& hands = free.try_emplace(channel, deliveries_.at(channel)->free_hands(now)).first->second;
    if (hands-- <= 0) continue;
    message->status = "sending";
    message->queued = false;
    message->attempts = 1;
    message->lease_owner = rt_.worker;
    message->lease_until = now + rt_.rules.lease;
  }
}

Task<> Ingest::write_messages(db::Transaction& tx, const Intake& intake, Done& done) {
  auto now = rt_.clock.now();
  std::vector<Message> messages;
  for (const auto& by : intake.messages()) messages.push_back(to_message(by, rt_.new_id(), now));
  co_await give_turns(tx, messages, intake.directory(), Before::all, now);
  take_in_hand(messages);
  count_finished(tx, messages, now);
  auto written = co_await insert_messages(tx, messages);
  for (auto& message : messages) {
    if (!is_finished(message) && !message.lease_until) done.queued = true;
    // A message that stood there already is in other hands.
    if (!message.lease_until || std::ranges::find(written, message.id) == written.end()) continue;
    auto person = intake.directory().at(message.user_id);
    done.own.emplace_back(std::move(message), std::move(person));
  }
}

Task<> Ingest::work(db::Transaction& tx, std::vector<events::Event> batch, Done& done) {
  Intake intake(co_await load_world(tx, batch, rt_));
  std::erase_if(batch, [&](const events::Event& event) { return intake.forgotten(event); });
  if (batch.empty()) co_return;
  for (auto& event : batch) event = intake.of_the_living(std::move(event));
  auto taken = co_await take_events(tx, batch, rt_.clock.now());
  done.taken = std::set<EventKey>(taken.begin(), taken.end());
  for (const auto& event : batch)  // which may erase somebody on its way
    if (done.taken.contains({event.source, event.id}) && !intake.forgotten(event))
      intake.take(intake.of_the_living(event));
  co_await write_people(tx, intake, rt_);
  co_await follow_lessons(tx, intake, rt_.clock.now());
  co_await write_messages(tx, intake, done);
}

Task<> Ingest::deliver(Done done) {
  std::vector<Message> back;
  for (auto& [message, person] : done.own) {
    auto& delivery = *deliveries_.at(*message.channel);
    auto copy = message;
    if (!delivery.begin(std::move(message), std::move(person))) back.push_back(std::move(copy));
  }
  if (done.queued) rt_.bus.wake(kDeliveryTopic);
  if (back.empty()) co_return;
  co_await rt_.database.transaction([this, &back](db::Transaction& tx) -> Task<> {
    put_back(tx, back, rt_.worker);
    co_return;
  });
}

Task<std::vector<bool>> Ingest::process(std::vector<events::Event> batch) {
  Done done;
  co_await rt_.database.transaction([this, &batch, &done](db::Transaction& tx) -> Task<> {
    done = {};  // the body may run again
    co_await work(tx, batch, done);
  });
  std::vector<bool> fresh;
  for (const auto& event : batch) fresh.push_back(done.taken.contains({event.source, event.id}));
  co_await deliver(std::move(done));
  co_return fresh;
}

}  // namespace rb::notification
