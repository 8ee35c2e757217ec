#pragma once
// What the templates of messages can call besides the engine's own filters: format_day(moment),
// format_money(amount, currency), format_number(value) and the filters html_to_text and
// safe_markup.
#include "jinja/jinja.hpp"
#include "time/clock.hpp"

namespace rb::notification {

// Before the first compile. «Today» and «tomorrow» follow `clock`, which must outlive the environment.
void add_message_functions(jinja::Environment& environment, const Clock& clock);

}  // namespace rb::notification
