#include "domain/story/reasons.hpp"

#include <algorithm>
#include <array>

namespace rb::notification {
namespace {

struct Wording {
  std::string_view reason, ru, en;
};

constexpr std::array kReasons = std::to_array<Wording>({
    {"no_address", "у получателя нет адреса", "the recipient has no address"},
    {"address_suspended", "адрес получателя отключён", "the recipient's address is suspended"},
    {"blocked_by_preferences", "получатель отключил такие сообщения",
     "the recipient has switched such messages off"},
    {"no_marketing_consent", "получатель не соглашался на рекламу",
     "the recipient has not agreed to marketing"},
    {"consent_withdrawn", "получатель отозвал согласие на уведомления",
     "the recipient has withdrawn consent to notifications"},
    {"channel_not_configured", "ни один канал отправки не настроен", "no channel is configured"},
    {"person_erased", "данные получателя удалены", "the recipient's data has been erased"},
    {"outdated", "событие устарело: уже пришло более новое", "newer news had already come"},
    {"lesson_began", "занятие уже началось", "the lesson had begun already"},
    {"lesson_started", "занятие уже началось", "the lesson had begun already"},
    {"lesson_cancelled", "занятие отменено", "the lesson was cancelled"},
    {"lesson_rescheduled", "занятие перенесено", "the lesson was moved"},
    {"lesson_over", "занятие уже прошло", "the lesson was over"},
    {"quiet_hours", "у получателя тихие часы", "the recipient's quiet hours"},
    {"stale_in_quiet_hours", "пока длились тихие часы, оно устарело",
     "it would be stale by the end of the quiet hours"},
    {"min_interval", "такие сообщения приходят получателю не чаще заданного",
     "the recipient gets such messages no more often than asked for"},
    {"late_for_digest", "сводка уже ушла", "the digest had gone already"},
    {"preferences_changed", "получатель изменил настройки", "the recipient has changed the preferences"},
    {"person_changed", "данные получателя изменились", "the recipient's data have changed"},
    {"consent_changed", "получатель изменил согласия", "the recipient has changed the consents"},
    {"lesson_changed", "занятие изменилось", "the lesson has changed"},
    {"digest", "получатель читает такие сообщения сводкой", "the recipient reads such messages as a digest"},
    {"worker_lost", "сервер, который отправлял, остановился", "the server that was sending it stopped"},
    {"no_answer", "ответа не было, сообщение могло дойти", "there was no answer; it may have arrived"},
    {"retry_asked", "попросили отправить ещё раз", "another try was asked for"},
    {"bulk_paused", "рассылка приостановлена", "the bulk sending is paused"},
    {"bulk_resumed", "рассылка продолжена", "the bulk sending goes on"},
    {"bulk_cancelled", "рассылка отменена", "the bulk sending was cancelled"},
    {"schedule_changed", "изменено тем, кто запланировал", "changed by who has planned it"},
    {"occurrence_missed", "сервис не работал в назначенное время", "the service did not run at its time"},
    {"channel_paused", "канал приостановлен", "the channel is paused"},
});

// What follows the prefix stays as it is.
constexpr std::array kPrefixes = std::to_array<Wording>({
    {"cancelled_by_", "отменено вручную, роль: ", "cancelled by hand, role: "},
    {"instead_of_", "вместо канала ", "in place of "},
    {"earlier_missed:", "пропущено более ранних повторений, пока сервис не работал: ",
     "earlier occurrences left out while the service did not run: "},
    {"in_digest:", "вошло в сводку ", "it is part of the digest "},
    {"channel_refused: ", "канал не принимает наши сообщения: ", "the channel refuses us: "},
    {"template: ", "в шаблоне ошибка: ", "the template has an error: "},
});

}  // namespace

std::string reason_text(std::string_view reason, std::string_view language) {
  auto text = [&](const Wording& w) { return std::string(language == "en" ? w.en : w.ru); };
  const auto* whole = std::ranges::find(kReasons, reason, &Wording::reason);
  if (whole != kReasons.end()) return text(*whole);
  const auto* prefix =
      std::ranges::find_if(kPrefixes, [&](const Wording& w) { return reason.starts_with(w.reason); });
  if (prefix == kPrefixes.end()) return std::string(reason);
  return text(*prefix) + std::string(reason.substr(prefix->reason.size()));
}

}  // namespace rb::notification
