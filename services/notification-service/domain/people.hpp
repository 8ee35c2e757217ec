#pragma once
// People as the planning sees them. Pure values.
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/channel.hpp"
#include "domain/preferences.hpp"
#include "time/clock.hpp"

namespace rb::notification {

enum class Audience { student, parent, tutor, admin, any };

std::string_view to_string(Audience audience);
std::optional<Audience> parse_audience(std::string_view text);

struct Address {
  Channel channel = Channel::telegram;
  std::string value;  // chat id, mailbox or URL
  bool suspended = false;
  std::string reason;  // why it is suspended
};

struct Person {
  std::string id = {};
  std::string full_name = {};
  std::vector<Audience> roles = {};
  std::string language = "ru";
  std::string address_form = {};  // "ты", "вы" or "": by role
  std::string timezone = "Europe/Moscow";
  std::optional<bool> minor = {};
  std::vector<std::string> children = {};  // of a parent
  std::vector<std::string> parents = {};   // of a student
  std::vector<std::string> tutors = {};    // of a student
  std::vector<Address> addresses = {};
  Preferences preferences = {};
  std::set<std::string> consents = {};   // purposes agreed to
  std::set<std::string> withdrawn = {};  // purposes withdrawn
  bool known = true;                     // false: only the id is known

  bool is(Audience role) const;
  const Address* address(Channel channel) const;  // nullptr: none
  std::string first_name() const;
};

// Everyone an event may concern, by id. Asking for somebody unknown gives a person with only an id.
class Directory {
 public:
  void add(Person person);
  const Person& at(const std::string& id) const;
  bool contains(const std::string& id) const { return people_.contains(id); }
  std::vector<const Person*> with_role(Audience role) const;

 private:
  std::map<std::string, Person> people_;
  mutable std::map<std::string, Person> unknown_;
};

std::vector<std::string> words_of(std::string_view text);  // between blanks

// «Ким Аня» and «Аня Ким» are both written; Russian school lists put the family name first only with a
// patronymic, so the first word is taken unless the name has three words («Ким Анна Сергеевна»).
std::string first_name_of(std::string_view full_name);

}  // namespace rb::notification
