#pragma once
// One SMTP connection that is kept between mails; blocks its thread. Internal to this library.
#include <curl/curl.h>

#include <array>
#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "mail/smtp_outcome.hpp"
#include "mail/smtp_settings.hpp"

namespace rb::mail {

class SmtpSession {
 public:
  // `stop` ends a mail under way within a second.
  SmtpSession(const SmtpSettings& settings, const std::atomic<bool>& stop);
  ~SmtpSession();
  SmtpSession(const SmtpSession&) = delete;
  SmtpSession& operator=(const SmtpSession&) = delete;

  // `from` and `to` are bare addresses.
  SmtpSessionEnd send(std::string_view message, const std::string& from, const std::string& to);
  SmtpSessionEnd check();  // connects, greets and logs in as for a mail

 private:
  SmtpSessionEnd attempt(std::string_view message);
  void set_options(const SmtpSettings& settings);
  void on_command(std::string_view line);
  void leave_without_waiting();
  bool was_stale(const SmtpSessionEnd& end) const;

  static int debug(CURL*, curl_infotype kind, char* data, std::size_t size, void* self);
  static std::size_t read(char* to, std::size_t, std::size_t room, void* self);
  static int opened(void* self, curl_socket_t fd, curlsocktype);
  static int closed(void* self, curl_socket_t fd);
  static int progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

  const std::atomic<bool>& stop_;
  std::set<curl_socket_t> sockets_;
  std::array<char, CURL_ERROR_SIZE> error_{};
  std::string_view rest_;  // what is left to upload
  SmtpSessionEnd now_;
  bool complete_ = true;   // of now_.reply: the next line starts another
  bool quitting_ = false;  // the answer to QUIT is not the one that ended the session
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy_;
};

}  // namespace rb::mail
