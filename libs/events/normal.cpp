#include "events/normal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "base/ids.hpp"
#include "base/strings.hpp"
#include "events/fields.hpp"
#include "events/types.hpp"
#include "time/iso.hpp"

namespace rb::events {

namespace bj = boost::json;

namespace {

constexpr auto kFurthestFuture = std::chrono::hours(24);

// Nested objects whose fields mean the same as flat ones.
constexpr std::array<std::string_view, 8> kObjects = {"lesson",  "student", "tutor",    "homework",
                                                      "payment", "balance", "material", "user"};

std::string string_of(const bj::object& object, std::initializer_list<std::string_view> names) {
  for (auto name : names) {
    const auto* value = object.if_contains(name);
    if (value == nullptr) continue;
    if (auto id = normal_id(*value)) return *id;
    if (value->is_string()) return std::string(value->get_string());
  }
  return {};
}

// The envelope's parts before anything is checked.
struct Parts {
  std::string id, source, type, time;
  bj::object data;
};

bool is_envelope_key(std::string_view key) {
  constexpr std::array<std::string_view, 17> kKeys = {
      "specversion",    "id",         "source",   "type",           "time",        "datacontenttype",
      "dataschema",     "event_type", "event_id", "source_service", "service",     "timestamp",
      "correlation_id", "version",    "metadata", "data",           "subject_type"};
  return std::ranges::find(kKeys, key) != kKeys.end();
}

// Flat legacy events carry their ids beside `data`; a bare object has no `data` at all.
bj::object merged_data(const bj::object& body) {
  const auto* inner = body.if_contains("data");
  bj::object data = inner != nullptr && inner->is_object() ? inner->get_object() : bj::object();
  bool cloud = body.contains("specversion");
  if (cloud) return data;
  bool bare = inner == nullptr && !body.contains("event_type");
  for (const auto& [key, value] : body) {
    if (!bare && is_envelope_key(key)) continue;
    if (bare && (key == "event_id" || key == "timestamp")) continue;
    if (!data.contains(key)) data.emplace(key, value);
  }
  return data;
}

constexpr std::string_view kFingerprint = "sha256-";
constexpr std::size_t kFingerprintSize = kFingerprint.size() + 48;

std::string fingerprint(const bj::object& body, std::string_view type, const Arrival& arrival) {
  std::string all(type);
  all += '\n' + bj::serialize(body) + '\n' + std::to_string(arrival.timestamp);
  for (const auto& [name, value] : arrival.headers) all += '\n' + name + '=' + value;
  return (std::string(kFingerprint) + hex(sha256(all))).substr(0, kFingerprintSize);
}

std::string with_day(std::string_view fingerprint, std::int64_t day) {
  return fmt::format("{}-{}", fingerprint, day);
}

std::int64_t day_of(Time moment) {
  return std::chrono::floor<std::chrono::days>(moment).time_since_epoch().count();
}

Parts take_apart(const bj::object& body, const Arrival& arrival) {
  Parts parts;
  auto named = string_of(body, {"event_type"});
  if (named.empty() && (body.contains("data") || body.contains("specversion")))
    named = string_of(body, {"type"});
  // «processed» with routing key «payment.processed»: the key knows more.
  bool dotted = named.find('.') != std::string::npos;
  parts.type = dotted || arrival.routing_key.empty() ? named : arrival.routing_key;
  if (parts.type.empty()) parts.type = string_of(body, {"type"});
  parts.type = ascii_lower(parts.type);
  bool has_envelope = body.contains("data") || body.contains("specversion");
  parts.id = has_envelope ? string_of(body, {"event_id", "id"}) : string_of(body, {"event_id"});
  if (parts.id.empty()) parts.id = arrival.message_id;
  parts.source = string_of(body, {"source", "source_service", "service"});
  if (parts.source.empty()) parts.source = "/" + parts.type.substr(0, parts.type.find('.'));
  parts.time = string_of(body, {"time", "timestamp"});
  if (parts.id.empty()) {
    parts.id = fingerprint(body, parts.type, arrival);
    bool timeless = parts.time.empty() && arrival.timestamp == 0;
    if (timeless) parts.id = with_day(parts.id, day_of(arrival.now));
  }
  parts.data = merged_data(body);
  return parts;
}

// Adds one raw field under its canonical name; of two places that carry it the first wins.
void put(bj::object& flat, std::string_view object, std::string_view key, const bj::value& value) {
  auto name = canonical_field(object, key);
  if (name.empty() || value.is_null() || find_field(name) == nullptr) return;
  if (name == "student_ids" && flat.contains(name)) {
    auto& have = flat[name];
    if (!have.is_array()) have = bj::array{have};
    auto add = [&](const bj::value& item) { have.get_array().push_back(item); };
    if (value.is_array()) {
      std::ranges::for_each(value.get_array(), add);
    } else {
      add(value);
    }
    return;
  }
  // Whoever tells the new time of a lesson may tell the old one beside it.
  if (key == "new_date") {
    flat[name] = value;
  } else if (!flat.contains(name)) {
    flat.emplace(name, value);
  }
}

// An update that repeats the time of a lesson under one of these names does not move it.
bool only_repeats(std::string_view type, std::string_view key) {
  return type == "lesson.updated" && (key == "date" || key == "start_time");
}

bj::object flatten(const bj::object& data, std::string_view type) {
  bj::object flat;
  bool material = type.starts_with("material.");
  auto add = [&](std::string_view object, std::string_view key, const bj::value& value) {
    if (!only_repeats(type, key)) put(flat, object, key, value);
  };
  for (const auto& [key, value] : data) {
    bool nested = std::ranges::find(kObjects, std::string_view(key)) != kObjects.end() && value.is_object();
    if (nested) {
      for (const auto& [inner, item] : value.get_object()) add(key, inner, item);
    } else {
      // A material's «grade» is the school class it is meant for, not a mark.
      add(material && key == "grade" ? "material" : "", key, value);
    }
  }
  return flat;
}

// lesson.attendance, lesson.deleted and lesson.updated become other types by what they carry.
std::string resolve_type(std::string_view type, bj::object& flat) {
  if (type == "lesson.attendance") {
    const auto* word = flat.if_contains("attendance");
    bool absent =
        word != nullptr && word->is_string() && ascii_lower(word->get_string()).starts_with("absent");
    return absent ? "lesson.missed" : "lesson.completed";
  }
  if (type == "lesson.deleted") {
    flat["silent"] = true;
    return "lesson.cancelled";
  }
  if (type == "lesson.updated")
    return flat.contains("scheduled_at") ? "lesson.rescheduled" : "lesson.updated";
  return std::string(canonical_type(type));
}

std::optional<std::string> missing_field(std::string_view required, const bj::object& data) {
  for (const auto& group : split(required, ' ')) {
    auto names = split(group, '|');
    if (std::ranges::none_of(names, [&](const auto& name) { return data.contains(name); })) return group;
  }
  return std::nullopt;
}

std::optional<std::string> bad_money(bj::object& data, std::string_view family) {
  bool money = false;
  for (std::string_view field : {"amount", "price", "tutor_pay"}) {
    auto* value = data.if_contains(field);
    if (value == nullptr) continue;
    money = true;
    const auto* code = data.if_contains("currency");
    std::string currency = code != nullptr ? std::string(code->get_string()) : "RUB";
    auto minor = parse_money(std::string_view(value->get_string()), currency);
    if (!minor)
      return fmt::format("{}: has more decimals than {} allows, or is not a plain decimal", field, currency);
    *value = bj::string(format_money(*minor, currency));
  }
  // The price of a lesson that is told again stays in the currency it was told in.
  if (money && family != "lesson" && !data.contains("currency")) data["currency"] = "RUB";
  return std::nullopt;
}

std::optional<std::string> bad_grade(const bj::object& data) {
  const auto* grade = data.if_contains("grade");
  if (grade == nullptr) return std::nullopt;
  const auto* most = data.if_contains("grade_max");
  double limit = most != nullptr ? most->to_number<double>() : 5;
  if (grade->to_number<double>() <= limit) return std::nullopt;
  return fmt::format("grade: must be between 0 and {}", limit);
}

// As good as not told; but of a person's relatives an empty list takes the last one away.
bool names_nobody(const FieldRule& rule, const bj::value& value) {
  bool list = rule.kind == Kind::ids || rule.kind == Kind::choices;
  bool relatives = rule.name == "children_ids" || rule.name == "tutor_ids";
  return list && !relatives && value.get_array().empty();
}

// Checks and rewrites every field of `family`; the first problem is the reason.
std::optional<std::string> normalise(const bj::object& flat, const std::string& family, const Zone& zone,
                                     bj::object& out) {
  for (const auto& [name, value] : flat) {
    const auto& rule = *find_field(name);
    if (!rule.belongs_to(family)) continue;
    auto normal = normal_value(rule, value, zone);
    if (!normal) return std::string(name) + ": " + normal.error().message;
    if (!names_nobody(rule, *normal)) out.emplace(name, std::move(*normal));
  }
  if (auto problem = bad_money(out, family)) return problem;
  return bad_grade(out);
}

std::variant<Time, std::string> moment_of(const Parts& parts, const Arrival& arrival) {
  if (parts.time.empty())
    return arrival.timestamp > 0 ? Time(std::chrono::seconds(arrival.timestamp)) : arrival.now;
  auto moment = parse_iso(parts.time, arrival.zone);
  if (!moment) return "time: " + moment.error().message;
  if (*moment > arrival.now + kFurthestFuture) return std::string("time: lies more than 24 hours ahead");
  return *moment;
}

}  // namespace

Outcome read_event(const bj::value& body, const Arrival& arrival) {
  if (!body.is_object()) return Rejected{"an event must be a JSON object", {}, {}};
  auto parts = take_apart(body.get_object(), arrival);
  auto reject = [&](std::string reason) { return Rejected{std::move(reason), parts.id, parts.type}; };
  if (parts.type.empty()) return reject("type: is required");
  if (utf8_length(parts.id) > 64) return reject("id: is longer than 64 characters");
  if (utf8_length(parts.source) > 200) return reject("source: is longer than 200 characters");
  for (auto [name, text] : {std::pair("id", &parts.id), std::pair("source", &parts.source)})
    if (!is_storable(*text)) return reject(std::string(name) + ": must be text without a NUL character");

  auto flat = flatten(parts.data, parts.type);
  Event event;
  event.type = resolve_type(parts.type, flat);
  const auto* rule = find_type(event.type);
  if (rule == nullptr) return Ignored{parts.type, parts.id};

  auto moment = moment_of(parts, arrival);
  if (auto* reason = std::get_if<std::string>(&moment)) return reject(*reason);
  event.time = std::get<Time>(moment);
  event.id = parts.id;
  event.source = parts.source;
  if (auto problem = normalise(flat, event.family(), arrival.zone, event.data)) return reject(*problem);
  // A lesson.updated that moves a lesson may leave out who takes part: the lesson is known already.
  auto required = parts.type == "lesson.updated" ? "lesson_id" : rule->required;
  if (auto missing = missing_field(required, event.data))
    return reject(replace_all(*missing, "|", " or ") + ": is required");
  return event;
}

Outcome parse_event(std::string_view body, const Arrival& arrival) {
  boost::system::error_code error;
  bj::parse_options options;
  options.max_depth = 32;
  auto value = bj::parse(body, error, {}, options);
  if (error) return Rejected{"the body is not valid JSON: " + error.message(), {}, arrival.routing_key};
  return read_event(value, arrival);
}

std::string id_of_day_before(std::string_view id) {
  bool dated = id.starts_with(kFingerprint) && id.size() > kFingerprintSize && id[kFingerprintSize] == '-';
  if (!dated) return {};
  auto digits = id.substr(kFingerprintSize + 1);
  std::int64_t day = 0;
  auto [rest, error] = std::from_chars(digits.begin(), digits.end(), day);
  if (error != std::errc() || rest != digits.end() || day <= 0) return {};
  return with_day(id.substr(0, kFingerprintSize), day - 1);
}

}  // namespace rb::events
