#pragma once
// This installation's running notification-service, called over HTTP as its operator may. Belongs to the
// loop's thread.
#include "config/settings.hpp"
#include "http/client.hpp"
#include "json/json.hpp"

namespace rb::app {

class OwnService {
 public:
  // `url` "": that of the settings.
  OwnService(net::Loop& loop, const config::AppSettings& settings, std::string url = "");

  // The answer's document, whatever its status below 500 that is not 401 or 403; `status` tells. Failures
  // are one sentence for the person at the terminal.
  struct Answer {
    int status = 0;
    json::value body;
  };
  Task<Result<Answer>> call(http::Method method, std::string path, json::value body);

 private:
  http::Client client_;
  std::string url_, token_, ca_file_;
};

}  // namespace rb::app
