#pragma once
// Outcomes that a caller or the outside world can cause are values: Result<T>. What means that the machine is
// broken (database lost, disk full, a bug) is thrown as Broken and caught at the four borders only: HTTP
// request, bus message, job tick, main.
#include <expected>
#include <stdexcept>
#include <string>
#include <vector>

namespace rb {

enum class Errc {
  invalid,       // the input is wrong; `fields` says where
  unauthorized,  // nobody knows who asks
  forbidden,     // known, but not allowed
  not_found,
  conflict,  // contradicts the present state, or still in flight
  too_large,
  rate_limited,
  unavailable,  // a server we need does not answer now
  timeout,      // a deadline passed; whether the work was done is unknown
  rejected,     // a server answered with a permanent no
};

struct FieldError {
  std::string field;   // "students[0].name"; "$" is the whole document
  std::string reason;  // "must be a string"
  bool operator==(const FieldError&) const = default;
};

struct Error {
  Errc code = Errc::invalid;
  std::string message;             // one sentence for a person
  std::vector<FieldError> fields;  // only with Errc::invalid
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(Errc code, std::string message) {
  return std::unexpected(Error{code, std::move(message), {}});
}

// A failed result of one type passed on as another.
inline std::unexpected<Error> fail(Error error) { return std::unexpected(std::move(error)); }

// The machine is broken: thrown, never returned.
class Broken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The machine may heal (server away, connection lost): whoever catches it keeps the work and tries again.
class Unavailable : public Broken {
 public:
  using Broken::Broken;
};

}  // namespace rb
