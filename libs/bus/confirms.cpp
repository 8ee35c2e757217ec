#include "bus/confirms.hpp"

namespace rb::bus {

void Confirms::published(std::uint64_t id, std::string routing_key, std::string message_id) {
  open_.emplace(++last_, Entry{id, std::move(routing_key), std::move(message_id)});
}

void Confirms::returned(std::string_view routing_key, std::string_view message_id) {
  for (auto& [number, entry] : open_) {
    if (entry.routing_key == routing_key && entry.message_id == message_id) entry.returned = true;
  }
}

std::vector<Confirms::Result> Confirms::settled(std::uint64_t number, bool multiple, bool ack) {
  // RabbitMQ may say «all so far» as number 0.
  auto end = number == 0 ? open_.end() : open_.upper_bound(number);
  auto begin = multiple ? open_.begin() : open_.find(number);
  std::vector<Result> out;
  if (begin == open_.end()) return out;
  for (auto it = begin; it != end; ++it) {
    auto taken = it->second.returned ? Outcome::unrouted : Outcome::confirmed;
    out.push_back({it->second.id, ack ? taken : Outcome::refused});
  }
  open_.erase(begin, end);
  return out;
}

std::vector<Confirms::Result> Confirms::abandon() {
  std::vector<Result> out;
  for (const auto& [number, entry] : open_) out.push_back({entry.id, Outcome::unknown});
  open_.clear();
  last_ = 0;
  return out;
}

}  // namespace rb::bus
