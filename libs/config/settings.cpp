#include "config/settings.hpp"

#include "base/strings.hpp"
#include "config/rooms.hpp"

namespace rb::config {
namespace {

bool is_production(const Source& source) {
  auto found = source.find(all_groups().front().options.front());
  return found && iequals(found->value, "production");
}

}  // namespace

const std::vector<Group>& all_groups() {
  static const std::vector<Group> groups{process_group(), database_group(),     bus_group(),
                                         cache_group(),   jwt_group(),          telegram_group(),
                                         mail_group(),    notification_group(), analytics_group()};
  return groups;
}

Result<AppSettings> read_settings(const Source& source) {
  Reader in(source, all_groups(), is_production(source));
  in.check_all();
  AppSettings out{read_process(in), read_database(in),     read_bus(in),
                  read_cache(in),   read_jwt(in),          read_telegram(in),
                  read_mail(in),    read_notification(in), read_analytics(in)};
  if (!in.problems().empty()) return fail(Errc::invalid, join(in.problems(), "\n"));
  return out;
}

Result<AppSettings> own_settings() {
  auto source = Source::load(".");
  return source ? read_settings(*source) : fail(source.error());
}

log::Options log_options(const ProcessSettings& settings, std::string service) {
  return {.service = std::move(service),
          .level = settings.log_level,
          .readable = !settings.production && log::stdout_is_terminal()};
}

}  // namespace rb::config
