#pragma once
// The processes that work on this database, as last seen.
namespace rb::notification {

struct Peers {
  int live = 1;          // with this one
  bool sharing = false;  // this one takes from the limits that a shared cache counts
  bool settled = false;  // so do all others, and the cache has seen all that still counts
};

}  // namespace rb::notification
