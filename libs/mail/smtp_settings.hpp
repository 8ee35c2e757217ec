#pragma once
// Where mail is handed over, from what people know: their address and password. Pure.
#include <chrono>
#include <string>

#include "base/error.hpp"
#include "config/settings.hpp"

namespace rb::mail {

enum class SmtpTls {
  starttls,  // required: a server that does not offer it gets nothing
  implicit,  // TLS from the first byte
  none,      // this machine only
};

struct SmtpSettings {
  std::string host;
  int port = 587;
  SmtpTls tls = SmtpTls::starttls;
  std::string user;  // empty: no login
  std::string password;
  std::string from;                            // the sender's address
  std::string ca_file;                         // empty: the system's
  std::string ehlo_name = "localhost";         // how we greet
  int connections = 4;                         // at most so many at once
  std::chrono::milliseconds deadline{10'000};  // of one mail, connection and login included
};

// Errc::invalid names the variable that is wrong or missing. The host of gmail, yandex and mail.ru accounts
// is known.
Result<SmtpSettings> smtp_settings(const config::AppSettings& settings);

bool is_loopback(const std::string& host);

}  // namespace rb::mail
