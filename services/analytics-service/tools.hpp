#pragma once
// What `repitbot history import` and `repitbot analytics verify` do with this service's database, without the
// service. Belongs to the loop's thread.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "time/zone.hpp"

namespace rb::analytics {

class Intake;

// Events in bulk straight into analytics, by the code that takes them from the bus. What is there already is
// passed over, so that an import may be begun anew at any time.
class HistoryImport {
 public:
  // Brings the tables up to date. `secret` is that of the service, `zone` that of times without an offset.
  static Task<std::unique_ptr<HistoryImport>> open(db::Database& database, const Clock& clock,
                                                   std::string secret, Zone zone);
  ~HistoryImport();

  enum class State { accepted, duplicate, ignored, rejected };
  struct Line {
    State state = State::accepted;
    std::string reason = {};  // why it is rejected
  };
  // One event in JSON a line; a line of the answer for each. Thousands at once are best.
  Task<std::vector<Line>> take(std::vector<std::string> lines);

 private:
  HistoryImport(db::Database& database, const Clock& clock, std::string secret, Zone zone);
  const Clock& clock_;
  Zone zone_;
  std::unique_ptr<Intake> intake_;
};

struct Verified {
  std::int64_t entities = 0;             // things that facts were made of anew
  std::vector<std::string> differences;  // "lesson:7: …", at most a thousand
};

// Makes facts and cells anew of the whole log, in one transaction: whoever writes waits, whoever reads
// meanwhile sees the old ones.
Task<> rebuild(db::Database& database);
// The same when the tables have been made by other rules than this program's. Says whether there was need.
Task<bool> rebuild_if_needed(db::Database& database);

// Folds the whole log anew and compares with the tables of facts and cells. Events may come in meanwhile:
// what seems to differ is looked at again while they wait. `progress` is told now and then how many entities
// are done.
Task<Verified> verify(db::Database& database, std::function<void(std::int64_t)> progress);

}  // namespace rb::analytics
