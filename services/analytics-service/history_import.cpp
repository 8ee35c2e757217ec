#include <unordered_set>

#include "db/migrate.hpp"
#include "events/normal.hpp"
#include "jobs/intake.hpp"
#include "service.hpp"
#include "tools.hpp"

namespace rb::analytics {

HistoryImport::HistoryImport(db::Database& database, const Clock& clock, std::string secret, Zone zone)
    : clock_(clock),
      zone_(zone),
      intake_(std::make_unique<Intake>(database, clock, std::move(secret), true)) {}

HistoryImport::~HistoryImport() = default;

Task<std::unique_ptr<HistoryImport>> HistoryImport::open(db::Database& database, const Clock& clock,
                                                         std::string secret, Zone zone) {
  co_await db::migrate(database, migrations(), clock);
  co_await rebuild_if_needed(database);
  co_return std::unique_ptr<HistoryImport>(new HistoryImport(database, clock, std::move(secret), zone));
}

Task<std::vector<HistoryImport::Line>> HistoryImport::take(std::vector<std::string> lines) {
  std::vector<Line> out(lines.size());
  std::vector<events::Event> events;
  std::vector<std::size_t> places;  // of `events` in `lines`
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto outcome = events::parse_event(lines[i], {"", "", 0, {}, clock_.now(), zone_});
    if (auto* event = std::get_if<events::Event>(&outcome)) {
      out[i].state = State::duplicate;
      if (!seen.insert(event->id + '\n' + event->source).second) continue;
      events.push_back(std::move(*event));
      places.push_back(i);
    } else if (auto* rejected = std::get_if<events::Rejected>(&outcome)) {
      out[i] = {State::rejected, rejected->reason};
    } else {
      out[i].state = State::ignored;
    }
  }
  if (events.empty()) co_return out;
  auto fresh = co_await intake_->take(std::move(events));
  for (std::size_t i = 0; i < places.size(); ++i)
    if (fresh[i]) out[places[i]].state = State::accepted;
  co_return out;
}

}  // namespace rb::analytics
