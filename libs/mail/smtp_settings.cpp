#include "mail/smtp_settings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.hpp"
#include "mail/address.hpp"

namespace rb::mail {
namespace {

struct Provider {
  std::string_view domains, host;
  int port;
};
constexpr Provider kProviders[] = {
    {"gmail.com googlemail.com", "smtp.gmail.com", 587},
    {"yandex.ru ya.ru yandex.com yandex.by yandex.kz yandex.uz narod.ru", "smtp.yandex.ru", 465},
    {"mail.ru inbox.ru list.ru bk.ru internet.ru", "smtp.mail.ru", 465},
};
constexpr int kSubmission = 587, kSubmissions = 465;

const Provider* provider_of(std::string_view username) {
  auto domain = ascii_lower(username.substr(std::min(username.rfind('@') + 1, username.size())));
  for (const auto& provider : kProviders)
    if (auto all = split(provider.domains, ' '); std::ranges::find(all, domain) != all.end())
      return &provider;
  return nullptr;
}

}  // namespace

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host == "[::1]" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos);
}

Result<SmtpSettings> smtp_settings(const config::AppSettings& settings) {
  const auto wrong = [](std::string variable, std::string reason) {
    return std::unexpected(Error{Errc::invalid, variable + " " + reason, {{variable, reason}}});
  };
  const auto& given = settings.mail;
  const auto* known = provider_of(given.username);
  if (given.host.empty() && known == nullptr)
    return wrong("EMAIL_HOST", "is not set, and the server of EMAIL_USERNAME is not one we know");
  SmtpSettings out;
  out.host = given.host.empty() ? std::string(known->host) : given.host;
  out.port = given.port ? *given.port : given.host.empty() ? known->port : kSubmission;
  out.tls = out.port == kSubmissions ? SmtpTls::implicit : given.use_tls ? SmtpTls::starttls : SmtpTls::none;
  if (out.tls == SmtpTls::none && !is_loopback(out.host))
    return wrong("EMAIL_USE_TLS",
                 fmt::format("may be false only for a server on this machine, not for {}", out.host));
  auto address = normalise_address(given.from_address.empty() ? given.username : given.from_address);
  if (!address) return wrong("EMAIL_FROM_ADDRESS", fmt::format("is no address: {}", address.error().message));
  out.from = std::move(*address);
  out.user = given.username;
  out.password = given.password;
  out.ca_file = settings.process.tls_ca_file;
  return out;
}

}  // namespace rb::mail
