#pragma once
// Who may do what with whom. Source: the contract's table of rights. Pure.
#include "base/error.hpp"
#include "domain/lesson.hpp"
#include "domain/person_patch.hpp"
#include "http/message.hpp"

namespace rb::notification {

enum class Action {
  contact,       // read contacts, link a chat
  send,          // send, retry, cancel
  read,          // preferences, history, single messages
  read_lessons,  // history and single messages, as far as they are about lessons
  change,        // preferences
};

// `directory` holds `about` and their relatives, whole.
bool may(const http::Caller& who, Action action, const Person& about, const Directory& directory);

// Whether the caller may write down what the patch says about `before`. Nobody but admins and services gives
// people roles of staff or makes strangers relatives, because rights follow from both.
Result<void> may_patch(const http::Caller& who, const Person& before, const PersonPatch& patch,
                       const Directory& directory);

// Why an event is not the caller's to publish; "" when it is. `lesson` is what is known of its lesson, or
// nullptr.
std::string foreign(const http::Caller& who, const events::Event& event, const Lesson* lesson,
                    const Directory& directory);

// The whole school is open to these.
bool is_staff(const http::Caller& who);

// Reading of this person's data is written down.
bool is_child(const Person& person);

}  // namespace rb::notification
