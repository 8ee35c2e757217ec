#pragma once
// What analytics has looked at and said by itself: which students have changed since, whose balance is known
// to be low, which homework will be overdue and when.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "db/query_runner.hpp"
#include "store/accounts.hpp"
#include "store/changes.hpp"

namespace rb::analytics {

struct WatchState {
  std::int64_t seen = 0, batch = 0;  // looked at up to that one; there were so many
  std::optional<Time> next_due;
};
Task<WatchState> watch_state(db::QueryRunner read);
// Before a transaction writes any of what stands here: the rows of two would be locked crosswise.
void lock_watch(db::Transaction& tx);
Task<> move_watch(db::Database& database, std::int64_t seen);
Task<std::vector<std::string>> changed_students(db::QueryRunner read, std::int64_t seen);

// Students of an import: what is so by then is no news. With the versions of which that was said.
using QuietStudents = std::map<std::string, std::int64_t>;
void keep_quiet(db::Transaction& tx, const Scopes& scopes, std::int64_t version);
Task<QuietStudents> quiet_students(db::QueryRunner read, std::vector<std::string> ids);
void end_quiet(db::Transaction& tx, const QuietStudents& students);

struct LowBalance {
  bool low = false;
  std::int64_t times = 0;  // how often it became so
  bool operator==(const LowBalance&) const = default;
};
using LowBalances = std::map<Account, LowBalance>;
Task<LowBalances> low_balances(db::QueryRunner read, std::vector<std::string> ids);
void put(db::Transaction& tx, const LowBalances& balances);

struct Deadline {
  std::string student_id;  // one of its students
  Time due{};
  bool done = false;  // said, or no news
  bool operator==(const Deadline&) const = default;
};
using Deadlines = std::map<std::string, Deadline>;  // by homework
Task<Deadlines> deadlines(db::QueryRunner read, std::vector<std::string> homework_ids);
void put(db::Transaction& tx, const Deadlines& deadlines);
// Up to `limit` of those before `now`; from then on they are done.
Task<Deadlines> take_due(db::Transaction& tx, Time now, int limit);

// Those that are done, and so old that they would be no news anyway.
Task<> forget_done_deadlines(db::Database& database, Time before);

// Of erased people nothing is kept.
void forget_watched(db::Transaction& tx, const std::vector<std::string>& ids);

}  // namespace rb::analytics
