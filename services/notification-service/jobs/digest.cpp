#include "jobs/digest.hpp"

#include <algorithm>

#include "domain/promote.hpp"
#include "domain/timing/digest.hpp"
#include "log/log.hpp"
#include "store/counters.hpp"
#include "store/events.hpp"
#include "store/messages.hpp"
#include "store/people.hpp"

namespace rb::notification {
namespace {

constexpr int kDigestsAtOnce = 10;  // each renders its parts; the loop must not stand still for long

Message digest_of(const std::vector<Message>& parts, const Person& reader, std::string id, Time now) {
  const auto& first = parts.front();
  Message out;
  out.id = std::move(id);
  out.user_id = first.user_id;
  out.type = "digest";
  out.channel = first.channel;
  out.priority = find_notification_type(out.type)->priority;
  out.status = "pending";
  out.queued = true;
  out.due = out.created = out.event_at = now;
  auto window = std::ranges::max(parts, {}, &Message::due).due;
  out.key = digest_key(reader.id, *out.channel, window);
  return out;
}

DigestMode period_of(const std::vector<Message>& parts, const Preferences& wish) {
  bool weekly = std::ranges::all_of(
      parts, [&](const Message& part) { return wish.digest(part.type) == DigestMode::weekly; });
  return weekly ? DigestMode::weekly : DigestMode::daily;
}

}  // namespace

const Lesson* Around::lesson_of(const Message& message) const {
  auto found = lessons.find(message.lesson_id);
  return found == lessons.end() ? nullptr : &found->second;
}

Task<Around> load_around(db::Transaction& tx, const std::vector<Message>& messages) {
  std::vector<std::string> people, lessons;
  for (const auto& message : messages) {
    people.push_back(message.user_id);
    if (!message.lesson_id.empty()) lessons.push_back(message.lesson_id);
  }
  Around out;
  out.directory = co_await load_people(reading(tx), std::move(people), false);
  out.lessons = co_await load_lessons(reading(tx), std::move(lessons));
  co_return out;
}

struct Digests::Made {
  std::vector<Message> told;      // in the digest
  std::vector<Message> finished;  // not any more to be told, with the reason
  std::vector<DigestPart> texts;
};

// Without the parts that are no longer to be sent, and those whose text is broken.
Digests::Made Digests::composed(const std::vector<Message>& parts, const Around& about, Time now) const {
  Made out;
  const auto& reader = about.directory.at(parts.front().user_id);
  for (auto part : parts) {
    auto what = promote(part, reader, about.lesson_of(part), rt_.channels(), now);
    part.status = what.status;
    part.reason = what.reason;
    if (part.status == "pending") {
      if (auto text = rt_.renderer->render(part, reader, Channel::telegram, "", now)) {
        out.texts.push_back(digest_part(part, reader, *text));
      } else {
        part.status = "failed";
        part.reason = "template: " + text.error().message;
      }
    }
    (part.status == "pending" ? out.told : out.finished).push_back(std::move(part));
  }
  return out;
}

Task<> Digests::make(db::Transaction& tx, DigestOf of, Time now) {
  auto parts = co_await digest_parts(tx, of, now);
  if (parts.empty()) co_return;
  auto about = co_await load_around(tx, parts);
  const auto& reader = about.directory.at(of.user_id);
  auto made = composed(parts, about, now);
  std::vector<SettledPart> settled;
  for (const auto& part : made.finished) settled.push_back({part, ""});
  count_finished(tx, made.finished, now);

  std::string id;
  if (!made.told.empty()) {
    auto digest = digest_of(parts, reader, rt_.new_id(), now);
    digest.context = digest_context(std::move(made.texts), period_of(made.told, reader.preferences));
    digest.context["parts"] = part_counts(made.told);
    auto written = co_await insert_messages(tx, {digest});
    if (!written.empty()) id = digest.id;
  }
  for (auto& part : made.told) {
    // The digest of this window is made: who comes too late looks for a turn anew.
    if (id.empty()) {
      part.status = "deferred";
      part.reason = "late_for_digest";
    }
    settled.push_back({std::move(part), id});
  }
  settle_digest_parts(tx, settled, now);
}

Task<int> Digests::make_due() {
  auto now = rt_.clock.now();
  auto due = co_await due_digests(reading(rt_.database), now, kDigestsAtOnce);
  if (due.empty()) co_return 0;
  co_await rt_.database.transaction([this, &due, now](db::Transaction& tx) -> Task<> {
    for (const auto& of : due) co_await make(tx, of, now);
  });
  log::info("notification digests made", {{"people", due.size()}});
  co_return static_cast<int>(due.size());
}

}  // namespace rb::notification
