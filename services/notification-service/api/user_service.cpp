#include "api/user_service.hpp"

#include "api/access.hpp"
#include "base/strings.hpp"
#include "domain/person_patch.hpp"
#include "json/json.hpp"
#include "log/log.hpp"
#include "store/people.hpp"

namespace rb::notification {
namespace {

struct UserContacts {
  std::optional<std::string> telegram_id, email, full_name;
};
BOOST_DESCRIBE_STRUCT(UserContacts, (), (telegram_id, email, full_name))
json::Rules rules(const UserContacts*) { return {json::rule("telegram_id").integer_or_text()}; }

Result<UserContacts> read_answer(const Result<http::ClientResponse>& answer) {
  if (!answer) return fail(answer.error());
  if (answer->status == 404) return UserContacts{};
  if (answer->status != 200)
    return fail(Errc::rejected, "the user service answers " + std::to_string(answer->status));
  auto body = json::parse(answer->body);
  if (!body) return fail(std::move(body.error()));
  return json::read<UserContacts>(*body);
}

}  // namespace

Task<Person> ask_user_service(App& app, const http::Request& request, Person person) {
  auto& rt = app.runtime();
  if (auto lives = co_await not_erased(app, person.id); !lives) co_return person;
  http::ClientRequest call;
  call.url = app.settings().notification.user_service_url + "/api/v1/users/" + percent_encode(person.id) +
             "/contacts";
  call.headers.set("X-Request-ID", request.request_id);
  call.ca_file = app.settings().process.tls_ca_file;
  call.deadline = std::chrono::seconds(3);
  call.answer_limit = 64 << 10;
  auto contacts = read_answer(co_await app.client().send(std::move(call)));
  if (!contacts)
    log::warn("the user service does not help",
              {{"user_id", person.id}, {"reason", contacts.error().message}});
  if (!contacts || (!contacts->telegram_id && !contacts->email)) co_return person;
  PersonPatch patch;
  patch.id = person.id;
  patch.telegram = contacts->telegram_id;
  patch.email = contacts->email;
  patch.full_name = contacts->full_name;
  auto found = patched(std::move(person), patch);
  co_await rt.database.transaction([&rt, &found](db::Transaction& tx) -> Task<> {
    Directory directory;
    directory.add(found);
    save_people(tx, directory, {found.id}, rt.clock.now());
    co_return;
  });
  co_return found;
}

}  // namespace rb::notification
