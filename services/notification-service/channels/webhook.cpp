#include "channels/webhook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/url/parse.hpp>
#include <charconv>
#include <ctime>

#include "base/ids.hpp"
#include "base/strings.hpp"
#include "json/json.hpp"
#include "net/public_address.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

using Kind = Outcome::Kind;

constexpr std::size_t kLongestUrl = 2000;
constexpr std::size_t kMostInside = 256 << 10;  // bytes of files in a call itself
constexpr Micros kShortestRetry = std::chrono::seconds(1), kLongestRetry = std::chrono::hours(1);

std::string key_of(std::string_view installation_secret, std::string_view user_id, std::string_view url) {
  return hmac_sha256(installation_secret, fmt::format("repitbot webhook\n{}\n{}", user_id, url));
}

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

bool is_private_name(const std::string& host) {
  return host.find('.') == std::string::npos || host.ends_with(".local") || host.ends_with(".localhost") ||
         host.ends_with(".internal");
}

// Seconds, or the date at which to come back (RFC 9110, 10.2.3).
std::optional<Micros> retry_after(const http::Headers& headers, Time now) {
  auto text = std::string(headers.get("Retry-After"));
  if (text.empty()) return std::nullopt;
  std::int64_t seconds = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  Micros wait{};
  if (error == std::errc() && end == text.data() + text.size()) {
    wait = std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, 86'400));
  } else {
    std::tm date{};
    if (strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date) == nullptr) return std::nullopt;
    wait = std::chrono::duration_cast<Micros>(Time(std::chrono::seconds(timegm(&date))) - now);
  }
  return std::clamp<Micros>(wait, kShortestRetry, kLongestRetry);
}

class WebhookSender final : public Sender {
 public:
  WebhookSender(net::Loop& loop, const Clock& clock, WebhookSettings settings)
      : clock_(clock), settings_(std::move(settings)), client_(loop) {}

  Channel channel() const override { return Channel::webhook; }
  int parallel() const override { return 64; }

  Task<Outcome> send(Letter letter) override {
    if (auto fits = check_webhook_url(letter.to, settings_.production); !fits)
      co_return Outcome{.kind = Kind::address_bad, .detail = fits.error().message};
    letter.html = safe_html(letter);
    auto timestamp = to_micros(clock_.now()) / 1'000'000;
    http::ClientRequest request;
    request.method = http::Method::post;
    request.url = letter.to;
    request.body = webhook_body(settings_, letter);
    request.headers = {{"Content-Type", "application/json"},
                       {"User-Agent", "RepitBot/" RB_VERSION},
                       {"webhook-id", letter.message_id},
                       {"webhook-timestamp", std::to_string(timestamp)},
                       {"webhook-signature", webhook_signature(settings_, letter, timestamp, request.body)}};
    request.ca_file = settings_.ca_file;
    request.answer_limit = 64 << 10;  // nobody reads it
    request.public_only = settings_.production;
    auto answer = co_await client_.send(std::move(request));
    co_return webhook_outcome(answer, clock_.now());
  }

 private:
  const Clock& clock_;
  WebhookSettings settings_;
  http::Client client_;
};

}  // namespace

std::unique_ptr<Sender> make_webhook_sender(net::Loop& loop, const Clock& clock, WebhookSettings settings) {
  return std::make_unique<WebhookSender>(loop, clock, std::move(settings));
}

Result<void> check_webhook_url(std::string_view url, bool production) {
  auto refuse = [](std::string sentence) { return fail(Errc::invalid, std::move(sentence)); };
  auto parsed = boost::urls::parse_uri(url);
  if (!parsed || url.size() > kLongestUrl || parsed->encoded_host().empty())
    return refuse("a webhook's address is a URL like https://example.com/hook");
  if (parsed->has_userinfo()) return refuse("a webhook's address holds no name or password");
  auto host = ascii_lower(std::string_view(parsed->encoded_host()));
  bool here = is_this_machine(host);
  bool plain_here = !production && here && parsed->scheme() == "http";
  if (parsed->scheme() != "https" && !plain_here) return refuse("a webhook's address begins with https://");
  if (!production) return {};
  bool closed = net::is_ip_literal(host) ? !net::is_public_literal(host) : is_private_name(host);
  if (closed || here) return refuse("a webhook's address is one of the open internet");
  return {};
}

std::string webhook_secret(std::string_view installation_secret, std::string_view user_id,
                           std::string_view url) {
  return "whsec_" + base64(key_of(installation_secret, user_id, url));
}

std::string webhook_body(const WebhookSettings& settings, const Letter& letter) {
  json::object out{{"id", letter.message_id},
                   {"type", letter.type},
                   {"user_id", id_value(letter.user_id)},
                   {"title", letter.subject},
                   {"text", letter.plain},
                   {"html", letter.html},
                   {"data", letter.about},
                   {"created_at", format_iso(letter.created)}};
  auto files = file_list(letter);
  std::size_t size = 0;
  for (const auto& file : letter.files) size += file.bytes.size();
  for (std::size_t i = 0; i < files.size(); ++i) {
    auto& file = files[i].as_object();
    if (size <= kMostInside) {
      file["content"] = base64(letter.files[i].bytes);
    } else if (!settings.public_url.empty()) {
      file["url"] = settings.public_url + file_path(letter, i + 1);
    }
  }
  if (!files.empty()) out["attachments"] = std::move(files);
  return json::to_text(out);
}

std::string webhook_signature(const WebhookSettings& settings, const Letter& letter, std::int64_t timestamp,
                              std::string_view body) {
  auto text = fmt::format("{}.{}.{}", letter.message_id, timestamp, body);
  std::vector<std::string> out;
  for (const auto& secret : settings.secrets)
    out.push_back("v1," + base64(hmac_sha256(key_of(secret, letter.user_id, letter.to), text)));
  return join(out, " ");
}

Outcome webhook_outcome(const Result<http::ClientResponse>& answer, Time now) {
  if (!answer) {
    auto kind = answer.error().code == Errc::timeout     ? Kind::unknown
                : answer.error().code == Errc::too_large ? Kind::delivered
                : answer.error().code == Errc::forbidden ? Kind::address_bad
                                                         : Kind::transient;
    return {.kind = kind, .detail = answer.error().message};
  }
  auto status = answer->status;
  auto detail = fmt::format("HTTP {}", status);
  if (status >= 200 && status < 300) return {.kind = Kind::delivered};
  if (status == 410) return {.kind = Kind::address_bad, .detail = detail + ": gone"};
  if (status == 429 || status == 503)
    return {.kind = Kind::transient, .detail = detail, .retry_after = retry_after(answer->headers, now)};
  if (status == 408 || status == 425 || status >= 500) return {.kind = Kind::transient, .detail = detail};
  if (status >= 300 && status < 400) detail += ": redirects are not followed";
  return {.kind = Kind::message_bad, .detail = detail};
}

}  // namespace rb::notification
