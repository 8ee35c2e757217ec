#include "jobs/deriving.hpp"

#include <algorithm>

#include "domain/derived.hpp"
#include "domain/figures/homework.hpp"
#include "domain/zones.hpp"
#include "jobs/pseudonyms.hpp"
#include "jobs/saying.hpp"
#include "service/repeating.hpp"
#include "store/facts.hpp"

namespace rb::analytics {
namespace {

constexpr auto kLookEvery = std::chrono::seconds(1);
constexpr Micros kLongestWait = std::chrono::minutes(1);
constexpr auto kNews =
    std::chrono::days(7);  // a deadline that had passed earlier when it was learned is none
constexpr int kAtOnce = 200;

std::vector<std::string> real(const std::vector<std::string>& people) {
  std::vector<std::string> out;
  std::ranges::copy_if(people, std::back_inserter(out), [](const auto& id) { return !is_pseudonym(id); });
  return out;
}

// What is due on a day is due until it ends where the tutor lives.
class TutorZones {
 public:
  static Task<TutorZones> load(db::QueryRunner read, const std::vector<Homework>& homework) {
    std::vector<std::string> tutors;
    for (const auto& one : homework) tutors.push_back(one.tutor_id);
    TutorZones out;
    for (const auto& person : co_await people_by_ids(std::move(read), std::move(tutors)))
      if (auto zone = Zone::find(person.timezone)) out.zones_.emplace(person.id, *zone);
    co_return out;
  }

  std::optional<Time> due_of(const Homework& homework) const {
    auto found = zones_.find(homework.tutor_id);
    return due_moment(*homework.due, found == zones_.end() ? school_zone() : found->second);
  }

 private:
  std::map<std::string, Zone> zones_;
};

}  // namespace

// What is to be written and said about some students.
struct Deriving::Findings {
  std::vector<std::string> students;
  QuietStudents quiet;
  LowBalances balances;
  Deadlines deadlines;
  std::vector<LowBalanceSaying> low;

  bool empty() const { return quiet.empty() && balances.empty() && deadlines.empty(); }
};

Task<> Deriving::run() {
  return service::repeat(stopping_, kLookEvery, "what follows from events waits", [this] { return step(); });
}

Task<> Deriving::step() {
  // What a broker that is away still holds may settle the matter.
  if (!rt_.bus.state().connected) co_return;
  auto state = co_await watch_state(db::reading(rt_.database));
  auto now = rt_.clock.now();
  bool rests = rest_.reached(state.batch, now);
  if (rest_.moved()) rt_.news.tell();  // another instance may have taken them in
  if (!rests) co_return;
  if (state.next_due && *state.next_due < now) co_await say_overdue(now);
  if (state.seen == state.batch || now < look_again_) co_return;
  co_await look(state.seen, state.batch);
  // A school that never rests is looked at for a twentieth of the time at most.
  auto done = rt_.clock.now();
  look_again_ = done + std::min(20 * (done - now), kLongestWait);
}

Task<> Deriving::look(std::int64_t seen, std::int64_t batch) {
  auto students = co_await changed_students(db::reading(rt_.database), seen);
  for (auto next = students.begin(); next != students.end() && !stopping_.asked();) {
    auto end = next + std::min<std::ptrdiff_t>(kAtOnce, students.end() - next);
    co_await look_at({next, end});
    next = end;
  }
  if (!stopping_.asked()) co_await move_watch(rt_.database, batch);
}

// Mostly there is nothing to say. Else they are looked at again, under the lock.
Task<> Deriving::look_at(std::vector<std::string> students) {
  auto first = co_await find(db::reading(rt_.database), real(students));
  if (first.empty()) co_return;
  co_await rt_.database.transaction([&](db::Transaction& tx) -> Task<> {
    lock_watch(tx);
    auto found = co_await find(db::reading(tx), first.students);
    put(tx, found.balances);
    put(tx, found.deadlines);
    end_quiet(tx, found.quiet);
    std::vector<events::Event> sayings;
    for (const auto& low : found.low) sayings.push_back(balance_low(low, rt_.clock.now()));
    co_await say(rt_, tx, std::move(sayings));
  });
}

// Who is quiet is read last: an import that comes between shows in both.
Task<Deriving::Findings> Deriving::find(db::QueryRunner read, std::vector<std::string> students) {
  Findings out;
  out.students = std::move(students);
  co_await add_balances(out, read);
  co_await add_deadlines(out, read);
  auto others = out.students;  // a deadline of a group may stand under one of these
  for (const auto& [id, deadline] : out.deadlines) others.push_back(deadline.student_id);
  out.quiet = co_await quiet_students(read, std::move(others));
  auto is_quiet = [&](const std::string& id) { return out.quiet.contains(id); };
  std::erase_if(out.low, [&](const auto& low) { return is_quiet(low.student_id); });
  auto now = rt_.clock.now();
  for (auto& [id, deadline] : out.deadlines)
    deadline.done = deadline.due < now && (is_quiet(deadline.student_id) || deadline.due < now - kNews);
  // Theirs end when it is their turn.
  std::erase_if(out.quiet, [&](const auto& mark) {
    return std::ranges::find(out.students, mark.first) == out.students.end();
  });
  co_return out;
}

Task<> Deriving::add_balances(Findings& to, db::QueryRunner read) {
  auto known = co_await low_balances(read, to.students);
  for (auto& [account, tally] : co_await accounts_of(read, to.students)) {
    auto left = lessons_left(tally);
    bool low = left && *left <= rt_.rules.low_lessons;
    auto state = known[account];
    if (state.low == low) continue;
    state = {low, state.times + (low ? 1 : 0)};
    to.balances.emplace(account, state);
    if (low) to.low.push_back({account.first, "", account.second, std::move(tally), state.times});
  }
  if (to.low.empty()) co_return;
  auto payers = co_await last_payers(read, to.students);
  for (auto& low : to.low)
    if (auto payer = payers[low.student_id]; !is_pseudonym(payer)) low.payer_id = std::move(payer);
}

Task<> Deriving::add_deadlines(Findings& to, db::QueryRunner read) {
  auto open = co_await open_homework_of_students(read, to.students);
  if (open.empty()) co_return;
  auto zones = co_await TutorZones::load(read, open);
  std::vector<std::string> ids;
  for (const auto& homework : open) ids.push_back(homework.id);
  auto known = co_await deadlines(read, std::move(ids));
  auto oldest = rt_.clock.now() - kNews;
  for (const auto& homework : open) {
    auto due = zones.due_of(homework);
    auto students = real(homework.student_ids);
    if (!due || students.empty()) continue;
    auto found = known.find(homework.id);
    if (found == known.end() && *due < oldest) continue;
    if (found == known.end() || found->second.due != *due)
      to.deadlines.emplace(homework.id, Deadline{students.front(), *due});
  }
}

Task<> Deriving::say_overdue(Time before) {
  co_await rt_.database.transaction([&](db::Transaction& tx) -> Task<> {
    lock_watch(tx);
    auto passed = co_await take_due(tx, before, kAtOnce);
    std::vector<std::string> students;
    for (const auto& [id, deadline] : passed) students.push_back(deadline.student_id);
    auto open = co_await open_homework_of_students(db::reading(tx), students);
    auto zones = co_await TutorZones::load(db::reading(tx), open);
    std::vector<events::Event> sayings;
    Deadlines moved;
    for (const auto& homework : open) {
      auto found = passed.find(homework.id);
      auto due = zones.due_of(homework);
      if (found == passed.end() || !due) continue;
      if (*due == found->second.due)
        sayings.push_back(homework_overdue(homework, real(homework.student_ids), *due));
      else
        moved.emplace(homework.id, Deadline{found->second.student_id, *due});
    }
    put(tx, moved);
    co_await say(rt_, tx, std::move(sayings));
  });
}

}  // namespace rb::analytics
