#pragma once
// The tables of this service that every service has.
#include "service/tables.hpp"

namespace rb::notification {

using service::EventKey;

const service::Tables& tables();

}  // namespace rb::notification
