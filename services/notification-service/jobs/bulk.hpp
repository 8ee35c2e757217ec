#pragma once
// Bulk sendings: makes their messages portion by portion, holds them back while paused, takes them back when
// cancelled. A portion is one transaction that also keeps how far it has come, and only one worker has a bulk
// at a time; so nothing is lost or doubled by a restart.
#include "runtime.hpp"
#include "store/bulk.hpp"

namespace rb::notification {

class BulkSending {
 public:
  explicit BulkSending(Runtime& runtime);

  Task<> run();  // until stop()
  void stop();
  void wake() { work_.notify(); }
  Time done_until() const { return done_until_; }  // what was to be done by then is done

 private:
  Task<bool> work_once();
  Task<bool> work_on(std::string id);
  Task<bool> go_on(db::Transaction& tx, Bulk bulk);
  Task<> make_portion(db::Transaction& tx, Bulk bulk);

  Runtime& rt_;
  net::Signal work_;
  bool stopping_ = false;
  Time done_until_{};
};

}  // namespace rb::notification
