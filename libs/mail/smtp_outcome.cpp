#include "mail/smtp_outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/strings.hpp"

namespace rb::mail {
namespace {

constexpr std::array<std::string_view, 8> kLabels = {"accepted",    "transient",    "bad_address", "refused",
                                                     "auth_failed", "auth_suspect", "not_sent",    "unknown"};

bool is(const std::string& enhanced, std::initializer_list<std::string_view> any) {
  return std::ranges::find(any, enhanced) != any.end();
}

// "5.1.1" at the start of `text`, or empty.
std::string_view enhanced_code(std::string_view text) {
  auto code = text.substr(0, text.find(' '));
  auto digits = code.find_first_not_of("0123456789.") == std::string_view::npos;
  bool fits = code.size() >= 5 && code.size() <= 9 && code[1] == '.' && std::ranges::count(code, '.') == 2;
  return fits && digits && (code[0] == '2' || code[0] == '4' || code[0] == '5') ? code : std::string_view{};
}

bool login_trouble(const SmtpReply& reply) {
  return reply.code == 530 || reply.code == 534 || reply.code == 535 || reply.code == 538 ||
         is(reply.enhanced, {"5.7.8", "5.7.9", "5.7.11", "5.7.13"});
}

// A permanent no with its enhanced code: whose fault is it?
SmtpResult blame_enhanced(SmtpPhase phase, const SmtpReply& reply) {
  const auto& code = reply.enhanced;
  if (is(code, {"5.2.2"})) return SmtpResult::transient;  // a full mailbox empties
  if (is(code, {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})) return SmtpResult::bad_address;
  bool vague = is(code, {"5.0.0", "5.1.0", "5.2.0", "5.4.1", "5.4.4", "5.5.0"});
  return vague && phase == SmtpPhase::recipient ? SmtpResult::bad_address : SmtpResult::refused;
}

SmtpResult blame_plain(SmtpPhase phase, int code) {
  if (phase != SmtpPhase::recipient) return SmtpResult::refused;
  if (code == 552)
    return SmtpResult::transient;  // at RCPT it is the mailbox that is full, not the mail too big
  constexpr std::array kAddress = {521, 550, 551, 553, 556};
  return std::ranges::find(kAddress, code) != kAddress.end() ? SmtpResult::bad_address : SmtpResult::refused;
}

SmtpResult judge(SmtpPhase phase, const SmtpReply& reply) {
  bool permanent = reply.enhanced.empty() ? reply.code >= 500 : reply.enhanced.front() == '5';
  if (!permanent) return SmtpResult::transient;
  if (phase == SmtpPhase::auth || login_trouble(reply)) return SmtpResult::auth_failed;
  return reply.enhanced.empty() ? blame_plain(phase, reply.code) : blame_enhanced(phase, reply);
}

std::string sentence(const SmtpReply& reply) {
  return fmt::format("{}{}{} {}", reply.code, reply.enhanced.empty() ? "" : " ", reply.enhanced, reply.text);
}

}  // namespace

bool too_much(const SmtpReply& reply) {
  if (reply.code == 421) return true;
  if (reply.code < 450 || reply.code > 452) return false;
  if (is(reply.enhanced, {"4.3.2", "4.4.5", "4.7.28"})) return true;
  constexpr std::array<std::string_view, 4> kSigns = {"too many", "too much", "rate limit", "throttl"};
  auto text = ascii_lower(reply.text);
  return std::ranges::any_of(kSigns, [&](auto sign) { return text.find(sign) != std::string::npos; });
}

std::string_view label(SmtpResult result) { return kLabels[static_cast<std::size_t>(result)]; }

SmtpOutcome classify(SmtpSessionEnd end) {
  const auto with = [&](SmtpResult result, std::string reason) {
    return SmtpOutcome{result, std::move(end.reply), std::move(reason)};
  };
  if (end.ending == SmtpEnding::done) return with(SmtpResult::accepted, "");
  if (end.ending == SmtpEnding::answered) return with(judge(end.phase, end.reply), sentence(end.reply));
  if (end.ending == SmtpEnding::no_login) return with(SmtpResult::auth_failed, std::move(end.reason));
  if (end.body_sent) return with(SmtpResult::unknown, std::move(end.reason));
  if (end.ending == SmtpEnding::timeout && end.phase == SmtpPhase::auth)
    return with(SmtpResult::auth_suspect, "no answer to the password: is it right? " + end.reason);
  return with(SmtpResult::not_sent, std::move(end.reason));
}

bool add_line(SmtpReply& reply, std::string_view line) {
  line = trim(line);
  int code = 0;
  auto digits = line.substr(0, 3);
  auto [end, error] = std::from_chars(digits.begin(), digits.end(), code);
  if (digits.size() < 3 || error != std::errc() || end != digits.end()) return false;
  if (reply.code != code) reply = {code, "", ""};
  bool last = line.size() == 3 || line[3] != '-';
  line.remove_prefix(std::min<std::size_t>(line.size(), 4));
  if (auto enhanced = enhanced_code(line); !enhanced.empty()) {
    reply.enhanced = enhanced;
    line.remove_prefix(enhanced.size());
  }
  if (!reply.text.empty()) reply.text += ' ';
  reply.text += trim(line);
  return last;
}

}  // namespace rb::mail
