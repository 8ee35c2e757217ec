#include "bus/assembler.hpp"

#include <utility>

#include "bus/rabbit_connection.hpp"

namespace rb::bus {
namespace {

// Headers other than text, whole numbers and booleans are of no use to us.
std::optional<std::string> text_of(const amqp_field_value_t& field) {
  const auto& value = field.value;
  switch (field.kind) {
    case AMQP_FIELD_KIND_UTF8:
    case AMQP_FIELD_KIND_BYTES:
      return bus::text_of(value.bytes);
    case AMQP_FIELD_KIND_BOOLEAN:
      return value.boolean != 0 ? "true" : "false";
    case AMQP_FIELD_KIND_I8:
      return std::to_string(value.i8);
    case AMQP_FIELD_KIND_I16:
      return std::to_string(value.i16);
    case AMQP_FIELD_KIND_I32:
      return std::to_string(value.i32);
    case AMQP_FIELD_KIND_I64:
      return std::to_string(value.i64);
    case AMQP_FIELD_KIND_TIMESTAMP:
      return std::to_string(value.u64);
    default:
      return std::nullopt;
  }
}

void read_properties(const amqp_basic_properties_t& properties, Message& message) {
  auto has = [&](amqp_flags_t flag) { return (properties._flags & flag) != 0; };
  message.content_type = has(AMQP_BASIC_CONTENT_TYPE_FLAG) ? bus::text_of(properties.content_type) : "";
  if (has(AMQP_BASIC_MESSAGE_ID_FLAG)) message.message_id = bus::text_of(properties.message_id);
  if (has(AMQP_BASIC_TIMESTAMP_FLAG)) message.timestamp = static_cast<std::int64_t>(properties.timestamp);
  if (!has(AMQP_BASIC_HEADERS_FLAG)) return;
  for (int i = 0; i < properties.headers.num_entries; ++i) {
    const auto& entry = properties.headers.entries[i];
    if (auto value = text_of(entry.value))
      message.headers.emplace_back(bus::text_of(entry.key), std::move(*value));
  }
}

}  // namespace

std::optional<Arrival> Assembler::add(const amqp_frame_t& frame) {
  if (frame.frame_type == AMQP_FRAME_METHOD) {
    const auto* deliver = static_cast<const amqp_basic_deliver_t*>(frame.payload.method.decoded);
    arrival_ = {.tag = deliver->delivery_tag, .redelivered = deliver->redelivered != 0};
    arrival_.message.routing_key = bus::text_of(deliver->routing_key);
    return std::nullopt;
  }
  if (frame.frame_type == AMQP_FRAME_HEADER) {
    const auto& header = frame.payload.properties;
    read_properties(*static_cast<const amqp_basic_properties_t*>(header.decoded), arrival_.message);
    missing_ = header.body_size;
  } else {
    arrival_.message.body += bus::text_of(frame.payload.body_fragment);
    missing_ -= frame.payload.body_fragment.len;
  }
  return complete();
}

std::optional<Arrival> Assembler::complete() {
  if (missing_ > 0) return std::nullopt;
  return std::exchange(arrival_, {});
}

}  // namespace rb::bus
