#pragma once
// Announces what follows from facts: balances that became low, homework that is overdue. It looks at the
// students whom events have touched once things are quiet for a moment, and at deadlines when they pass; what
// was looked at and said stands in the database, so that restarts and other instances neither lose nor repeat
// anything. Belongs to the loop's thread.
#include "jobs/rest.hpp"
#include "net/stopping.hpp"
#include "runtime.hpp"
#include "store/watch.hpp"

namespace rb::analytics {

class Deriving {
 public:
  explicit Deriving(Runtime& runtime)
      : rt_(runtime), rest_(runtime.clock.now()), stopping_(runtime.loop, runtime.clock) {}

  Task<> run();  // until stop()
  void stop() { stopping_.ask(); }

 private:
  struct Findings;
  Task<> step();
  Task<> look(std::int64_t seen, std::int64_t batch);
  Task<> look_at(std::vector<std::string> students);
  Task<Findings> find(db::QueryRunner read, std::vector<std::string> students);
  Task<> add_balances(Findings& to, db::QueryRunner read);
  Task<> add_deadlines(Findings& to, db::QueryRunner read);
  Task<> say_overdue(Time before);

  Runtime& rt_;
  Rest rest_;
  Time look_again_{};  // at what has changed
  net::Stopping stopping_;
};

}  // namespace rb::analytics
