#include "domain/channel_state.hpp"

namespace rb::notification {

void merge(ChannelReports& into, const ChannelReports& other) {
  for (const auto& [channel, theirs] : other) {
    auto& ours = into[channel];
    if (theirs.refused && (!ours.refused || theirs.refused->at < ours.refused->at))
      ours.refused = theirs.refused;
    if (theirs.last_error && (!ours.last_error || theirs.last_error->at > ours.last_error->at))
      ours.last_error = theirs.last_error;
  }
}

}  // namespace rb::notification
