#include "api/contacts.hpp"

#include <algorithm>
#include <set>

#include "api/access.hpp"
#include "api/paging.hpp"
#include "channels/webhook.hpp"
#include "store/people.hpp"

namespace rb::notification {
namespace {

// An address given as null is taken away; one that is not mentioned stays.
std::optional<std::string> address_in(const json::value& body, const char* name,
                                      const std::optional<std::string>& value) {
  const auto* object = body.if_object();
  const auto* given = object != nullptr ? object->if_contains(name) : nullptr;
  return given != nullptr && given->is_null() ? std::optional<std::string>("") : value;
}

Result<void> check(const ContactChange& in, bool production) {
  if (in.timezone && !Zone::find(*in.timezone)) return invalid("timezone", "is not a time zone");
  if (!in.webhook_url || in.webhook_url->empty()) return {};
  auto fits = check_webhook_url(*in.webhook_url, production);
  return fits ? fits : invalid_sentence("webhook_url", fits.error().message);
}

// `body` is what `in` was read from.
Result<PersonPatch> patch_from(App& app, const ContactChange& in, const json::value& body) {
  if (auto right = check(in, app.settings().process.production); !right)
    return fail(std::move(right.error()));
  PersonPatch out;
  out.id = in.user_id;
  out.full_name = in.full_name;
  out.roles = in.roles;
  out.language = in.language;
  out.address_form = in.address_form;
  out.timezone = in.timezone;
  out.minor = in.is_minor;
  out.children = in.children_ids;
  out.parents = in.parent_ids;
  out.tutors = in.tutor_ids;
  out.telegram = address_in(body, "telegram_id", in.telegram_id);
  out.email = address_in(body, "email", in.email);
  out.webhook = address_in(body, "webhook_url", in.webhook_url);
  return out;
}

void add_people_of(const PersonPatch& patch, std::set<std::string>& ids) {
  ids.insert(patch.id);
  for (const auto& list : {patch.children, patch.parents, patch.tutors})
    if (list) ids.insert(list->begin(), list->end());
}

// Everything that is written in one transaction, and what could not be.
struct PeopleWriting {
  std::vector<Result<PersonPatch>> patches;
  std::vector<std::optional<Error>> problems;  // one per patch
  Directory directory;
  std::set<std::string> changed;
  std::vector<std::pair<std::string, Channel>> removed;  // addresses

  std::vector<std::string> ids() const {
    std::set<std::string> out;
    for (const auto& patch : patches)
      if (patch) add_people_of(*patch, out);
    return {out.begin(), out.end()};
  }
};

std::optional<Error> apply(PeopleWriting& work, const http::Caller& who, const Result<PersonPatch>& patch,
                           const std::vector<std::string>& erased) {
  auto& directory = work.directory;
  if (!patch) return patch.error();
  if (std::ranges::find(erased, patch->id) != erased.end())
    return Error{Errc::conflict, "user " + patch->id + " has been erased", {}};
  auto before = directory.at(patch->id);
  if (auto allowed = may_patch(who, before, *patch, directory); !allowed) return allowed.error();
  auto after = patched(before, *patch);
  directory.add(after);
  work.changed.insert(after.id);
  for (auto channel : removed_channels(before, after)) work.removed.emplace_back(after.id, channel);
  for (auto& id : connect(directory, before, after)) work.changed.insert(std::move(id));
  return std::nullopt;
}

Task<> write(App& app, const http::Caller& who, PeopleWriting& work) {
  auto& rt = app.runtime();
  co_await rt.database.transaction([&](db::Transaction& tx) -> Task<> {
    work.problems.clear();  // the body may run again
    work.changed.clear();
    work.removed.clear();
    auto ids = work.ids();
    auto erased = co_await erased_ids(reading(tx), rt.rules.secret, ids);
    work.directory = co_await load_people(reading(tx), std::move(ids), true);
    for (const auto& patch : work.patches) work.problems.push_back(apply(work, who, patch, erased));
    for (const auto& [id, channel] : work.removed) remove_address(tx, id, channel);
    save_people(tx, work.directory, {work.changed.begin(), work.changed.end()}, rt.clock.now());
  });
}

Result<PersonPatch> read_item(App& app, const json::value& item) {
  auto change = json::read<ContactChange>(item);
  if (!change) return fail(std::move(change.error()));
  return patch_from(app, *change, item);
}

bool may_see_secret(const http::Caller& who, const std::string& user_id) {
  return who.subject == user_id || who.has_role("admin");
}

}  // namespace

Task<Result<Contact>> get_contact(App& app, const http::Request& request, ContactPath in) {
  auto known = co_await person_for(app, request, Action::contact, in.user_id);
  if (!known) co_return fail(std::move(known.error()));
  if (!known->person.known && known->person.addresses.empty())
    co_return fail(Errc::not_found, "nobody is known as user " + in.user_id);
  co_return contact_of(known->person);
}

Task<Result<Contact>> put_contact(App& app, const http::Request& request, ContactChange in) {
  PeopleWriting work;
  auto body = request.json();
  work.patches.push_back(patch_from(app, in, body ? *body : json::value()));
  co_await write(app, request.who(), work);
  if (work.problems.front()) co_return fail(std::move(*work.problems.front()));
  auto out = contact_of(work.directory.at(in.user_id));
  bool set = in.webhook_url && !in.webhook_url->empty();
  if (set && may_see_secret(request.who(), in.user_id))
    out.webhook_secret = webhook_secret(app.runtime().rules.secret, in.user_id, *in.webhook_url);
  co_return out;
}

Task<Result<ImportAnswer>> import_contacts(App& app, const http::Request& request, ImportRequest in) {
  PeopleWriting work;
  for (const auto& item : in.contacts) work.patches.push_back(read_item(app, item));
  co_await write(app, request.who(), work);
  ImportAnswer out;
  for (int i = 0; const auto& problem : work.problems) {
    if (problem) out.errors.push_back({i, problem->message});
    out.imported += !problem;
    ++i;
  }
  co_return out;
}

}  // namespace rb::notification
