#pragma once
// How often something may be done, counted so that the one who limits us never counts more than we do: a call
// uses its place from its beginning until a while after its answer, however long it was on its way. Pure: the
// caller says what time it is.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "time/clock.hpp"

namespace rb {

struct Pace {
  enum class Kind {
    window,  // at most `most` in any `span`
    bucket,  // a place comes back every `span`, up to `most`
  };
  int most = 0;  // 0: no limit
  Micros span{};
  Kind kind = Kind::window;

  bool limits() const { return most > 0; }
  // What each of so many may do, so that all together keep to this pace.
  Pace part(int parts) const;
};

// The places of one pace.
class Gate {
 public:
  int free(const Pace& pace, Time now);
  // When there is a free place, if no call that is under way ends before.
  Time free_at(const Pace& pace, Time now);

  // Takes a place, whether or not one is free. It is given up at `until` when end() does not come.
  void begin(const std::string& id, Time until = Time::max());
  void end(const Pace& pace, const std::string& id, Time now);
  void cancel(const std::string& id) { under_way_.erase(id); }  // the call was not made

  // Nobody knows what was used until now: everything was.
  void use_up(const Pace& pace, Time now);
  // Nothing is free before.
  void close(Time until) { closed_until_ = std::max(closed_until_, until); }
  bool closed(Time now) const { return now < closed_until_; }

  bool idle(Time now) const;  // as a new one

 private:
  void forget(Time now);
  std::unordered_map<std::string, Time> under_way_;
  std::vector<Time> busy_until_;  // of calls that ended, ascending
  Time closed_until_{};
};

}  // namespace rb
