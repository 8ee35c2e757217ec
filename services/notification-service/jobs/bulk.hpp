#pragma once
// Bulk sendings: makes their messages portion by portion, holds them back while paused, takes them back when
// cancelled. A portion is one transaction that also keeps how far it has come, and only one worker has a bulk
// at a time; so nothing is lost or doubled by a restart.
#include "jobs/duty.hpp"
#include "store/bulk.hpp"

namespace rb::notification {

class BulkSending final : public Duty {
 public:
  explicit BulkSending(Runtime& runtime);

 private:
  Task<Look> look() override;
  Task<bool> work_on(std::string id);
  Task<bool> go_on(db::Transaction& tx, Bulk bulk);
  Task<> make_portion(db::Transaction& tx, Bulk bulk);
};

}  // namespace rb::notification
