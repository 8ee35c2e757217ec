#include "api/contacts.hpp"

#include <algorithm>
#include <set>

#include "api/access.hpp"
#include "api/paging.hpp"
#include "store/people.hpp"

namespace rb::notification {
namespace {

Result<PersonPatch> patch_from(const ContactChange& in) {
  if (in.timezone && !Zone::find(*in.timezone)) return invalid("timezone", "is not a time zone");
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
  out.telegram = in.telegram_id;
  out.email = in.email;
  return out;
}

void add_people_of(const PersonPatch& patch, std::set<std::string>& ids) {
  ids.insert(patch.id);
  for (const auto& list : {patch.children, patch.parents, patch.tutors})
    if (list) ids.insert(list->begin(), list->end());
}

// Everything that is written in one transaction, and what could not be.
struct Writing {
  std::vector<Result<PersonPatch>> patches;
  std::vector<std::optional<Error>> problems;  // one per patch
  Directory directory;

  std::vector<std::string> ids() const {
    std::set<std::string> out;
    for (const auto& patch : patches)
      if (patch) add_people_of(*patch, out);
    return {out.begin(), out.end()};
  }
};

std::optional<Error> apply(Directory& directory, const http::Caller& who, const Result<PersonPatch>& patch,
                           const std::vector<std::string>& erased, std::set<std::string>& changed) {
  if (!patch) return patch.error();
  if (std::ranges::find(erased, patch->id) != erased.end())
    return Error{Errc::conflict, "user " + patch->id + " has been erased", {}};
  auto before = directory.at(patch->id);
  if (auto allowed = may_patch(who, before, *patch, directory); !allowed) return allowed.error();
  auto after = patched(before, *patch);
  directory.add(after);
  changed.insert(after.id);
  for (auto& id : connect(directory, before, after)) changed.insert(std::move(id));
  return std::nullopt;
}

Task<> write(App& app, const http::Caller& who, Writing& work) {
  auto& rt = app.runtime();
  co_await rt.database.transaction([&](db::Transaction& tx) -> Task<> {
    work.problems.clear();  // the body may run again
    auto ids = work.ids();
    auto erased = co_await erased_ids(reading(tx), rt.rules.secret, ids);
    work.directory = co_await load_people(reading(tx), std::move(ids), true);
    std::set<std::string> changed;
    for (const auto& patch : work.patches)
      work.problems.push_back(apply(work.directory, who, patch, erased, changed));
    save_people(tx, work.directory, {changed.begin(), changed.end()}, rt.clock.now());
  });
}

Result<PersonPatch> read_item(const json::value& item) {
  auto change = json::read<ContactChange>(item);
  if (!change) return fail(std::move(change.error()));
  return patch_from(*change);
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
  Writing work;
  work.patches.push_back(patch_from(in));
  co_await write(app, request.who(), work);
  if (work.problems.front()) co_return fail(std::move(*work.problems.front()));
  co_return contact_of(work.directory.at(in.user_id));
}

Task<Result<ImportAnswer>> import_contacts(App& app, const http::Request& request, ImportRequest in) {
  Writing work;
  for (const auto& item : in.contacts) work.patches.push_back(read_item(item));
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
