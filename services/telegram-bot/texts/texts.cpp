#include "texts/texts.hpp"

#include <utility>

#include "base/strings.hpp"

namespace rb::bot {
namespace {

struct Both {
  std::string_view ru, en;
  std::string_view in(Language language) const { return language == Language::ru ? ru : en; }
};

constexpr Both both(Text text) {
  switch (text) {
    case Text::link_over:
      return {
          "Эта ссылка больше не действует: она одноразовая и работает сутки. Попросите новую у преподавателя "
          "или в школе.",
          "This link no longer works: it is for one use, within a day. Please ask the tutor or the school "
          "for a new one."};
    case Text::link_unknown:
      return {
          "Такой ссылки нет. Проверьте, что она открыта целиком, или попросите новую у преподавателя или в "
          "школе.",
          "There is no such link. Please check that you have opened all of it, or ask the tutor or the "
          "school for a new one."};
    case Text::try_later:
      return {
          "Сейчас это не получается: сервис школы не отвечает. Попробуйте, пожалуйста, ещё раз через минуту.",
          "This does not work right now: the school's service does not answer. Please try again in a "
          "minute."};
    case Text::welcome:
      return {
          "Здравствуйте! Здесь приходят уведомления о занятиях.\n\nЧтобы подключить этот чат, откройте "
          "личную ссылку: её даёт преподаватель или школа.",
          "Hello! This is where notifications about lessons arrive.\n\nTo connect this chat, open your "
          "personal link: the tutor or the school gives it to you."};
    case Text::resumed:
      return {"Уведомления включены. 🔔\n\nОтключить: /stop",
              "Notifications are on. 🔔\n\nTo switch them off: /stop"};
    case Text::stopped:
      return {"Уведомления в этот чат отключены. 🔕\n\nВключить снова: /start",
              "Notifications to this chat are off. 🔕\n\nTo switch them on again: /start"};
    case Text::not_connected:
      return {"Этот чат ни с кем не связан, и уведомления сюда не приходят.\n\nКак его подключить: /start",
              "This chat is not connected with anybody, so no notifications come here.\n\nHow to connect it: "
              "/start"};
    case Text::help:
      return {
          "Здесь приходят уведомления о занятиях, заданиях и оплате.\n\n/start — включить уведомления\n/stop "
          "— отключить уведомления\n/help — эта справка\n\nНовый чат подключает личная ссылка: её даёт "
          "преподаватель или школа.",
          "This is where notifications about lessons, homework and payments arrive.\n\n/start — switch "
          "notifications on\n/stop — switch notifications off\n/help — this help\n\nA new chat is connected "
          "by a personal link: the tutor or the school gives it to you."};
    case Text::hint:
      return {"Здесь понятны только команды. Список: /help",
              "Only commands are understood here. The list: /help"};
    case Text::private_only:
      return {"Бот отвечает только в личном чате.", "This bot answers in a private chat only."};
    case Text::old_button:
      return {"Эта кнопка больше не работает.", "This button no longer works."};
  }
  std::unreachable();
}

}  // namespace

Language language_of(std::string_view tag, Language otherwise) {
  auto primary = ascii_lower(tag.substr(0, tag.find_first_of("-_")));
  if (primary == "ru") return Language::ru;
  if (primary == "en") return Language::en;
  return otherwise;
}

std::string_view say(Text text, Language language) { return both(text).in(language); }

std::string say_linked(std::string_view first_name, Language language) {
  constexpr Both kDone{"Готово", "Done"};
  constexpr Both kRest{
      "! Уведомления о занятиях теперь приходят в этот чат. 🔔\n\n/stop — отключить, /help — все команды",
      "! Notifications about lessons now arrive in this chat. 🔔\n\n/stop — switch off, /help — all "
      "commands"};
  std::string out(kDone.in(language));
  if (!first_name.empty()) out.append(", ").append(first_name);
  return out.append(kRest.in(language));
}

std::array<Command, 3> commands(Language language) {
  constexpr Both kStart{"Включить уведомления", "Switch notifications on"};
  constexpr Both kStop{"Отключить уведомления", "Switch notifications off"};
  constexpr Both kHelp{"Что умеет бот", "What this bot can do"};
  return {{{"start", kStart.in(language)}, {"stop", kStop.in(language)}, {"help", kHelp.in(language)}}};
}

}  // namespace rb::bot
