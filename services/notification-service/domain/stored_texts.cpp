#include "domain/stored_texts.hpp"

#include <algorithm>
#include <array>

namespace rb::notification {

const TextVersion* in_force(const StoredTexts::Versions& versions, Time now) {
  const TextVersion* best = nullptr;
  for (const auto& [number, version] : versions) {
    if (version.withdrawn || version.active > now) continue;
    if (best == nullptr || version.active >= best->active) best = &version;
  }
  return best;
}

bool is_planned(const StoredTexts::Versions& versions, Time now) {
  return std::ranges::any_of(versions, [&](const auto& version) {
    return !version.second.withdrawn && version.second.active > now;
  });
}

void StoredTexts::apply(std::vector<TextVersion> changed) {
  seen_ = std::max<std::int64_t>(seen_, 0);
  for (auto& version : changed) {
    seen_ = std::max(seen_, version.change);
    auto& known = texts_[version.key][version.version];
    if (known.change <= version.change) known = std::move(version);
  }
}

const TextVersion* StoredTexts::at(const TextKey& key, Time now) const {
  auto found = texts_.find(key);
  if (found == texts_.end()) return nullptr;
  const auto* version = in_force(found->second, now);
  return version != nullptr && !version->removed ? version : nullptr;
}

std::vector<const TextVersion*> StoredTexts::candidates(const TextKey& wanted, Time now) const {
  std::vector<const TextVersion*> out;
  if (texts_.empty()) return out;
  auto key = wanted;
  auto look = [&](Audience audience, std::optional<Channel> channel) {
    key.audience = audience;
    key.channel = channel;
    const auto* found = at(key, now);
    if (found != nullptr && std::ranges::find(out, found) == out.end()) out.push_back(found);
  };
  for (const auto& owner : {wanted.owner, std::string()}) {
    key.owner = owner;
    for (auto audience : {wanted.audience, Audience::any}) {
      look(audience, wanted.channel);
      look(audience, std::nullopt);
    }
  }
  return out;
}

std::size_t StoredTexts::count_of(const std::string& owner, Time now) const {
  auto counts = [&](const auto& text) {
    const auto& [key, versions] = text;
    return key.owner == owner && (at(key, now) != nullptr || is_planned(versions, now));
  };
  return static_cast<std::size_t>(std::ranges::count_if(texts_, counts));
}

std::vector<Audience> StoredTexts::audiences(const std::string& owner, const std::string& name,
                                             Time now) const {
  std::vector<Audience> out;
  for (const auto& [key, versions] : texts_) {
    if (key.name != name || (key.owner != owner && !key.owner.empty()) || at(key, now) == nullptr) continue;
    if (std::ranges::find(out, key.audience) == out.end()) out.push_back(key.audience);
  }
  return out;
}

}  // namespace rb::notification
