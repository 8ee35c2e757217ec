#include "management.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>
#include <stdexcept>

namespace rb::bus {
namespace {

namespace bj = boost::json;

std::size_t append(const char* data, std::size_t size, std::size_t count, void* to) {
  static_cast<std::string*>(to)->append(data, size * count);
  return size * count;
}

}  // namespace

Management::Management(const testkit::Settings& settings)
    : amqp_url_(settings.at("RABBITMQ_URL")),
      api_url_(settings.at("RABBITMQ_API_URL")),
      vhost_(amqp_url_.substr(amqp_url_.rfind('/') + 1)) {}

RabbitSettings Management::settings() const { return with_url({}, amqp_url_).value(); }

std::string Management::call(const std::string& method, const std::string& path,
                             const bj::value& body) const {
  std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(
      curl_slist_append(nullptr, "Content-Type: application/json"), curl_slist_free_all);
  const auto url = api_url_ + path;
  const auto sent = body.is_null() ? std::string() : bj::serialize(body);
  std::string answer;
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, method.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 30L);
  if (!sent.empty()) curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, sent.c_str());
  auto result = curl_easy_perform(curl.get());
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (result != CURLE_OK || status >= 300) {
    throw std::runtime_error(
        fmt::format("{} {}: {} {} {}", method, path, curl_easy_strerror(result), status, answer));
  }
  return answer;
}

void Management::declare_queue(const std::string& name, bj::object properties) const {
  call("PUT", fmt::format("/queues/{}/{}", vhost_, name), std::move(properties));
}

void Management::declare_exchange(const std::string& name, bj::object properties) const {
  call("PUT", fmt::format("/exchanges/{}/{}", vhost_, name), std::move(properties));
}

void Management::delete_queue(const std::string& name) const {
  call("DELETE", fmt::format("/queues/{}/{}", vhost_, name), nullptr);
}

bj::object Management::queue(const std::string& name) const {
  return bj::parse(call("GET", fmt::format("/queues/{}/{}", vhost_, name), nullptr)).as_object();
}

bj::array Management::take(const std::string& queue) const {
  bj::object how{{"count", 1}, {"ackmode", "ack_requeue_false"}, {"encoding", "auto"}};
  return bj::parse(call("POST", fmt::format("/queues/{}/{}/get", vhost_, queue), how)).as_array();
}

void Management::publish(const std::string& exchange, const std::string& key, const std::string& body) const {
  call("POST", fmt::format("/exchanges/{}/{}/publish", vhost_, exchange),
       {{"properties", bj::object()},
        {"routing_key", key},
        {"payload", body},
        {"payload_encoding", "string"}});
}

}  // namespace rb::bus
