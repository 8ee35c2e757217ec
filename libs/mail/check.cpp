#include "mail/check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.hpp"

namespace rb::mail {
namespace {

// A longer URL or id could not stand on one line of 998 bytes, and neither can be folded.
constexpr std::size_t kLongestToken = 900;

bool printable(std::string_view text) {
  return valid_utf8(text) &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool token(std::string_view text) {
  return !text.empty() && text.size() <= kLongestToken &&
         std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F && c != '<' && c != '>'; });
}

bool message_id(std::string_view text) {
  return token(text) && std::ranges::count(text, '@') == 1 && !text.starts_with('@') && !text.ends_with('@');
}

struct Checker {
  std::vector<FieldError> found;

  void require(bool good, std::string field, std::string reason) {
    if (!good) found.push_back({std::move(field), std::move(reason)});
  }
  void line(const std::string& text, std::string field) {
    require(printable(text), std::move(field), "must be UTF-8 without control characters");
  }
  void address(const Address& address, const std::string& field) {
    line(address.name, field + ".name");
    auto normal = normalise_address(address.email);
    if (!normal) found.push_back({field + ".email", normal.error().message});
  }
  void attachment(const Attachment& file, const std::string& field) {
    line(file.name, field + ".name");
    require(!file.name.empty(), field + ".name", "must not be empty");
    require(printable(file.type) && file.type.contains('/'), field + ".type", "must be a media type");
    require(file.cid.empty() || token(file.cid), field + ".cid", "must be a token");
  }
};

}  // namespace

std::vector<FieldError> faults(const Mail& mail) {
  Checker check;
  check.address(mail.from, "from");
  check.address(mail.to, "to");
  if (!mail.reply_to.email.empty()) check.address(mail.reply_to, "reply_to");
  check.line(mail.subject, "subject");
  check.require(valid_utf8(mail.text), "text", "must be UTF-8");
  check.require(valid_utf8(mail.html), "html", "must be UTF-8");
  check.require(!mail.text.empty() || !mail.html.empty(), "text", "must not be empty when there is no html");
  check.require(message_id(mail.message_id), "message_id", "must look like id@domain");
  const auto& url = mail.unsubscribe_url;
  check.require(url.empty() || (token(url) && (url.starts_with("https://") || url.starts_with("http://"))),
                "unsubscribe_url", "must be an http or https URL");
  for (std::size_t i = 0; i < mail.references.size(); ++i)
    check.require(message_id(mail.references[i]), fmt::format("references[{}]", i),
                  "must look like id@domain");
  for (std::size_t i = 0; i < mail.attachments.size(); ++i)
    check.attachment(mail.attachments[i], fmt::format("attachments[{}]", i));
  return std::move(check.found);
}

}  // namespace rb::mail
