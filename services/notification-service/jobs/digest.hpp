#pragma once
// Digests: at the hour that a person has chosen, what waited for it goes out as one message. The digest and
// what its parts become are written in one transaction, and a digest of a person, channel and window is there
// once: a kill, a second instance or a part that comes meanwhile neither loses nor doubles anything.
#include <map>

#include "runtime.hpp"
#include "store/digests.hpp"

namespace rb::notification {

// What a look at waiting messages needs besides them.
struct Around {
  Directory directory;
  std::map<std::string, Lesson> lessons;
  const Lesson* lesson_of(const Message& message) const;  // nullptr: about none
};
Task<Around> load_around(db::Transaction& tx, const std::vector<Message>& messages);

class Digests {
 public:
  explicit Digests(Runtime& runtime) : rt_(runtime) {}

  // Makes some of the digests that are due; how many people and channels were looked at.
  Task<int> make_due();

 private:
  struct Made;
  Task<> make(db::Transaction& tx, DigestOf of, Time now);
  Made composed(const std::vector<Message>& parts, const Around& about, Time now) const;

  Runtime& rt_;
};

}  // namespace rb::notification
