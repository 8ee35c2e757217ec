#pragma once
// Webhooks: a message as JSON to a URL of the person's choice, signed as Standard Webhooks says
// (standardwebhooks.com): webhook-id, webhook-timestamp, webhook-signature. How a receiver checks it:
// docs/webhooks.md. Calls end within 10 s, follow no redirect and, in production, reach the open internet
// only.
#include <memory>

#include "channels/sender.hpp"
#include "http/client.hpp"

namespace rb::notification {

struct WebhookSettings {
  std::vector<std::string>
      secrets;                  // the installation's; the first is today's, the others are still honoured
  bool production = true;       // https and public addresses only
  std::string ca_file = {};     // "": the system's
  std::string public_url = {};  // where large attachments are fetched; "": nowhere
};

std::unique_ptr<Sender> make_webhook_sender(net::Loop& loop, const Clock& clock, WebhookSettings settings);

// Errc::invalid says in one sentence why a URL cannot be an address. Also http to this machine itself is
// taken outside production.
Result<void> check_webhook_url(std::string_view url, bool production);

// What the receiver keeps to check signatures, "whsec_…": made of the installation's secret, kept nowhere.
std::string webhook_secret(std::string_view installation_secret, std::string_view user_id,
                           std::string_view url);

// --- pure parts of a call
// Small files are in it, of larger ones it says where to fetch them.
std::string webhook_body(const WebhookSettings& settings, const Letter& letter);
// One signature a secret, separated by spaces.
std::string webhook_signature(const WebhookSettings& settings, const Letter& letter, std::int64_t timestamp,
                              std::string_view body);
Outcome webhook_outcome(const Result<http::ClientResponse>& answer, Time now);

}  // namespace rb::notification
