#pragma once
// Texts that a school or one of its tutors has written in place of the built-in ones, with all their versions
// that can be in force now or later; the order in which a message looks for its text. Pure; one thread at a
// time.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/people.hpp"

namespace rb::notification {

// What a text is for. `owner` is "" for the school, else a tutor's id.
struct TextKey {
  std::string owner = {};
  std::string name;  // a notification type, or a name of the school's own
  Audience audience = Audience::any;
  std::optional<Channel> channel = {};  // nullopt: any
  std::string language = "ru";

  auto operator<=>(const TextKey&) const = default;
};

struct TextVersion {
  TextKey key;
  std::int64_t version = 0;        // 1, 2 … of its key
  bool removed = false;            // from here on the built-in text again
  std::string source = {};         // Jinja2
  std::string built_in = {};       // digest of the built-in text at that time; "": there was none
  std::string sample = {};         // JSON object: what a text with a name of its own is called with
  std::string note = {};           // by the author
  std::string author = {};         // user id
  std::int64_t restored = 0;       // the version it repeats; 0: none
  Time created = {}, active = {};  // `active`: in force from then on
  bool withdrawn = false;          // was planned, and never comes
  std::int64_t change = 0;         // counts the changes of all texts
};

class StoredTexts {
 public:
  // Versions in any order; a change that is known already changes nothing.
  void apply(std::vector<TextVersion> changed);
  std::int64_t seen() const { return seen_; }  // the latest change; -1: apply() has not been called

  using Versions = std::map<std::int64_t, TextVersion>;  // by number
  const std::map<TextKey, Versions>& all() const { return texts_; }

  // What is in force under this very key; nullptr: nothing, or it has been removed.
  const TextVersion* at(const TextKey& key, Time now) const;

  // The texts for one message in one language, best first: the tutor's before the school's; one for the
  // audience before one for any; one for the channel before one for any.
  std::vector<const TextVersion*> candidates(const TextKey& wanted, Time now) const;

  // How many texts of theirs are in force or planned.
  std::size_t count_of(const std::string& owner, Time now) const;

  // The audiences for which a name has a text, the tutor's or the school's.
  std::vector<Audience> audiences(const std::string& owner, const std::string& name, Time now) const;

 private:
  std::map<TextKey, Versions> texts_;
  std::int64_t seen_ = -1;
};

// Whether one of them comes later.
bool is_planned(const StoredTexts::Versions& versions, Time now);

// The version in force: of those whose time has come the one that came last. nullptr: none.
const TextVersion* in_force(const StoredTexts::Versions& versions, Time now);

}  // namespace rb::notification
