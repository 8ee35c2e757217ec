#pragma once
// E-mail addresses. Pure, thread-safe. Source: RFC 5321 (4.1.2, 4.5.3.1), RFC 5891 for Unicode domains.
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace rb::mail {

struct Address {
  std::string name;   // what people read; may be empty
  std::string email;  // "anna@example.org"
};

// The form that goes onto the wire: the domain in lower case, a Unicode domain as its A-label
// ("иван@почта.рф" is refused for its local part, "ivan@почта.рф" is "ivan@xn--80a1acny.xn--p1ai").
// Errc::invalid: no such address can exist, or needs SMTPUTF8, which few servers take; quoted local parts and
// address literals are refused too: nobody has one, and they hide injection.
Result<std::string> normalise_address(std::string_view email);

}  // namespace rb::mail
