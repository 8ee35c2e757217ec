#include "jobs/folding.hpp"

#include "domain/order.hpp"

namespace rb::analytics {
namespace {

struct Group {
  EntityKind kind;
  std::vector<const events::Event*> fresh = {};
  std::vector<events::Event> earlier = {};
};

template <class Fact>
void add(std::vector<Change<Fact>>& to, std::optional<Fact> before, std::optional<Fact> after) {
  if (before != after) to.push_back({std::move(before), std::move(after)});
}

void add_group(Changes& to, Group& group) {
  if (group.earlier.empty() && group.fresh.size() == 1)
    return add_change(to, group.kind, {}, Events(group.fresh.front(), 1));
  put_in_order(group.earlier);
  auto all = group.earlier;
  for (const auto* event : group.fresh) all.push_back(*event);
  put_in_order(all);
  add_change(to, group.kind, group.earlier, all);
}

template <class Fact>
void add_lone(std::vector<LoneChange<Fact>>& to, std::int64_t seq, const events::Event* before,
              const events::Event* after, std::optional<Fact> (*fold)(Events)) {
  auto folded = [&](const events::Event* event) {
    return event == nullptr ? std::nullopt : fold(Events(event, 1));
  };
  auto was = folded(before), is = folded(after);
  if (was != is) to.push_back({seq, std::move(was), std::move(is)});
}

}  // namespace

void add_change(Changes& to, EntityKind kind, Events before, Events after) {
  switch (kind) {
    case EntityKind::lesson:
      return add(to.lessons, fold_lesson(before), fold_lesson(after));
    case EntityKind::payment:
      return add(to.payments, fold_payment(before), fold_payment(after));
    case EntityKind::homework:
      return add(to.homework, fold_homework(before), fold_homework(after));
    case EntityKind::person:
      return add(to.people, fold_person(before), fold_person(after));
    case EntityKind::access:
    case EntityKind::login:
      throw std::logic_error("the events of accesses and logins are facts of their own");
  }
}

void add_lone_change(Changes& to, std::int64_t seq, const events::Event* before, const events::Event* after) {
  auto entity = entity_of(after != nullptr ? *after : *before);
  if (!entity) return;
  if (entity->kind == EntityKind::access) add_lone(to.accesses, seq, before, after, &fold_access);
  if (entity->kind == EntityKind::login) add_lone(to.logins, seq, before, after, &fold_login);
}

Changes changes_of(const std::vector<events::Event>& events, const std::vector<std::int64_t>& seqs,
                   std::vector<Logged> earlier) {
  Changes out;
  std::unordered_map<std::string, Group> groups;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (seqs[i] == 0) continue;
    auto key = log_key(events[i]);
    if (key.empty()) {
      add_lone_change(out, seqs[i], nullptr, &events[i]);
    } else {
      auto kind = entity_of(events[i])->kind;
      groups.try_emplace(std::move(key), Group{kind}).first->second.fresh.push_back(&events[i]);
    }
  }
  for (auto& [seq, event] : earlier) groups.at(log_key(event)).earlier.push_back(std::move(event));
  for (auto& [key, group] : groups) add_group(out, group);
  return out;
}

}  // namespace rb::analytics
