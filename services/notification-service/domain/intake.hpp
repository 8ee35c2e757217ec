#pragma once
// A batch of events folded over what is known, one after the other as they came: who changes, which lessons
// change, which messages are planned. Pure; the caller loads the world before and writes the effects after.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/message.hpp"
#include "domain/person_patch.hpp"
#include "domain/plan.hpp"

namespace rb::notification {

// What has to be loaded before a batch can be folded.
struct Wanted {
  std::set<std::string> people, lessons;
  std::set<Audience> roles;  // everyone who has one of these
};
Wanted wanted(const std::vector<events::Event>& batch);

struct World {
  Directory directory;
  std::map<std::string, Lesson> lessons;
  std::set<std::string> erased;  // people who must not come back
  Channels channels;
  Time now;
};

struct ConsentChange {
  std::string user_id, purpose;
  bool given = false;
  Time moment;
  boost::json::object details;
};

struct PlannedBy {
  Planned planned;
  std::string event_source, event_id;
};

class Intake {
 public:
  explicit Intake(World world) : world_(std::move(world)) {}

  void take(const events::Event& event);

  // Whether an event concerns only erased people: it is to be forgotten, not kept.
  bool forgotten(const events::Event& event) const;

  // The event without those of its students who have been erased.
  events::Event of_the_living(events::Event event) const;

  const Directory& directory() const { return world_.directory; }
  const std::set<std::string>& changed_people() const { return changed_people_; }
  std::vector<Lesson> changed_lessons() const;
  // Addresses taken away; before the people who changed are written.
  const std::vector<std::pair<std::string, Channel>>& removed_addresses() const { return removed_addresses_; }
  const std::vector<Withdrawal>& withdrawals() const { return withdrawals_; }
  const std::vector<PlannedBy>& messages() const { return messages_; }
  const std::vector<ConsentChange>& consents() const { return consents_; }
  const std::vector<std::string>& to_erase() const { return to_erase_; }

 private:
  void take_person(const events::Event& event);
  void take_consent(const events::Event& event);
  void take_out(const std::string& person);
  bool of_the_erased(const Planned& message) const;
  void withdraw(const Withdrawal& withdrawal);

  World world_;
  std::set<std::string> changed_people_, changed_lessons_;
  std::vector<std::pair<std::string, Channel>> removed_addresses_;
  std::vector<Withdrawal> withdrawals_;
  std::vector<PlannedBy> messages_;
  std::vector<ConsentChange> consents_;
  std::vector<std::string> to_erase_;
};

// A planned message as a row of the queue.
Message to_message(const PlannedBy& by, std::string id, Time now);

}  // namespace rb::notification
