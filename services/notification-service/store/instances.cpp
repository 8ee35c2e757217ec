#include "store/instances.hpp"

#include "rb/notification/sql/channels.sql.hpp"
#include "store/rows.hpp"

namespace rb::notification {

namespace bj = boost::json;

namespace {

void put(bj::object& into, const char* name, const std::optional<Trouble>& trouble) {
  if (trouble) into[name] = {{"at", to_micros(trouble->at)}, {"reason", trouble->reason}};
}

std::optional<Trouble> read_trouble(const bj::object& from, const char* name) {
  const auto* found = from.if_contains(name);
  if (found == nullptr) return std::nullopt;
  return Trouble{from_micros(found->at("at").to_number<std::int64_t>()),
                 std::string(found->at("reason").as_string())};
}

bj::object to_json(const ChannelReports& reports) {
  bj::object out;
  for (const auto& [channel, report] : reports) {
    bj::object one;
    put(one, "refused", report.refused);
    put(one, "last_error", report.last_error);
    out[to_string(channel)] = std::move(one);
  }
  return out;
}

ChannelReports read_reports(const bj::object& from) {
  ChannelReports out;
  for (const auto& [name, report] : from)
    if (auto channel = parse_channel(name))
      out[*channel] = {read_trouble(report.as_object(), "refused"),
                       read_trouble(report.as_object(), "last_error")};
  return out;
}

}  // namespace

Task<> beat(db::Database& database, Instance self, Time alive_until) {
  co_await database.write(sql::beat, {{"id", self.id},
                                      {"alive_until", alive_until},
                                      {"sharing", self.sharing},
                                      {"reports", text_of(to_json(self.reports))}});
}

Task<std::vector<Instance>> live_instances(QueryRunner read, Time now) {
  auto rows = co_await read(sql::live_instances, {{"now", now}});
  std::vector<Instance> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.push_back({rows.text(i, "id"), rows.boolean(i, "sharing"),
                   read_reports(read_json_object(rows.text(i, "reports")))});
  co_return out;
}

Task<> remove_instances(db::Database& database, std::string id, Time dead_before) {
  co_await database.write(sql::remove_instances, {{"id", id}, {"dead_before", dead_before}});
}

}  // namespace rb::notification
