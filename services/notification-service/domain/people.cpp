#include "domain/people.hpp"

#include <algorithm>
#include <array>

#include "base/strings.hpp"

namespace rb::notification {
namespace {

constexpr std::array<std::string_view, 5> kAudiences = {"student", "parent", "tutor", "admin", "any"};

template <class Enum, std::size_t N>
std::optional<Enum> parse(const std::array<std::string_view, N>& names, std::string_view text) {
  auto found = std::ranges::find(names, text);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view to_string(Audience audience) { return kAudiences.at(static_cast<std::size_t>(audience)); }
std::optional<Audience> parse_audience(std::string_view text) { return parse<Audience>(kAudiences, text); }

bool Person::is(Audience role) const { return std::ranges::find(roles, role) != roles.end(); }

const Address* Person::address(Channel channel) const {
  auto found = std::ranges::find(addresses, channel, &Address::channel);
  return found == addresses.end() ? nullptr : &*found;
}

std::string Person::first_name() const { return first_name_of(full_name); }

void Directory::add(Person person) {
  auto id = person.id;
  people_.insert_or_assign(id, std::move(person));
}

const Person& Directory::at(const std::string& id) const {
  auto found = people_.find(id);
  if (found != people_.end()) return found->second;
  auto& blank = unknown_[id];
  blank.id = id;
  blank.known = false;
  return blank;
}

std::vector<const Person*> Directory::with_role(Audience role) const {
  std::vector<const Person*> out;
  for (const auto& [id, person] : people_)
    if (person.is(role)) out.push_back(&person);
  return out;
}

std::vector<std::string> words_of(std::string_view text) {
  auto out = split(text, ' ');
  std::erase_if(out, [](const std::string& word) { return word.empty(); });
  return out;
}

std::string first_name_of(std::string_view full_name) {
  auto words = words_of(trim(full_name));
  if (words.empty()) return {};
  if (words.size() == 3) return words[1];
  return words[0];
}

}  // namespace rb::notification
