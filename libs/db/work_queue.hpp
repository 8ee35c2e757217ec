#pragma once
#include "net/work_queue.hpp"

namespace rb::db {
using net::WorkQueue;
}
