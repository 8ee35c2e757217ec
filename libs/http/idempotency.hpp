#pragma once
// `Idempotency-Key`: where the first answer to a POST is kept, so that a repeated one gets it again.
#include <optional>
#include <string>

#include "net/task.hpp"

namespace rb::http {

struct KeptAnswer {
  int status = 200;
  std::string content_type;
  std::string body;
};

// Implemented by a service on its database. `key` is a digest of caller, route and the client's key;
// `fingerprint` one of target and body. Answers live 24 hours. Belongs to the loop's thread.
class IdempotencyStore {
 public:
  enum class State {
    fresh,      // now taken by us: finish() or abandon() follows
    kept,       // `answer` is the first one
    different,  // taken by a request with another fingerprint
    in_flight,  // the first request is still running
  };
  struct Claim {
    State state = State::fresh;
    std::optional<KeptAnswer> answer;
  };

  virtual ~IdempotencyStore() = default;

  // Atomic. A key whose owner died without finish() becomes fresh again after a few minutes.
  virtual Task<Claim> claim(std::string key, std::string fingerprint) = 0;
  virtual Task<> finish(std::string key, KeptAnswer answer) = 0;
  virtual Task<> abandon(std::string key) = 0;
};

}  // namespace rb::http
