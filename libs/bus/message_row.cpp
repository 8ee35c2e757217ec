#include "bus/message_row.hpp"

#include <boost/json.hpp>

#include "base/strings.hpp"

namespace rb::bus {
namespace {

namespace bj = boost::json;

constexpr std::size_t kLongestReason = 1000;  // code points
constexpr std::size_t kMostHeaderBytes = 64 * 1024;

std::string headers_text(const Message& message) {
  if (message.headers.empty()) return "";
  bj::array list;
  for (const auto& [name, value] : message.headers) {
    list.emplace_back(name);
    list.emplace_back(value);
  }
  return bj::serialize(list);
}

void read_headers(const std::string& text, Message& message) {
  if (text.empty()) return;
  const auto value = bj::parse(text);
  const auto& list = value.as_array();
  for (std::size_t i = 0; i + 1 < list.size(); i += 2) {
    message.headers.emplace_back(list[i].as_string(), list[i + 1].as_string());
  }
}

// An AMQP header frame holds at most 128 KiB: foreign headers near that leave no room for ours.
void make_room(std::vector<std::pair<std::string, std::string>>& headers) {
  std::size_t size = 0;
  for (const auto& [name, value] : headers) size += name.size() + value.size();
  if (size > kMostHeaderBytes) headers.clear();
}

}  // namespace

void add_columns(db::Params& params, const Message& message) {
  params.emplace_back("routing_key", message.routing_key);
  params.emplace_back("body", message.body);
  params.emplace_back("content_type", message.content_type);
  params.emplace_back("message_id", message.message_id);
  params.emplace_back("sent_at", message.timestamp);
  params.emplace_back("headers", headers_text(message));
}

Message message_in(const db::Rows& rows, std::size_t row) {
  Message message;
  message.routing_key = rows.text(row, "routing_key");
  message.body = rows.text(row, "body");
  message.content_type = rows.text(row, "content_type");
  message.message_id = rows.text(row, "message_id");
  message.timestamp = rows.integer(row, "sent_at");
  read_headers(rows.text(row, "headers"), message);
  return message;
}

std::string dead_letter_queue(const std::string& queue) { return queue + ".dead"; }

Message dead_letter(Message message, const std::string& queue, const std::string& reason) {
  std::erase_if(message.headers, [](const auto& header) {
    return header.first == "x-reason" || header.first == "x-routing-key";
  });
  make_room(message.headers);
  // A reason may quote what was wrong with the message; headers and tables take UTF-8 only.
  message.headers.emplace_back("x-reason", utf8_prefix(storable(reason), kLongestReason));
  message.headers.emplace_back("x-routing-key", std::move(message.routing_key));
  message.routing_key = dead_letter_queue(queue);
  return message;
}

}  // namespace rb::bus
