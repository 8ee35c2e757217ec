#include "mail/smtp_session.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "base/error.hpp"
#include "base/strings.hpp"

namespace rb::mail {
namespace {

struct Verb {
  std::string_view start;
  SmtpPhase phase;
};
constexpr Verb kVerbs[] = {{"EHLO", SmtpPhase::hello},        {"HELO", SmtpPhase::hello},
                           {"STARTTLS", SmtpPhase::starttls}, {"AUTH", SmtpPhase::auth},
                           {"MAIL FROM:", SmtpPhase::sender}, {"RCPT TO:", SmtpPhase::recipient},
                           {"DATA", SmtpPhase::data},         {"NOOP", SmtpPhase::sender}};

struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

constexpr int kServerWantsSecret = 334, kServerCloses = 421;

}  // namespace

SmtpSession::SmtpSession(const SmtpSettings& settings, const std::atomic<bool>& stop)
    : stop_(stop), easy_(curl_easy_init(), &curl_easy_cleanup) {
  if (!easy_) throw Broken("libcurl does not start");
  set_options(settings);
}

SmtpSession::~SmtpSession() { leave_without_waiting(); }

void SmtpSession::set_options(const SmtpSettings& settings) {
  auto* easy = easy_.get();
  auto url = fmt::format("{}://{}:{}/{}", settings.tls == SmtpTls::implicit ? "smtps" : "smtp", settings.host,
                         settings.port, settings.ehlo_name);
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");  // an http_proxy of the environment is not meant for mail
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(settings.deadline.count()));
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.deadline.count()));
  curl_easy_setopt(easy, CURLOPT_USE_SSL, settings.tls == SmtpTls::none ? CURLUSESSL_NONE : CURLUSESSL_ALL);
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  if (!settings.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, settings.ca_file.c_str());
  if (!settings.user.empty()) {
    curl_easy_setopt(easy, CURLOPT_USERNAME, settings.user.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, settings.password.c_str());
    curl_easy_setopt(easy, CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
    curl_easy_setopt(easy, CURLOPT_SASL_IR, 1L);
  }
  curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy, CURLOPT_READFUNCTION, &SmtpSession::read);
  curl_easy_setopt(easy, CURLOPT_READDATA, this);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error_.data());
  curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);  // the conversation goes to debug(), nowhere else
  curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, &SmtpSession::debug);
  curl_easy_setopt(easy, CURLOPT_DEBUGDATA, this);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &SmtpSession::progress);
  curl_easy_setopt(easy, CURLOPT_XFERINFODATA, this);
  curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, &SmtpSession::opened);
  curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, this);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &SmtpSession::closed);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
}

SmtpSessionEnd SmtpSession::send(std::string_view message, const std::string& from, const std::string& to) {
  auto* easy = easy_.get();
  std::unique_ptr<curl_slist, ListFree> recipients(curl_slist_append(nullptr, to.c_str()));
  curl_easy_setopt(easy, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(message.size()));
  auto end = attempt(message);
  if (was_stale(end)) end = attempt(message);
  curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, nullptr);
  return end;
}

SmtpSessionEnd SmtpSession::check() {
  auto* easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_UPLOAD, 0L);
  curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "NOOP");
  auto end = attempt({});
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, nullptr);
  curl_easy_setopt(easy, CURLOPT_NOBODY, 0L);
  curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
  return end;
}

SmtpSessionEnd SmtpSession::attempt(std::string_view message) {
  rest_ = message;
  now_ = {};
  complete_ = true;
  quitting_ = false;
  error_.fill('\0');
  auto code = curl_easy_perform(easy_.get());
  now_.reason = error_[0] != '\0' ? error_.data() : curl_easy_strerror(code);
  if (code == CURLE_OK) {
    now_.ending = SmtpEnding::done;
  } else if (now_.reply.code >= 400) {
    now_.ending = SmtpEnding::answered;
  } else if (code == CURLE_OPERATION_TIMEDOUT) {
    now_.ending = SmtpEnding::timeout;
  } else {
    now_.ending = code == CURLE_LOGIN_DENIED ? SmtpEnding::no_login : SmtpEnding::lost;
  }
  return std::move(now_);
}

// A kept connection that the server had closed meanwhile tells so only when it is used.
bool SmtpSession::was_stale(const SmtpSessionEnd& end) const {
  long opened_now = 1;
  curl_easy_getinfo(easy_.get(), CURLINFO_NUM_CONNECTS, &opened_now);
  bool closed = end.ending == SmtpEnding::lost || end.reply.code == kServerCloses;
  return opened_now == 0 && closed && end.phase == SmtpPhase::sender && !stop_;
}

// curl waits for the answer to its QUIT, up to two minutes; there is nothing in it that we need.
void SmtpSession::leave_without_waiting() {
  for (auto fd : sockets_) ::shutdown(fd, SHUT_RD);
}

void SmtpSession::on_command(std::string_view line) {
  if (now_.phase == SmtpPhase::auth && now_.reply.code == kServerWantsSecret) return;
  if (line.starts_with("QUIT")) {
    quitting_ = true;
    leave_without_waiting();
    return;
  }
  for (const auto& verb : kVerbs) {
    if (!line.starts_with(verb.start)) continue;
    now_.phase = verb.phase;
    now_.reply = {};
    return;
  }
}

int SmtpSession::debug(CURL*, curl_infotype kind, char* data, std::size_t size, void* self) {
  auto& session = *static_cast<SmtpSession*>(self);
  if (kind == CURLINFO_HEADER_OUT) {
    session.on_command({data, size});
  } else if (kind == CURLINFO_HEADER_IN && !session.quitting_) {
    for (const auto& line : split(trim({data, size}), '\n')) {
      if (session.complete_) session.now_.reply = {};
      session.complete_ = add_line(session.now_.reply, line);
    }
  }
  return 0;
}

std::size_t SmtpSession::read(char* to, std::size_t, std::size_t room, void* self) {
  auto& session = *static_cast<SmtpSession*>(self);
  auto size = std::min(room, session.rest_.size());
  std::memcpy(to, session.rest_.data(), size);
  session.rest_.remove_prefix(size);
  session.now_.phase = SmtpPhase::body;
  session.now_.reply = {};
  session.now_.body_sent = session.rest_.empty();  // curl sends the final dot next
  return size;
}

int SmtpSession::opened(void* self, curl_socket_t fd, curlsocktype) {
  static_cast<SmtpSession*>(self)->sockets_.insert(fd);
  return CURL_SOCKOPT_OK;
}

int SmtpSession::closed(void* self, curl_socket_t fd) {
  static_cast<SmtpSession*>(self)->sockets_.erase(fd);
  return ::close(fd);
}

int SmtpSession::progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<SmtpSession*>(self)->stop_ ? 1 : 0;
}

}  // namespace rb::mail
