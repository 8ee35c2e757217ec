// Any bytes as the body of an event: what is accepted is accepted again in its normal form, unchanged.
#include <cstdlib>

#include "events/normal.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace rb::events;
  const Arrival arrival{"", "", 0, {}, {}, rb::Zone::utc()};
  auto outcome = parse_event({reinterpret_cast<const char*>(data), size}, arrival);
  if (const auto* rejected = std::get_if<Rejected>(&outcome); rejected && rejected->reason.empty())
    std::abort();
  const auto* event = std::get_if<Event>(&outcome);
  if (event == nullptr) return 0;
  auto normal = to_cloudevent(*event);
  auto again = parse_event(normal, arrival);
  if (const auto* same = std::get_if<Event>(&again); !same || to_cloudevent(*same) != normal) std::abort();
  return 0;
}
