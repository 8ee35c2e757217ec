#include "domain/lists/changes.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>

#include "base/ids.hpp"
#include "base/strings.hpp"
#include "domain/lists/cells.hpp"
#include "events/normal.hpp"
#include "time/iso.hpp"

namespace rb::notification::lists {

namespace bj = boost::json;

namespace {

std::string short_hash(std::string_view text, std::size_t digits) {
  return hex(sha256(text)).substr(0, digits);
}

}  // namespace

Result<events::Event> list_event(std::string_view type, const std::string& about, std::int64_t version,
                                 bj::object data, Time now) {
  bj::object body;
  body["specversion"] = "1.0";
  body["source"] = "/import";
  body["id"] = fmt::format("{}-{}-{}", type.substr(0, type.find('.')), short_hash(about, 24), version);
  body["type"] = type;
  body["time"] = format_iso(now);
  body["data"] = std::move(data);
  auto outcome = events::read_event(body, {"", "", 0, {}, now, Zone::utc()});
  if (auto* event = std::get_if<events::Event>(&outcome)) return std::move(*event);
  return fail(Errc::invalid, std::get<events::Rejected>(outcome).reason);
}

bj::array as_json(const std::vector<std::string>& texts) {
  bj::array out;
  for (const auto& text : texts) out.emplace_back(text);
  return out;
}

std::string digest_of(const bj::value& value) { return short_hash(bj::serialize(value), 8); }

std::string row_key_of(std::string_view text) { return short_hash(text, 32); }

std::string person_id_of(std::string_view name) { return "p-" + short_hash("person\n" + name_key(name), 12); }

}  // namespace rb::notification::lists
