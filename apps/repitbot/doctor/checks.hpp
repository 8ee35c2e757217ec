#pragma once
// Looks at the machine, the settings and every server that RepitBot would use; changes nothing and sends
// nothing. Each ends within its server's deadline, about ten seconds, and throws nothing.
#include "config/settings.hpp"
#include "doctor/finding.hpp"
#include "net/loop.hpp"

namespace rb::app {

Finding check_disk(const config::AppSettings& settings);
Task<Finding> check_database(net::Loop& loop, config::AppSettings settings);
Task<Finding> check_bus(net::Loop& loop, config::AppSettings settings);
Task<Finding> check_cache(net::Loop& loop, config::AppSettings settings);
Task<Finding> check_telegram(net::Loop& loop, config::AppSettings settings);
Task<Finding> check_mail(net::Loop& loop, config::AppSettings settings);
Task<Finding> check_service(net::Loop& loop, config::AppSettings settings);

}  // namespace rb::app
