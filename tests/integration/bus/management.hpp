#pragma once
// RabbitMQ seen by somebody else: its management API, which shares no code with ours.
#include <boost/json.hpp>
#include <string>

#include "bus/rabbit_settings.hpp"
#include "testkit/process.hpp"

namespace rb::bus {

// One virtual host of a broker under test.
class Management {
 public:
  explicit Management(const testkit::Settings& settings);

  RabbitSettings settings() const;

  void declare_queue(const std::string& name, boost::json::object properties) const;
  void declare_exchange(const std::string& name, boost::json::object properties) const;
  void delete_queue(const std::string& name) const;
  boost::json::object queue(const std::string& name) const;
  boost::json::array take(const std::string& queue) const;  // its first message, if any; takes it off
  void publish(const std::string& exchange, const std::string& key, const std::string& body) const;

 private:
  std::string call(const std::string& method, const std::string& path, const boost::json::value& body) const;

  std::string amqp_url_, api_url_, vhost_;
};

}  // namespace rb::bus
