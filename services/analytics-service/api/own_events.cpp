#include "api/own_events.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "domain/merge.hpp"
#include "store/facts.hpp"
#include "store/log.hpp"

namespace rb::analytics {
namespace {

using People = std::map<std::string, Person>;

bool contains(const std::vector<std::string>& list, const std::string& item) {
  return std::ranges::find(list, item) != list.end();
}

Task<> add_people(db::QueryRunner read, const std::set<std::string>& ids, People& to) {
  for (auto& person : co_await people_by_ids(std::move(read), {ids.begin(), ids.end()}))
    to.emplace(person.id, std::move(person));
}

std::vector<std::string> people_named(const events::Event& event) {
  auto out = event.list("student_ids");
  if (event.has("user_id")) out.push_back(event.text("user_id"));
  return out;
}

// The people that events name, and the children of these.
Task<People> load_named(db::QueryRunner read, const std::vector<events::Event>& events) {
  std::set<std::string> ids, children;
  for (const auto& event : events)
    for (auto& id : people_named(event)) ids.insert(std::move(id));
  People out;
  co_await add_people(read, ids, out);
  for (const auto& [id, person] : out)
    children.insert(person.children_ids.begin(), person.children_ids.end());
  co_await add_people(read, children, out);
  co_return out;
}

// Whose lessons, payments and homework they speak of, as far as that is known; by key of the log.
Task<std::map<std::string, std::string>> load_tutors(db::QueryRunner read,
                                                     const std::vector<events::Event>& events) {
  std::set<std::string> keys;
  for (const auto& event : events)
    if (event.family() != "user") keys.insert(log_key(event));
  keys.erase("");
  std::map<std::string, std::string> out;
  for (const auto& [key, history] : co_await histories_of(std::move(read), {keys.begin(), keys.end()}))
    out.emplace(key, merged_text(history, "tutor_id"));
  co_return out;
}

bool has_in_care(const std::string& tutor, const std::string& id, const People& people) {
  auto found = people.find(id);
  if (found == people.end()) return false;
  if (contains(found->second.tutor_ids, tutor)) return true;
  return std::ranges::any_of(found->second.children_ids, [&](const std::string& child) {
    auto known = people.find(child);
    return known != people.end() && contains(known->second.tutor_ids, tutor);
  });
}

std::string foreign(const std::string& tutor, const events::Event& event, const std::string& known_tutor,
                    const People& people) {
  if (event.family() == "user" && event.type != "user.login")
    return "who people are is said by an admin or a service, or to notification-service";
  auto said = event.text("tutor_id");
  if (!said.empty() && said != tutor) return "tutor_id is another tutor";
  if (!known_tutor.empty() && known_tutor != tutor)
    return "this is another tutor's " + std::string(event.family());
  auto named = people_named(event);
  if (named.empty() && said.empty() && known_tutor.empty()) return "it names none of your students";
  for (const auto& id : named)
    if (id != tutor && !has_in_care(tutor, id, people))
      return "user " + id + " is none of your students and their parents";
  return {};
}

}  // namespace

Task<Result<void>> keep_own(Runtime& rt, const http::Caller& who, service::IncomingEvents& in) {
  if (who.has_role("admin") || who.has_role("service")) co_return Result<void>();
  auto people = co_await load_named(db::reading(rt.database), in.events);
  auto tutors = co_await load_tutors(db::reading(rt.database), in.events);
  co_return service::keep_own(in, [&](const events::Event& event) {
    auto known = tutors.find(log_key(event));
    return foreign(who.subject, event, known == tutors.end() ? "" : known->second, people);
  });
}

}  // namespace rb::analytics
