#pragma once
// Erased people and the pseudonyms that stand for them in log and facts. Belongs to the loop's thread.
#include <optional>
#include <string>
#include <unordered_map>

#include "events/event.hpp"
#include "store/log.hpp"

namespace rb::analytics {

inline constexpr std::string_view kPseudonym = "erased-";  // begins one
inline bool is_pseudonym(std::string_view id) { return id.starts_with(kPseudonym); }

class Pseudonyms {
 public:
  explicit Pseudonyms(std::string secret) : secret_(std::move(secret)) {}

  // Brings them up to date: `erased` is how many there are by the database.
  Task<> refresh(db::QueryRunner read, std::int64_t erased);

  bool none() const { return tombstones_.empty(); }
  const std::string& of(const std::string& id);  // "": not erased

  // A new one for each id that has none. What was added belongs into the database; until kept() says that it
  // has been committed there, refresh() does not believe it.
  Tombstones erase(const std::vector<std::string>& ids);
  void kept() { unsure_ = false; }

  // The event with pseudonyms for ids of erased people and without free text; nullopt: it names none of them.
  std::optional<events::Event> scrubbed(const events::Event& event);

 private:
  std::string secret_;
  Tombstones tombstones_;
  bool unsure_ = false;
  std::unordered_map<std::string, std::string> known_;  // id → pseudonym or ""; a digest costs more
};

}  // namespace rb::analytics
