#pragma once
// What makes a message about a lesson press. Pure.
#include <boost/json/object.hpp>
#include <optional>

#include "time/clock.hpp"

namespace rb::notification {

inline constexpr auto kSoon = std::chrono::hours(2);  // a message about a lesson this near is urgent

// The first moment still ahead at which somebody would act by what they knew before: the lesson's beginning,
// or the one it had before it was moved. From the context of a message; nullopt: none.
std::optional<Time> lesson_moment(const boost::json::object& context, Time now);

}  // namespace rb::notification
