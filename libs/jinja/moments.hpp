#pragma once
// Dates and times in templates: from ISO 8601 texts or seconds since 1970 to words in the reader's language
// and zone.
#include <string>
#include <string_view>

#include "jinja/objects.hpp"
#include "time/zone.hpp"

namespace rb::jinja {

// A text without an offset is a reading in `zone`. ValueError for what is no moment.
Time to_moment(const Value& v, const Zone& zone);

// strftime's %d %m %Y %y %H %M %S %j %A %a %B %b %p %I %z %Z %%, and %-d %-m %-H %-I without a leading zero.
// Names in Russian or English; a Russian month after a day is in the genitive ("1 января"). ValueError for
// other letters.
std::string format_moment(Time moment, const Zone& zone, std::string_view format, std::string_view language);

}  // namespace rb::jinja
