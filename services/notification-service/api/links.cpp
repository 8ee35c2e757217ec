#include "api/links.hpp"

#include "api/access.hpp"
#include "api/qr.hpp"
#include "store/people.hpp"

namespace rb::notification {
namespace {

constexpr auto kLinkLife = std::chrono::hours(24);

LinkedPerson linked(const Person& person) {
  return {person.id,       person.full_name,    person.first_name(),
          person.language, person.address_form, person.roles};
}

std::string hint_for(bool russian, bool has_url, const std::string& token) {
  if (has_url && russian) return "Откройте ссылку в Telegram и нажмите «Начать».";
  if (has_url) return "Open the link in Telegram and press Start.";
  return (russian ? "Отправьте боту школы сообщение: /start " : "Send this to the school's bot: /start ") +
         token;
}

enum class ChatState { suspend, resume };

Task<Result<ChatAnswer>> change_chat(App& app, ChatChange in, ChatState change) {
  auto& rt = app.runtime();
  co_await rt.database.transaction([&](db::Transaction& tx) -> Task<> {
    if (change == ChatState::suspend) {
      suspend_address(tx, Channel::telegram, in.chat_id, in.reason, rt.clock.now());
    } else {
      resume_address(tx, Channel::telegram, in.chat_id, rt.clock.now());
    }
    co_return;
  });
  ChatAnswer out{in.chat_id, {}};
  auto ids = co_await people_at(reading(rt.database), Channel::telegram, in.chat_id);
  auto directory = co_await load_people(reading(rt.database), ids, false);
  for (const auto& id : ids) out.people.push_back(linked(directory.at(id)));
  co_return out;
}

}  // namespace

json::Rules rules(const LinkAnswer*) { return {json::rule("user_id").integer_or_text()}; }
json::Rules rules(const LinkedPerson*) { return {json::rule("user_id").integer_or_text()}; }
json::Rules rules(const ChatAnswer*) { return {json::rule("chat_id").integer_or_text()}; }

json::Rules rules(const UseLinkRequest*) {
  return {json::rule("token").length(1, 128), json::rule("chat_id").integer_or_text().length(1, 20)};
}

json::Rules rules(const ChatChange*) {
  return {json::rule("chat_id").integer_or_text().length(1, 20),
          json::rule("reason").defaulted().length(1, 100).doc("blocked, stopped")};
}

Task<Result<LinkAnswer>> make_link(App& app, const http::Request& request, ContactPath in) {
  auto known = co_await person_for(app, request, Action::contact, in.user_id);
  if (!known) co_return fail(std::move(known.error()));
  if (auto lives = co_await not_erased(app, in.user_id); !lives) co_return fail(std::move(lives.error()));
  auto& rt = app.runtime();
  LinkAnswer out;
  out.user_id = in.user_id;
  out.token = auth::random_token();
  out.expires_at = rt.clock.now() + kLinkLife;
  co_await rt.database.transaction([&out](db::Transaction& tx) -> Task<> {
    add_link_token(tx, out.token, out.user_id, out.expires_at);
    co_return;
  });
  if (!app.bot_name().empty()) {
    out.url = "https://t.me/" + app.bot_name() + "?start=" + out.token;
    out.qr_svg = qr_svg(*out.url);
  }
  out.hint = hint_for(known->person.language == "ru", out.url.has_value(), out.token);
  co_return out;
}

Task<Result<LinkedPerson>> use_link(App& app, UseLinkRequest in) {
  auto& rt = app.runtime();
  Result<std::string> user = fail(Errc::not_found, "");
  co_await rt.database.transaction([&](db::Transaction& tx) -> Task<> {
    user = co_await use_link_token(tx, in.token, in.chat_id, rt.clock.now());
    if (user) connect_address(tx, *user, Channel::telegram, in.chat_id, rt.clock.now());
  });
  if (!user) co_return fail(std::move(user.error()));
  auto directory = co_await load_people(reading(rt.database), {*user}, false);
  co_return linked(directory.at(*user));
}

Task<Result<ChatAnswer>> suspend_chat(App& app, ChatChange in) {
  return change_chat(app, std::move(in), ChatState::suspend);
}

Task<Result<ChatAnswer>> resume_chat(App& app, ChatChange in) {
  return change_chat(app, std::move(in), ChatState::resume);
}

}  // namespace rb::notification
