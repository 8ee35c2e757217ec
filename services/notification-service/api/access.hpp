#pragma once
// The person a call is about: loaded, the caller's right checked, reading of a child's data logged.
#include "api/app.hpp"
#include "api/rights.hpp"

namespace rb::notification {

struct Known {
  Directory directory;  // the person and their relatives
  Person person;
};

// Someone unknown is looked up at USER_SERVICE_URL. Errc::forbidden: the caller has not the right.
Task<Result<Known>> person_for(App& app, const http::Request& request, Action action, std::string user_id);

// The right alone, for people who are loaded already.
Result<void> permit(const http::Request& request, Action action, const Person& about,
                    const Directory& directory);

// Errc::conflict when the person has been erased: nothing brings them back.
Task<Result<void>> not_erased(App& app, std::string user_id);

}  // namespace rb::notification
