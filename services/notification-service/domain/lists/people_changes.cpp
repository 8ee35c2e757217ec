#include "domain/lists/people_changes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.hpp"

namespace rb::notification::lists {
namespace {

namespace bj = boost::json;

std::string key_of(const PersonRow& row) {
  return row_key_of(row.id.empty() ? "name\n" + name_key(row.name) : "id\n" + row.id);
}

bool shares_a_role(const Named& person, const PersonRow& row) {
  return person.roles.empty() || std::ranges::find_first_of(person.roles, row.roles) != person.roles.end();
}

bool same_set(const bj::value& value, std::vector<std::string> have) {
  std::vector<std::string> said;
  for (const auto& item : value.as_array()) said.emplace_back(item.as_string());
  std::ranges::sort(said);
  std::ranges::sort(have);
  return said == have;
}

std::string address_of(const Person& person, Channel channel) {
  const auto* address = person.address(channel);
  return address == nullptr ? "" : address->value;
}

// Whether that is what is known of a person anyway.
bool is_so(const Person& person, std::string_view field, const bj::value& value, Time now) {
  auto roles = [&] {
    std::vector<std::string> out;
    for (auto role : person.roles) out.emplace_back(to_string(role));
    return out;
  };
  auto is = [&](const std::string& text) { return value.as_string() == text; };
  if (field == "full_name") return is(person.full_name);
  if (field == "language") return is(person.language);
  if (field == "timezone") return is(person.timezone);
  if (field == "address_form") return is(person.address_form);
  if (field == "email") return is(address_of(person, Channel::email));
  if (field == "telegram_id") return is(address_of(person, Channel::telegram));
  if (field == "roles") return same_set(value, roles());
  if (field == "children_ids") return same_set(value, person.children);
  if (field == "tutor_ids") return same_set(value, person.tutors);
  if (field != "birth_year") return false;
  return person.minor == (year_of(now) - value.as_int64() < 18);
}

class PeoplePlanning {
 public:
  PeoplePlanning(const Known& known, const Options& options, Problems& problems)
      : known_(known), options_(options), problems_(problems) {
    out_.directory = known.directory;
    for (const auto& id : known.visible) {
      const auto& person = known.directory.at(id);
      if (person.known) out_.names.add({id, person.full_name, person.roles});
    }
  }

  PeopleChanges plan(const std::vector<PersonRow>& rows) {
    out_.rows = static_cast<int>(rows.size());
    std::vector<std::pair<const PersonRow*, std::string>> named;
    for (const auto& row : rows)
      if (auto id = id_of(row); !id.empty()) named.emplace_back(&row, std::move(id));
    for (const auto& [row, id] : named) out_.names.add({id, row->name, row->roles});
    tutors_ = out_.names.with_role(Audience::tutor);
    // Those on whom others depend come first: rights and relations follow from them.
    std::ranges::sort(named, {},
                      [](const auto& pair) { return std::pair(rank(*pair.first), pair.first->line); });
    for (const auto& [row, id] : named) take(*row, id);
    return std::move(out_);
  }

 private:
  static int rank(const PersonRow& row) {
    for (int place = 0; auto role : {Audience::tutor, Audience::admin, Audience::student}) {
      if (std::ranges::find(row.roles, role) != row.roles.end()) return place;
      ++place;
    }
    return 3;
  }

  void wrong(const PersonRow& row, std::string reason) {
    problems_.push_back({"people", row.line, "", std::move(reason)});
  }

  // "" after a problem.
  std::string id_of(const PersonRow& row) {
    auto id = row.id;
    auto remembered = known_.people.find(key_of(row));
    if (id.empty() && remembered != known_.people.end()) id = remembered->second.user_id;
    if (id.empty()) id = id_by_name(row);
    if (id.empty()) return id;
    auto [other, fresh] = lines_.emplace(id, row.line);
    if (fresh) return id;
    wrong(row, fmt::format(
                   "это тот же человек, что в строке {0}; тёзкам нужен столбец id, а несколько ролей пишут в "
                   "одной ячейке · the same person as in line {0}; namesakes need a column id, several roles "
                   "stand in one cell",
                   other->second));
    return {};
  }

  std::string id_by_name(const PersonRow& row) {
    auto own = person_id_of(row.name);
    auto namesakes = out_.names.called(row.name);
    bool is_own = std::ranges::any_of(namesakes, [&](const Named* one) { return one->id == own; });
    if (is_own || namesakes.empty()) return own;
    if (namesakes.size() == 1 && shares_a_role(*namesakes.front(), row)) return namesakes.front()->id;
    wrong(row,
          fmt::format(
              "так уже зовут: {0}; напишите id, чтобы было ясно, кто это · known by this name: {0}; write "
              "an id to tell who is meant",
              list_of(namesakes)));
    return {};
  }

  std::vector<std::string> ids_of(const PersonRow& row, const std::vector<std::string>& cells,
                                  Audience role) {
    std::vector<std::string> out;
    for (const auto& cell : cells) {
      auto id = out_.names.find(cell, role);
      if (!id) {
        wrong(row, fmt::format("«{}»: {}", cell, id.error()));
      } else if (!known_.erased.contains(*id)) {
        out.push_back(*id);
      }
    }
    std::ranges::sort(out);
    return out;
  }

  bj::object fields_of(const PersonRow& row) {
    auto fields = row.fields;
    auto children = ids_of(row, row.children, Audience::student);
    if (!children.empty()) fields["children_ids"] = as_json(children);
    auto tutors = ids_of(row, row.tutors, Audience::tutor);
    bool student = std::ranges::find(row.roles, Audience::student) != row.roles.end();
    if (student && tutors.empty() && row.tutors.empty()) {
      if (!options_.own_tutor.empty()) {
        tutors = {options_.own_tutor};
      } else if (tutors_.size() == 1) {
        tutors = {tutors_.front()->id};
      }
    }
    if (student && !tutors.empty()) fields["tutor_ids"] = as_json(tutors);
    return fields;
  }

  // What the list says anew: neither said before nor known anyway.
  static bj::object news(const bj::object& fields, const RememberedPerson& before, const Person& person,
                         Time now) {
    bj::object out;
    for (const auto& [field, value] : fields) {
      const auto* said = before.content.if_contains(field);
      bool again = said != nullptr && said->as_string() == digest_of(value);
      if (!person.known || (!again && !is_so(person, field, value, now))) out[field] = value;
    }
    return out;
  }

  // A tutor has no more to do with the parents of a child who was erased.
  bool of_erased_children(const PersonRow& row) const {
    auto erased = [&](const std::string& cell) {
      auto id = out_.names.find(cell, Audience::student);
      return id && known_.erased.contains(*id);
    };
    return !options_.own_tutor.empty() && !row.children.empty() && std::ranges::all_of(row.children, erased);
  }

  void take(const PersonRow& row, const std::string& id) {
    if (known_.erased.contains(id) || of_erased_children(row)) {
      ++out_.erased;
      return;
    }
    auto fields = fields_of(row);
    auto remembered = known_.people.find(key_of(row));
    RememberedPerson entry{key_of(row), id, 0, {}};
    if (remembered != known_.people.end()) entry = remembered->second;
    auto before = out_.directory.at(id);
    if (known_.directory.contains(id) && !known_.visible.contains(id))
      return wrong(
          row,
          "так зовут человека, который учится не у вас; другому дайте id в столбце id · this is somebody who "
          "is none of yours; give another person an id in the column id");
    auto data = news(fields, entry, before, known_.now);
    if (!before.known && options_.zone && !data.contains("timezone"))
      data["timezone"] = options_.zone->name();
    entry.content.clear();
    for (const auto& [field, value] : fields) entry.content[field] = digest_of(value);
    if (data.empty()) {
      ++out_.unchanged;
    } else {
      ++entry.version;
      announce(row, before, std::move(data), entry.version);
    }
    out_.remember.push_back(std::move(entry));
  }

  void announce(const PersonRow& row, const Person& before, bj::object data, std::int64_t version) {
    data["user_id"] = before.id;
    data["silent"] = true;
    auto event = list_event(before.known ? "user.updated" : "user.registered", before.id, version,
                            std::move(data), known_.now);
    if (!event) return wrong(row, event.error().message);
    auto patch = patch_of(*event);
    if (auto allowed = options_.permission.person(before, patch, out_.directory); !allowed)
      return wrong(row, "на это нет права · " + allowed.error().message);
    auto after = patched(before, patch);
    out_.directory.add(after);
    out_.changed_people.insert(after.id);
    for (auto& id : connect(out_.directory, before, after)) {
      if (before.children != after.children) out_.students_with_other_parents.insert(id);
      out_.changed_people.insert(std::move(id));
    }
    ++(before.known ? out_.changed : out_.created);
    out_.changes.push_back(
        {before.known ? Action::changed : Action::created, row.line, row.name, 1, {}, {}, {}, before.id});
    out_.events.push_back(std::move(*event));
  }

  const Known& known_;
  const Options& options_;
  Problems& problems_;
  PeopleChanges out_;
  std::vector<const Named*> tutors_;
  std::map<std::string, int> lines_;  // of the people seen so far
};

}  // namespace

std::set<std::string> possible_ids(const std::vector<PersonRow>& people,
                                   const std::vector<LessonRow>& lessons) {
  std::set<std::string> out;
  auto add = [&](const std::string& cell) {
    out.insert(cell);
    out.insert(person_id_of(cell));
  };
  for (const auto& row : people) {
    add(row.name);
    for (const auto* cells : {&row.children, &row.tutors}) std::ranges::for_each(*cells, add);
    if (!row.id.empty()) out.insert(row.id);
  }
  for (const auto& row : lessons) {
    std::ranges::for_each(row.students, add);
    if (!row.tutor.empty()) add(row.tutor);
  }
  return out;
}

std::vector<std::string> row_keys(const std::vector<PersonRow>& rows) {
  std::vector<std::string> out;
  for (const auto& row : rows) out.push_back(key_of(row));
  return out;
}

PeopleChanges plan_people(const std::vector<PersonRow>& rows, const Known& known, const Options& options,
                          Problems& problems) {
  return PeoplePlanning(known, options, problems).plan(rows);
}

}  // namespace rb::notification::lists
