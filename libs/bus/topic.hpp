#pragma once
// Topic matching as AMQP 0-9-1 (3.1.3.3) and RabbitMQ do it: words between dots, `*` is one word, `#` any
// number of words, none included. Pure, thread-safe.
#include <string>
#include <string_view>
#include <vector>

namespace rb::bus {

bool topic_matches(std::string_view binding_key, std::string_view routing_key);
bool any_topic_matches(const std::vector<std::string>& binding_keys, std::string_view routing_key);

}  // namespace rb::bus
