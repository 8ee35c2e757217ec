#pragma once
// Messages as columns of the tables bus_message and <prefix>_outbox, and as dead letters. Pure.
#include <string>

#include "bus/event_bus.hpp"

namespace rb::bus {

// The columns routing_key, body, content_type, message_id, sent_at, headers.
void add_columns(db::Params& params, const Message& message);
Message message_in(const db::Rows& rows, std::size_t row);

std::string dead_letter_queue(const std::string& queue);

// `message` as it goes to the dead letters of `queue`: addressed to them, why (x-reason) and what it was
// (x-routing-key) in its headers.
Message dead_letter(Message message, const std::string& queue, const std::string& reason);

}  // namespace rb::bus
