// The insertion-ordered hash table behind dicts. Up to eight entries are searched in a row, which is what
// most contexts need; above that positions are kept in an open-addressing table.
#include <algorithm>

#include "jinja/compare.hpp"
#include "jinja/objects.hpp"

namespace rb::jinja {
namespace {

constexpr std::size_t kSmall = 8;

bool same_text(const Value& key, const Str& name) { return key.is_text() && key.text() == name.view(); }

}  // namespace

std::size_t Dict::locate(const Value& key, std::uint32_t hash) const {
  if (table_.empty()) {
    for (std::size_t i = 0; i < entries.size(); ++i)
      if (entries[i].hash == hash && same_key(entries[i].key, key)) return i;
    return entries.size();
  }
  auto mask = table_.size() - 1;
  for (auto at = hash & mask; table_[at] != 0; at = (at + 1) & mask) {
    const auto& entry = entries[table_[at] - 1];
    if (entry.hash == hash && same_key(entry.key, key)) return table_[at] - 1;
  }
  return entries.size();
}

std::size_t Dict::position(const Value& key) const { return locate(key, hash_of(key)); }

Value* Dict::find(const Value& key) {
  if (key.is_text()) return find(key.str());
  auto at = position(key);
  return at < entries.size() ? &entries[at].value : nullptr;
}

Value* Dict::find(const Str& key) {
  auto hash = key.hashed();
  if (table_.empty()) {
    for (auto& entry : entries)
      if (entry.hash == hash && same_text(entry.key, key)) return &entry.value;
    return nullptr;
  }
  auto mask = table_.size() - 1;
  for (auto at = hash & mask; table_[at] != 0; at = (at + 1) & mask) {
    auto& entry = entries[table_[at] - 1];
    if (entry.hash == hash && same_text(entry.key, key)) return &entry.value;
  }
  return nullptr;
}

void Dict::set(const Value& key, Value value) {
  auto hash = hash_of(key);
  auto at = locate(key, hash);
  if (at < entries.size()) return entries[at].value.swap(value);
  entries.push_back({key, std::move(value), hash});
  if (entries.size() > kSmall && entries.size() * 2 > table_.size()) return rebuild();
  if (table_.empty()) return;
  auto mask = table_.size() - 1;
  auto slot = hash & mask;
  while (table_[slot] != 0) slot = (slot + 1) & mask;
  table_[slot] = static_cast<std::uint32_t>(entries.size());
}

void Dict::rebuild() {
  table_.clear();
  if (entries.size() <= kSmall) return;
  std::size_t size = 32;
  while (size < entries.size() * 4) size *= 2;
  table_.resize(size);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto slot = entries[i].hash & (size - 1);
    while (table_[slot] != 0) slot = (slot + 1) & (size - 1);
    table_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

Value Dict::take(std::size_t position) {
  Value value = std::move(entries[position].value);
  charge_steps(entries.size());
  entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(position));
  rebuild();
  return value;
}

void Dict::clear() {
  entries.clear();
  table_.clear();
}

}  // namespace rb::jinja
