#pragma once
// Which paces hold for whom. Telegram: so many a second in all, one a second per chat with a short burst,
// twenty a minute in a group (core.telegram.org/bots/faq). Mail: the great providers, which answer many
// connections and much mail at once with «too many»; they publish no figures, so these are ours. Pure.
#include <functional>
#include <string>

#include "domain/limits.hpp"
#include "time/pace.hpp"

namespace rb::notification {

// Whom an address shares its pace with: the chat alone, or all mailboxes of a provider.
struct Place {
  std::string key;
  Pace pace = {};
};

struct Paces {
  Pace all = {};  // of the whole channel
  std::function<Place(const std::string&)> of;
  bool one_provider = false;  // two places that are refused at the same time: the limit of all was hit
};

Paces telegram_paces(const Limits& limits);
Paces mail_paces();
Paces no_paces();

// Named ones with their pace; another domain is a provider of its own without one.
Place mail_provider(const std::string& address);

}  // namespace rb::notification
