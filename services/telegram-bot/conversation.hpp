#pragma once
// Carries out what people ask for, and answers them. Belongs to the loop's thread.
#include "backend/notifications.hpp"
#include "net/stopping.hpp"
#include "telegram/client.hpp"
#include "texts/texts.hpp"
#include "updates.hpp"

namespace rb::bot {

class Conversation {
 public:
  Conversation(Notifications& notifications, telegram::Client& telegram, net::Stopping& stopping,
               Language language);

  // True: done, or the person has been told to try again. False: what must not be lost (a chat to suspend or
  // to resume) cannot be done now; call again.
  Task<bool> handle(Decision decision);

 private:
  Task<bool> link(Decision decision);
  Task<bool> start(Decision decision);
  Task<bool> suspend(Decision decision);
  Task<bool> resume(Decision decision);

  // Tries again what Telegram asks to repeat; that an answer does not arrive undoes nothing.
  Task<> tell(std::int64_t chat_id, std::string text);
  Task<> tell(const Decision& decision, Text text);
  // In the language that the school knows of them.
  Task<> tell(const Decision& decision, const std::vector<Person>& people, Text text);
  Language language_of(const Decision& decision) const;

  Notifications& notifications_;
  telegram::Client& telegram_;
  net::Stopping& stopping_;
  Language language_;  // of people who have chosen none
};

}  // namespace rb::bot
