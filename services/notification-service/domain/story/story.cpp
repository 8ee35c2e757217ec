#include "domain/story/story.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/recipients.hpp"
#include "domain/story/reasons.hpp"
#include "domain/wording/format.hpp"
#include "jinja/moments.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

class Teller {
 public:
  explicit Teller(const Listener& to) : to_(to) {}

  std::string_view say(std::string_view ru, std::string_view en) const {
    return to_.language == "en" ? en : ru;
  }
  std::string reason(std::string_view code) const { return reason_text(code, to_.language); }

  // «завтра, 16 сентября, 17:05»
  std::string when(Time time) const {
    auto day = format_day(format_iso(time), to_.zone, to_.now, to_.language).value_or(format_iso(time));
    return day + ", " + jinja::format_moment(time, to_.zone, "%H:%M", to_.language);
  }

  std::string origin(const Message& m) const {
    if (m.event_id.empty()) return std::string(say("Сообщение создано по запросу.", "Asked for by a call."));
    return fmt::format(fmt::runtime(say("Пришло событие {} от {}.", "Event {} came from {}.")), m.event_id,
                       m.event_source);
  }

  std::string state(const StateChange& s, const Message& m) const {
    if (s.status == "scheduled")
      return fmt::format(fmt::runtime(say("Запланировано на {}.", "Planned for {}.")), when(m.due));
    if (s.status == "pending" && s.reason.empty())
      return std::string(
          say("Пришло время: передано на отправку.", "Its time has come: handed to delivery."));
    bool first = s.status == "pending" && s.reason.starts_with("in_digest:");
    auto what = first ? say("Ждёт отправки", "Waits for delivery") : title(s.status);
    return fmt::format("{}: {}.", what, reason(s.reason));
  }

  std::string attempt(const Attempt& a) const {
    auto channel = to_string(a.channel);
    if (a.outcome == "delivered" || a.outcome == "sent") return accepted(a);
    auto text = fmt::format(fmt::runtime(say("Попытка {}, {}: {}", "Try {}, {}: {}")), a.number, channel,
                            trouble(a.outcome));
    return a.detail.empty() ? text + "." : fmt::format("{} ({}).", text, reason(a.detail));
  }

  std::string waits(const Message& m) const {
    return fmt::format(fmt::runtime(say("Ждёт до: {}.", "It waits until: {}.")), when(m.due));
  }

  std::string next(const Message& m) const {
    return fmt::format(fmt::runtime(say("Следующая попытка: {}.", "The next try: {}.")), when(m.due));
  }

 private:
  std::string_view title(std::string_view status) const {
    if (status == "deferred") return say("Отложено", "Put off");
    if (status == "delivered") return say("Доставлено", "Delivered");
    if (status == "sent") return say("Отправлено", "Sent");
    if (status == "pending") return say("Снова ждёт отправки", "Waits for delivery again");
    if (status == "suppressed") return say("Не отправлено", "Not sent");
    if (status == "cancelled") return say("Отменено", "Taken back");
    if (status == "failed") return say("Не удалось отправить", "Could not be sent");
    if (status == "unknown") return say("Неизвестно, дошло ли", "It is not known whether it arrived");
    return status;
  }

  std::string accepted(const Attempt& a) const {
    if (a.channel == Channel::inbox)
      return std::string(say("Лежит во входящих получателя.", "It is in the recipient's inbox."));
    if (a.outcome == "sent")
      return std::string(say("Почтовый сервер принял письмо.", "The mail server has accepted it."));
    return fmt::format(fmt::runtime(say("Доставлено: {}.", "Delivered: {}.")), to_string(a.channel));
  }

  std::string_view trouble(std::string_view outcome) const {
    if (outcome == "unknown")
      return say("ответа не было, сообщение могло дойти", "no answer; it may have arrived");
    if (outcome == "address_bad")
      return say("по этому адресу никого нет", "nobody is reached at this address");
    if (outcome == "message_bad") return say("сообщение не принято", "the message was refused");
    if (outcome == "channel_bad") return say("канал не принимает наши сообщения", "the channel refuses us");
    if (outcome == "interrupted") return say("прервана", "interrupted");
    return say("не вышло", "did not work");
  }

  const Listener& to_;
};

}  // namespace

std::vector<StoryLine> story(const Message& message, const std::vector<Attempt>& attempts,
                             const std::vector<StateChange>& states, const Listener& to) {
  Teller teller(to);
  std::vector<StoryLine> out = {{message.created, teller.origin(message)}};
  auto add = [&](Time at, std::string text) {  // behind those of the same moment
    out.insert(std::ranges::upper_bound(out, at, {}, &StoryLine::at), {at, std::move(text)});
  };
  for (const auto& s : states) add(s.at, teller.state(s, message));
  for (const auto& a : attempts) add(a.finished, teller.attempt(a));
  bool again = message.attempts > 0 && (message.status == "pending" || message.status == "unknown");
  if (again && message.due > to.now) out.push_back({to.now, teller.next(message)});
  if (message.status == "deferred" && message.due > to.now) out.push_back({to.now, teller.waits(message)});
  return out;
}

std::string why_nothing(const events::Event& event, const Lesson* lesson, const Directory& directory,
                        const std::string& user_id, std::string_view language) {
  auto say = [&](std::string_view ru, std::string_view en) {
    return std::string(language == "en" ? en : ru);
  };
  if (event.flag("silent"))
    return say("Событие просит никому не сообщать.", "The event asks to tell nobody.");
  auto told = recipients(event, lesson, directory);
  if (std::ranges::find(told, user_id, &Recipient::user_id) != told.end())
    return say("Тогда этот человек не был связан с событием: сейчас ему бы сообщили.",
               "At that time the person had nothing to do with it: now they would be told.");
  if (told.empty())
    return fmt::format(fmt::runtime(say("О событии {} никому не сообщают.", "Nobody is told of {}.")),
                       event.type);
  const auto& person = directory.at(user_id);
  if (!person.known) return say("Такого человека здесь не знают.", "Nobody is known here by this id.");
  return say("Событие не об этом человеке и не о его детях.",
             "The event is about neither the person nor their children.");
}

}  // namespace rb::notification
