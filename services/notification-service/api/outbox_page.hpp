#pragma once
// The outbox page as HTML: letters as their recipients would see them. Pure; templates and texts stand in
// web/outbox.
#include <string>
#include <vector>

#include "http/message.hpp"
#include "jinja/jinja.hpp"
#include "store/letters.hpp"

namespace rb::notification {

struct OutboxView {
  std::string language = "ru";  // ru or en
  std::optional<Channel> channel;
  std::string person;  // "": everyone
};

struct OutboxContent {
  std::vector<KeptLetter> letters;  // newest first
  std::vector<LetterReader> people;
  bool more = false;  // older letters exist
  bool live = true;   // the newest letters: the page grows at its top
  Time now;
};

class OutboxPage {
 public:
  OutboxPage();
  std::string page(const OutboxView& view, const OutboxContent& content) const;
  std::string letter(const OutboxView& view, const KeptLetter& letter) const;  // one card

 private:
  std::string render(std::string_view file, const boost::json::object& context) const;
  jinja::Environment environment_;
};

// A file that the page loads: "outbox.css"; nullopt: none.
std::optional<std::string_view> outbox_asset(std::string_view name);

// Telegram's HTML as a browser may show it: always valid, and its links lead to web pages only.
std::string browser_html(std::string_view telegram_html);

}  // namespace rb::notification
