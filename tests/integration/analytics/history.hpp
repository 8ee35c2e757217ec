#pragma once
// A school's events as they happen in life: groups, corrections, completions of lessons that nobody planned,
// refunds, several currencies; made at random from a seed. Pure.
#include <cstdint>
#include <string>
#include <vector>

#include "events/event.hpp"

namespace rb::analytics {

struct Told {
  std::string type, id, body;  // a CloudEvent in JSON
};

std::vector<Told> random_history(std::uint32_t seed, std::size_t events);

events::Event understood(const Told& told);

}  // namespace rb::analytics
