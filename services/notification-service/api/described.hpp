#pragma once
// The domain's enums as words of JSON.
#include <boost/describe.hpp>

#include "domain/catalog.hpp"
#include "domain/people.hpp"

namespace rb::notification {

BOOST_DESCRIBE_ENUM(Audience, student, parent, tutor, admin, any)
BOOST_DESCRIBE_ENUM(Priority, urgent, high, normal, low)

}  // namespace rb::notification
