#include "domain/preferences.hpp"

namespace rb::notification {
namespace {

std::optional<bool> find(const Cells& cells, std::string_view type, Channel channel) {
  auto name = std::string(to_string(channel));
  for (auto level : levels_of(type)) {
    auto found = cells.find({std::string(level), name});
    if (found != cells.end()) return found->second;
  }
  return std::nullopt;
}

// The most exact entry in which `field` is said.
template <class T>
std::optional<T> find(const Preferences& preferences, std::string_view type,
                      std::optional<T> TypeTiming::* field) {
  for (auto level : levels_of(type)) {
    auto found = preferences.timing.find(level);
    if (found != preferences.timing.end() && found->second.*field) return found->second.*field;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(DigestMode mode) {
  constexpr std::array<std::string_view, 3> kNames = {"off", "daily", "weekly"};
  return kNames.at(static_cast<std::size_t>(mode));
}

std::array<std::string_view, 3> levels_of(std::string_view type) {
  return {type, type.substr(0, type.find('.')), "*"};
}

std::optional<bool> Preferences::cell(std::string_view type, Channel channel, std::string_view child) const {
  auto own = children.find(std::string(child));
  if (own != children.end())
    if (auto cell = find(own->second.cells, type, channel)) return cell;
  return find(cells, type, channel);
}

const std::optional<std::vector<int>>& Preferences::reminders(std::string_view child) const {
  auto own = children.find(std::string(child));
  return own != children.end() && own->second.reminder_minutes ? own->second.reminder_minutes
                                                               : reminder_minutes;
}

std::optional<DigestMode> Preferences::digest(std::string_view type) const {
  return find(*this, type, &TypeTiming::digest);
}

void Preferences::switch_off(const std::string& type, Channel channel) {
  auto name = std::string(to_string(channel));
  auto covered = [&](const auto& cell) {
    const auto& [of, on] = cell.first;
    return on == name && (type == "*" || of == type || of.starts_with(type + "."));
  };
  std::erase_if(cells, covered);
  for (auto& [id, child] : children) {
    std::erase_if(child.cells, covered);
    if (find(child.cells, type, channel) == true) child.cells[{type, name}] = false;
  }
  std::erase_if(children, [](const auto& child) { return child.second.empty(); });
  cells[{type, name}] = false;
}

int Preferences::min_interval(std::string_view type) const {
  return find(*this, type, &TypeTiming::min_interval_minutes).value_or(0);
}

}  // namespace rb::notification
