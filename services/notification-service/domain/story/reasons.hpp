#pragma once
// The reasons that messages carry ("no_address"), as people read them. Pure, thread-safe.
#include <string>
#include <string_view>

namespace rb::notification {

// The middle of a sentence: «у получателя нет адреса». A reason without a wording stands as it is. `language`
// is "ru" or "en".
std::string reason_text(std::string_view reason, std::string_view language);

}  // namespace rb::notification
