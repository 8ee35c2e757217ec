#include "bus/rabbit_connection.hpp"

#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>
#include <fmt/format.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>

namespace rb::bus {
namespace {

constexpr int kHeartbeatSeconds = 15;
constexpr std::uint8_t kPersistent = 2;

std::string place(const RabbitSettings& settings) {
  return fmt::format("RabbitMQ at {}:{}", settings.host, settings.port);
}

// The broker's own words from channel.close or connection.close.
struct Refusal {
  int code = 0;
  std::string text;
  bool of_channel = false;
};

Refusal refusal(const amqp_method_t& method) {
  if (method.id == AMQP_CHANNEL_CLOSE_METHOD) {
    const auto* close = static_cast<const amqp_channel_close_t*>(method.decoded);
    return {close->reply_code, text_of(close->reply_text), true};
  }
  if (method.id == AMQP_CONNECTION_CLOSE_METHOD) {
    const auto* close = static_cast<const amqp_connection_close_t*>(method.decoded);
    return {close->reply_code, text_of(close->reply_text), false};
  }
  return {0, fmt::format("unexpected answer 0x{:08X}", method.id), false};
}

std::string why_login_failed(const RabbitSettings& settings, const amqp_rpc_reply_t& reply) {
  auto where = place(settings);
  if (reply.reply_type != AMQP_RESPONSE_SERVER_EXCEPTION) {
    if (reply.library_error == AMQP_STATUS_TIMEOUT) {
      return fmt::format("{} took the connection but did not answer the login within {} s", where,
                         settings.deadline.count());
    }
    return fmt::format("{} ended the login: {}", where, amqp_error_string2(reply.library_error));
  }
  auto said = refusal(reply.reply);
  if (said.code == AMQP_ACCESS_REFUSED) {
    return fmt::format("{} refuses user «{}»: wrong name or password", where, settings.user);
  }
  if (said.text.find("not found") != std::string::npos) {
    return fmt::format("{} has no virtual host «{}»: make it with `rabbitmqctl add_vhost {}`", where,
                       settings.vhost, settings.vhost);
  }
  if (said.code == AMQP_NOT_ALLOWED) {
    return fmt::format(
        "{} does not let user «{}» into virtual host «{}»: `rabbitmqctl set_permissions -p {} {} \".*\" "
        "\".*\" "
        "\".*\"`",
        where, settings.user, settings.vhost, settings.vhost, settings.user);
  }
  return fmt::format("{} refuses the login: {}", where, said.text);
}

amqp_table_entry_t text_entry(const char* name, std::string_view value) {
  amqp_table_entry_t entry{};
  entry.key = amqp_cstring_bytes(name);
  entry.value.kind = AMQP_FIELD_KIND_UTF8;
  entry.value.value.bytes = bytes(value);
  return entry;
}

amqp_socket_t* new_tls_socket(amqp_connection_state_t state, const RabbitSettings& settings) {
  amqp_set_initialize_ssl_library(0);  // OpenSSL 3 does it by itself
  auto* socket = amqp_ssl_socket_new(state);
  if (socket == nullptr) return nullptr;
  amqp_ssl_socket_set_verify_peer(socket, 1);
  amqp_ssl_socket_set_verify_hostname(socket, 1);
  auto* context = static_cast<SSL_CTX*>(amqp_ssl_socket_get_context(socket));
  bool trusted = settings.tls_ca_file.empty()
                     ? SSL_CTX_set_default_verify_paths(context) == 1
                     : amqp_ssl_socket_set_cacert(socket, settings.tls_ca_file.c_str()) == AMQP_STATUS_OK;
  if (!trusted)
    throw Unavailable(fmt::format("cannot read the certificate authorities in «{}»", settings.tls_ca_file));
  return socket;
}

}  // namespace

amqp_bytes_t bytes(std::string_view text) {
  return {text.size(), const_cast<char*>(text.data())};  // rabbitmq-c only reads it
}

std::string text_of(amqp_bytes_t bytes) { return {static_cast<const char*>(bytes.bytes), bytes.len}; }

void Interrupt::watch(int socket) {
  std::lock_guard lock(mutex_);
  socket_ = socket;
}

void Interrupt::cut() {
  std::lock_guard lock(mutex_);
  if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
}

Connection::Connection(const RabbitSettings& settings, const std::string& purpose, Interrupt& interrupt)
    : settings_(settings), interrupt_(interrupt), state_(amqp_new_connection()) {
  if (!state_) throw std::bad_alloc();
  const timeval deadline{settings.deadline.count(), 0};
  amqp_set_handshake_timeout(raw(), &deadline);
  amqp_set_rpc_timeout(raw(), &deadline);
  connect();
  interrupt_.watch(amqp_get_sockfd(raw()));
  try {
    login(purpose);
  } catch (...) {
    interrupt_.watch(-1);
    throw;
  }
}

Connection::~Connection() { interrupt_.watch(-1); }

void Connection::connect() {
  auto* socket = settings_.tls ? new_tls_socket(raw(), settings_) : amqp_tcp_socket_new(raw());
  if (socket == nullptr) throw std::bad_alloc();
  const timeval deadline{settings_.deadline.count(), 0};
  auto status = amqp_socket_open_noblock(socket, settings_.host.c_str(), settings_.port, &deadline);
  if (status == AMQP_STATUS_OK) return;
  const auto* why = status == AMQP_STATUS_SOCKET_ERROR ? "nothing listens there" : amqp_error_string2(status);
  throw Unavailable(fmt::format("{} does not answer: {}", place(settings_), why));
}

void Connection::login(const std::string& purpose) {
  auto name = settings_.program + " " + purpose;
  amqp_table_entry_t blocked{};
  blocked.key = amqp_cstring_bytes("connection.blocked");
  blocked.value.kind = AMQP_FIELD_KIND_BOOLEAN;
  blocked.value.value.boolean = 1;
  auto cancel = blocked;
  cancel.key = amqp_cstring_bytes("consumer_cancel_notify");
  auto failure_close = blocked;
  failure_close.key = amqp_cstring_bytes("authentication_failure_close");
  std::array abilities{blocked, cancel, failure_close};
  amqp_table_entry_t capabilities{};
  capabilities.key = amqp_cstring_bytes("capabilities");
  capabilities.value.kind = AMQP_FIELD_KIND_TABLE;
  capabilities.value.value.table = {static_cast<int>(abilities.size()), abilities.data()};
  std::array entries{text_entry("connection_name", name), text_entry("product", settings_.program),
                     capabilities};
  amqp_table_t properties{static_cast<int>(entries.size()), entries.data()};
  auto reply = amqp_login_with_properties(
      raw(), settings_.vhost.c_str(), AMQP_DEFAULT_MAX_CHANNELS, AMQP_DEFAULT_FRAME_SIZE, kHeartbeatSeconds,
      &properties, AMQP_SASL_METHOD_PLAIN, settings_.user.c_str(), settings_.password.c_str());
  if (reply.reply_type != AMQP_RESPONSE_NORMAL) throw Unavailable(why_login_failed(settings_, reply));
}

void Connection::check(amqp_rpc_reply_t reply, amqp_channel_t channel) {
  if (reply.reply_type == AMQP_RESPONSE_NORMAL) return;
  if (reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION) return check(reply.library_error);
  auto said = refusal(reply.reply);
  if (!said.of_channel)
    throw Unavailable(fmt::format("{} closed the connection: {}", place(settings_), said.text));
  amqp_channel_close_ok_t ok{};
  check(amqp_send_method(raw(), channel, AMQP_CHANNEL_CLOSE_OK_METHOD, &ok));
  throw ChannelClosed(said.code, said.text);
}

void Connection::check(int status) {
  if (status == AMQP_STATUS_OK) return;
  throw Unavailable(fmt::format("{} was lost: {}", place(settings_), amqp_error_string2(status)));
}

std::optional<amqp_frame_t> Connection::frame() {
  amqp_frame_t frame{};
  constexpr timeval now{0, 0};
  auto status = amqp_simple_wait_frame_noblock(raw(), &frame, &now);
  if (status == AMQP_STATUS_TIMEOUT) return std::nullopt;
  check(status);
  if (frame.frame_type != AMQP_FRAME_METHOD) return frame;
  auto id = frame.payload.method.id;
  if (id == AMQP_CONNECTION_CLOSE_METHOD || id == AMQP_CHANNEL_CLOSE_METHOD) {
    throw Unavailable(fmt::format("{} closed the {}: {}", place(settings_),
                                  id == AMQP_CHANNEL_CLOSE_METHOD ? "channel" : "connection",
                                  refusal(frame.payload.method).text));
  }
  return frame;
}

void Connection::wait(int wake, std::chrono::milliseconds most) {
  std::array<pollfd, 2> watched{{{amqp_get_sockfd(raw()), POLLIN, 0}, {wake, POLLIN, 0}}};
  ::poll(watched.data(), watched.size(), static_cast<int>(most.count()));
}

void Connection::open_channel(amqp_channel_t channel) {
  amqp_channel_open(raw(), channel);
  check(amqp_get_rpc_reply(raw()), channel);
}

void Connection::close_channel(amqp_channel_t channel) {
  check(amqp_channel_close(raw(), channel, AMQP_REPLY_SUCCESS), channel);
}

void Connection::close() {
  if (amqp_connection_close(raw(), AMQP_REPLY_SUCCESS).reply_type != AMQP_RESPONSE_NORMAL)
    return;  // gone anyway
}

void Connection::publish(amqp_channel_t channel, const std::string& exchange, const Message& message,
                         bool mandatory, bool persistent) {
  std::vector<amqp_table_entry_t> headers;
  headers.reserve(message.headers.size());
  for (const auto& [name, value] : message.headers) headers.push_back(text_entry(name.c_str(), value));
  amqp_basic_properties_t properties{};
  properties._flags = AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_HEADERS_FLAG;
  properties.content_type = bytes(message.content_type);
  properties.headers = {static_cast<int>(headers.size()), headers.data()};
  if (persistent) {
    properties._flags |= AMQP_BASIC_DELIVERY_MODE_FLAG;
    properties.delivery_mode = kPersistent;
  }
  if (!message.message_id.empty()) {
    properties._flags |= AMQP_BASIC_MESSAGE_ID_FLAG;
    properties.message_id = bytes(message.message_id);
  }
  if (message.timestamp != 0) {
    properties._flags |= AMQP_BASIC_TIMESTAMP_FLAG;
    properties.timestamp = static_cast<std::uint64_t>(message.timestamp);
  }
  check(amqp_basic_publish(raw(), channel, bytes(exchange), bytes(message.routing_key), mandatory ? 1 : 0, 0,
                           &properties, bytes(message.body)));
}

}  // namespace rb::bus
