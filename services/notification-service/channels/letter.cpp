#include "channels/letter.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/strings.hpp"
#include "json/format.hpp"
#include "log/log.hpp"
#include "telegram/html.hpp"

namespace rb::notification {
namespace {

bool opens_safely(std::string_view address) {
  return std::ranges::any_of(std::array<std::string_view, 4>{"https://", "http://", "mailto:", "tg:"},
                             [&](auto scheme) { return iequals(address.substr(0, scheme.size()), scheme); });
}

// In the normal form of Telegram's HTML a `<` begins a tag and nothing else.
std::string without_bad_links(std::string html) {
  for (auto at = html.find(telegram::kLinkBegins); at != std::string::npos;
       at = html.find(telegram::kLinkBegins, at + 1)) {
    auto begin = at + telegram::kLinkBegins.size();
    auto end = html.find('"', begin);
    if (!opens_safely(std::string_view(html).substr(begin, end - begin)))
      html.erase(at + 2, end + 1 - at - 2);
  }
  return html;
}

// Telegram's own elements mean nothing to a browser; what stands inside them stays.
std::string without_telegram_tags(std::string html) {
  for (std::string_view begins : {"<tg-", "</tg-"})
    for (auto at = html.find(begins); at != std::string::npos; at = html.find(begins, at))
      html.erase(at, html.find('>', at) + 1 - at);
  return html;
}

}  // namespace

boost::json::value id_value(const std::string& id) {
  if (json::plain_integer(id)) return std::stoll(id);
  return boost::json::value(id);
}

Letter letter_of(const Message& message) {
  Letter out;
  out.message_id = message.id;
  out.user_id = message.user_id;
  out.type = message.type;
  out.created = message.created;
  out.to = message.recipient_address;
  out.about["priority"] = to_string(message.priority);
  for (const auto& [name, id] :
       {std::pair("event_id", &message.event_id), std::pair("lesson_id", &message.lesson_id),
        std::pair("student_id", &message.student_id)})
    if (!id->empty()) out.about[name] = id_value(*id);
  if (!message.correlation_id.empty()) out.about["correlation_id"] = message.correlation_id;
  return out;
}

std::string file_path(const Letter& letter, std::size_t n) {
  return "/api/v1/inbox/" + letter.message_id + "/attachments/" + std::to_string(n);
}

boost::json::array file_list(const Letter& letter) {
  boost::json::array out;
  for (std::size_t n = 0; const auto& file : letter.files)
    out.push_back({{"n", ++n},
                   {"filename", file.filename},
                   {"content_type", file.content_type},
                   {"size", file.bytes.size()}});
  return out;
}

telegram::Html valid_html(const Letter& letter) {
  auto html = telegram::Html::parse(letter.html);
  if (html) return *html;
  log::warn("notification text has broken markup and goes out plain",
            {{"notification_id", letter.message_id}, {"reason", html.error().message}});
  return telegram::Html::of_text(telegram::strip_tags(letter.html));
}

std::string safe_html(const Letter& letter) {
  auto html = without_telegram_tags(without_bad_links(valid_html(letter).html()));
  html = replace_all(html, "\n", "<br>");
  return replace_all(html, "</blockquote><br>", "</blockquote>");
}

}  // namespace rb::notification
