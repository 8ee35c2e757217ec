#include "domain/paces.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/strings.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;

struct Provider {
  std::string_view name, domains;
  Pace pace;
};

// As many connections as `most`, and one mail more every `span`.
constexpr std::array kProviders = {
    Provider{"gmail", " gmail.com googlemail.com ", {4, 200ms, Pace::Kind::bucket}},
    Provider{"yandex",
             " yandex.ru ya.ru yandex.com yandex.by yandex.kz narod.ru ",
             {2, 300ms, Pace::Kind::bucket}},
    Provider{
        "mail.ru", " mail.ru inbox.ru list.ru bk.ru internet.ru xmail.ru ", {2, 300ms, Pace::Kind::bucket}},
};

Pace in_all(double per_second) {
  if (per_second <= 0) return {};
  if (per_second >= 1) return {static_cast<int>(per_second), 1s};
  return {1, Micros(static_cast<std::int64_t>(std::ceil(1e6 / per_second)))};
}

bool is_group(const std::string& chat) { return chat.starts_with('-'); }

}  // namespace

Paces telegram_paces(const Limits& limits) {
  Pace group{static_cast<int>(limits.group_per_minute), 1min};
  Pace chat{static_cast<int>(limits.chat_burst), 1s, Pace::Kind::bucket};
  if (!chat.limits()) group = {};
  auto of = [chat, group](const std::string& id) { return Place{id, is_group(id) ? group : chat}; };
  return {in_all(limits.per_second), of, true};
}

Paces mail_paces() { return {{}, &mail_provider, false}; }

Paces no_paces() {
  return {{}, [](const std::string& address) { return Place{address}; }, false};
}

Place mail_provider(const std::string& address) {
  auto at = address.rfind('@');
  auto domain = ascii_lower(at == std::string::npos ? address : address.substr(at + 1));
  for (const auto& provider : kProviders)
    if (provider.domains.contains(" " + domain + " ")) return {std::string(provider.name), provider.pace};
  return {domain};
}

}  // namespace rb::notification
