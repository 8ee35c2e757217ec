#include "jobs/pseudonyms.hpp"

#include <algorithm>
#include <array>

#include "base/ids.hpp"
#include "base/strings.hpp"
#include "events/types.hpp"
#include "service/mentions.hpp"

namespace rb::analytics {
namespace {

namespace bj = boost::json;
using events::Kind;

constexpr std::size_t kMostKnown = 100'000;

// What says something about a person beside texts.
bool is_personal(std::string_view field) {
  constexpr std::array<std::string_view, 5> kFields = {"telegram_id", "birth_year", "is_minor", "language",
                                                       "address_form"};
  return std::ranges::find(kFields, field) != kFields.end();
}

// Texts that figures are made of and that speak of no person.
bool counts(const events::Event& event, std::string_view field) {
  return field == "subject" || field == "payment_method" ||
         (field == "title" && event.family() == "material");
}

bool keeps(const events::Event& event, std::string_view field) {
  const auto* rule = events::find_field(field);
  if (rule == nullptr || is_personal(field)) return false;
  bool free_text = rule->kind == Kind::text || rule->kind == Kind::objects;
  return !free_text || counts(event, field);
}

bool is_person_id(std::string_view field) {
  return field == "user_id" || field == "tutor_id" || field.ends_with("_ids");
}

}  // namespace

Task<> Pseudonyms::refresh(db::QueryRunner read, std::int64_t erased) {
  if (!unsure_ && static_cast<std::int64_t>(tombstones_.size()) == erased) co_return;
  tombstones_ = co_await load_tombstones(std::move(read));
  unsure_ = false;
  known_.clear();
}

const std::string& Pseudonyms::of(const std::string& id) {
  if (known_.size() > kMostKnown) known_.clear();
  auto [known, added] = known_.try_emplace(id);
  if (added)
    if (auto found = tombstones_.find(service::tombstone(secret_, id)); found != tombstones_.end())
      known->second = found->second;
  return known->second;
}

Tombstones Pseudonyms::erase(const std::vector<std::string>& ids) {
  Tombstones added;
  for (const auto& id : ids) {
    if (!of(id).empty()) continue;
    auto pseudonym = std::string(kPseudonym) + hex(random_bytes(12));
    added.emplace(service::tombstone(secret_, id), pseudonym);
    known_[id] = std::move(pseudonym);
  }
  tombstones_.insert(added.begin(), added.end());
  unsure_ = unsure_ || !added.empty();
  return added;
}

std::optional<events::Event> Pseudonyms::scrubbed(const events::Event& event) {
  bool about = false;     // names somebody erased
  bool of_other = false;  // is what a user says of themselves, and that user is not erased
  auto out = event;
  auto replace = [&](bj::value& id) {
    if (!id.is_string()) return false;
    const auto& pseudonym = of(std::string(id.get_string()));
    if (pseudonym.empty()) return false;
    id = pseudonym;
    return about = true;
  };
  for (auto& [field, value] : out.data) {
    if (!is_person_id(field)) continue;
    bool replaced = replace(value);
    if (field == "user_id" && event.family() == "user") of_other = !replaced;
    if (auto* list = value.if_array())
      for (auto& id : *list) replace(id);
  }
  if (!about) return std::nullopt;
  if (of_other) return out;
  bj::object kept;
  for (auto& [field, value] : out.data)
    if (keeps(event, field)) kept.emplace(field, std::move(value));
  out.data = std::move(kept);
  return out;
}

}  // namespace rb::analytics
