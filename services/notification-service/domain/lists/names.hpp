#pragma once
// Whom a cell means: an id, a whole name in any order of its words, or as much of it as one person alone has.
// Pure.
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/people.hpp"

namespace rb::notification::lists {

struct Named {
  std::string id, name;
  std::vector<Audience> roles;
};

class Names {
 public:
  Names() = default;
  Names(Names&&) = default;  // its maps point into each other
  Names& operator=(Names&&) = default;

  void add(Named person);  // takes the place of one with the same id

  // The id, or why it cannot be told, with the people who come into question («… · …»).
  std::expected<std::string, std::string> find(std::string_view cell, Audience role) const;

  std::vector<const Named*> called(std::string_view name) const;  // exactly so, whatever their role
  std::vector<const Named*> with_role(Audience role) const;
  std::string name_of(const std::string& id) const;  // the id itself when nobody is known by it

 private:
  struct Entry {
    Named person;
    std::string key;  // name_key() of the name
  };
  std::map<std::string, Entry> people_;             // by id
  std::multimap<std::string, const Named*> names_;  // by key; into people_
};

// "Аня Ким (id 17), Аня Ким (id 23)"
std::string list_of(const std::vector<const Named*>& people);

}  // namespace rb::notification::lists
