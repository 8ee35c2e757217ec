#pragma once
// Rows of notification_messages → Message.
#include <vector>

#include "db/database.hpp"
#include "domain/message.hpp"

namespace rb::notification {

Message message_from(const db::Rows& rows, std::size_t i);    // of the queries that show a message whole
std::vector<Message> claimed_messages(const db::Rows& rows);  // of the queries that claim

}  // namespace rb::notification
