#include "api/directory.hpp"

#include "store/freshness.hpp"

namespace rb::analytics {
namespace {

constexpr std::size_t kMostRemembered = 10'000;

}  // namespace

void Directory::learn(std::int64_t version) {
  if (version == version_) return;
  version_ = version;
  known_.clear();
}

Task<> Directory::refresh() { learn((co_await freshness(db::reading(database_), {})).directory); }

Task<std::vector<Person>> Directory::people(std::vector<std::string> ids) {
  std::vector<Person> out;
  std::vector<std::string> missing;
  for (auto& id : ids) {
    if (id.empty()) continue;
    auto found = known_.find(id);
    if (found == known_.end()) {
      missing.push_back(std::move(id));
    } else if (found->second) {
      out.push_back(*found->second);
    }
  }
  if (missing.empty()) co_return out;
  auto version = version_;
  auto read = co_await people_by_ids(db::reading(database_), missing);
  out.insert(out.end(), read.begin(), read.end());
  if (version != version_) co_return out;  // they may be older than what has been learned meanwhile
  if (known_.size() + missing.size() > kMostRemembered) known_.clear();
  for (auto& id : missing) known_.emplace(std::move(id), std::nullopt);
  for (auto& person : read) known_[person.id] = std::move(person);
  co_return out;
}

Task<std::optional<Person>> Directory::person(std::string id) {
  std::vector<std::string> ids = {std::move(id)};
  auto found = co_await people(std::move(ids));
  if (found.empty()) co_return std::nullopt;
  co_return std::move(found.front());
}

Task<std::map<std::string, std::string>> Directory::names(std::vector<std::string> ids) {
  std::map<std::string, std::string> out;
  for (auto& person : co_await people(std::move(ids))) out[person.id] = std::move(person.full_name);
  co_return out;
}

}  // namespace rb::analytics
