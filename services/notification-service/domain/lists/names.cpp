#include "domain/lists/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/strings.hpp"
#include "domain/lists/cells.hpp"

namespace rb::notification::lists {
namespace {

constexpr std::size_t kMostCandidates = 5;

bool has_role(const Named& person, Audience role) {
  return person.roles.empty() || std::ranges::find(person.roles, role) != person.roles.end();
}

// Whether each word of `part` is one of `whole`; both in alphabetical order.
bool has_words(std::string_view whole, std::string_view part) {
  return std::ranges::includes(split(whole, ' '), split(part, ' '));
}

// Levenshtein's distance of two texts, in bytes.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0U);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j)
      diagonal = std::exchange(
          row[j], std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)}));
  }
  return row.back();
}

std::string unknown(std::vector<const Named*> people, std::string_view key) {
  std::erase_if(people, [](const Named* p) { return p->name.empty(); });
  std::ranges::sort(people, {},
                    [&](const Named* p) { return std::pair(distance(name_key(p->name), key), p->id); });
  if (people.size() > kMostCandidates) people.resize(kMostCandidates);
  if (people.empty())
    return "никого с такой ролью ещё нет: добавьте человека в список людей · nobody has this role yet: add "
           "the person to the list of people";
  return fmt::format("такого человека нет; похожи: {0} · nobody is called so; similar: {0}", list_of(people));
}

}  // namespace

std::string list_of(const std::vector<const Named*>& people) {
  std::vector<std::string> out;
  for (const auto* person : people) out.push_back(fmt::format("{} (id {})", person->name, person->id));
  return join(out, ", ");
}

void Names::add(Named person) {
  auto& entry = people_[person.id];
  auto [from, to] = names_.equal_range(entry.key);
  auto old = std::find_if(from, to, [&](const auto& named) { return named.second == &entry.person; });
  if (old != to) names_.erase(old);
  entry.key = name_key(person.name);
  entry.person = std::move(person);
  names_.emplace(entry.key, &entry.person);
}

std::vector<const Named*> Names::with_role(Audience role) const {
  std::vector<const Named*> out;
  for (const auto& [id, entry] : people_)
    if (std::ranges::find(entry.person.roles, role) != entry.person.roles.end()) out.push_back(&entry.person);
  return out;
}

std::vector<const Named*> Names::called(std::string_view name) const {
  std::vector<const Named*> out;
  auto [from, to] = names_.equal_range(name_key(name));
  for (; from != to; ++from) out.push_back(from->second);
  std::ranges::sort(out, {}, &Named::id);
  return out;
}

std::string Names::name_of(const std::string& id) const {
  auto found = people_.find(id);
  return found == people_.end() || found->second.person.name.empty() ? id : found->second.person.name;
}

std::expected<std::string, std::string> Names::find(std::string_view cell, Audience role) const {
  if (people_.contains(std::string(cell))) return std::string(cell);
  auto found = called(cell);
  std::erase_if(found, [&](const Named* person) { return !has_role(*person, role); });
  std::vector<const Named*> all;
  if (found.empty()) {
    auto key = name_key(cell);
    for (const auto& [id, entry] : people_) {
      if (!has_role(entry.person, role)) continue;
      all.push_back(&entry.person);
      if (has_words(entry.key, key)) found.push_back(&entry.person);
    }
    if (found.empty()) return std::unexpected(unknown(std::move(all), key));
  }
  if (found.size() == 1) return found.front()->id;
  return std::unexpected(
      fmt::format("подходят несколько: {0}; напишите имя полностью или id · several are called so: {0}; "
                  "write the whole name or the id",
                  list_of(found)));
}

}  // namespace rb::notification::lists
