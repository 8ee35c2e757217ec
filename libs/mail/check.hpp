#pragma once
// What may stand in a mail's headers. Pure; internal to this library.
#include <vector>

#include "mail/message.hpp"

namespace rb::mail {

// Every wrong field of `mail`; empty: its headers can be written as they are.
std::vector<FieldError> faults(const Mail& mail);

}  // namespace rb::mail
