#include "channels/email.hpp"

#include "base/strings.hpp"

namespace rb::notification {
namespace {

using Kind = Outcome::Kind;

std::string domain_of(const std::string& address) {
  auto at = address.rfind('@');
  return at == std::string::npos ? "localhost" : address.substr(at + 1);
}

}  // namespace

Outcome outcome_of(const mail::SmtpOutcome& smtp) {
  auto detail = smtp.reason.empty() ? smtp.reply.text : smtp.reason;
  switch (smtp.result) {
    case mail::SmtpResult::accepted:
      return {.kind = Kind::sent, .detail = detail};
    case mail::SmtpResult::transient:
      return {.kind = Kind::transient, .detail = detail, .crowded = mail::too_much(smtp.reply)};
    case mail::SmtpResult::not_sent:
      return {.kind = Kind::transient, .detail = detail};
    case mail::SmtpResult::bad_address:
      return {.kind = Kind::address_bad, .detail = detail};
    case mail::SmtpResult::refused:
      return {.kind = Kind::message_bad, .detail = detail};
    case mail::SmtpResult::auth_failed:
    case mail::SmtpResult::auth_suspect:
      return {.kind = Kind::channel_bad, .detail = detail};
    case mail::SmtpResult::unknown:
      return {.kind = Kind::unknown, .detail = detail};
  }
  return {.kind = Kind::transient, .detail = detail};
}

EmailSender::EmailSender(net::Loop& loop, const Clock& clock, mail::SmtpSettings smtp, MailIdentity identity)
    : clock_(clock),
      identity_(std::move(identity)),
      connections_(smtp.connections),
      client_(loop, std::move(smtp)) {}

Task<Outcome> EmailSender::send(Letter letter) {
  mail::Mail mail;
  mail.from = {identity_.from_name, identity_.from_address};
  mail.to = {"", letter.to};
  mail.subject = std::move(letter.subject);
  mail.text = std::move(letter.plain);
  mail.html = std::move(letter.html);
  mail.message_id = letter.message_id + "@" + domain_of(identity_.from_address);
  mail.date = clock_.now();
  mail.unsubscribe_url = std::move(letter.unsubscribe_url);
  for (auto& file : letter.files)
    mail.attachments.push_back(
        {std::move(file.filename), std::move(file.content_type), std::move(file.bytes), ""});
  if (letter.calendar)
    mail.calendar = {
        std::string(letter.calendar->method()),
        to_ics(*letter.calendar, {identity_.from_name, identity_.from_address, letter.to, letter.created})};
  auto outcome = outcome_of(co_await client_.send(mail));
  outcome.provider_id = mail.message_id;
  co_return outcome;
}

}  // namespace rb::notification
