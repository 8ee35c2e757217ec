#include "domain/context.hpp"

#include <charconv>

#include "time/iso.hpp"

namespace rb::notification {

namespace bj = boost::json;

namespace {

struct Field {
  std::string_view from, to;
};

using Fields = std::initializer_list<Field>;

constexpr Fields kLesson = {{"lesson_id", "id"},
                            {"subject", "subject"},
                            {"topic", "topic"},
                            {"scheduled_at", "start_time"},
                            {"old_scheduled_at", "old_start_time"},
                            {"duration_minutes", "duration"},
                            {"meet_link", "meet_link"},
                            {"lesson_type", "lesson_type"},
                            {"price", "price"},
                            {"currency", "currency"},
                            {"reason", "reason"},
                            {"cancelled_by", "cancelled_by"},
                            {"rating", "rating"},
                            {"attendance", "attendance"},
                            {"charged", "charged"},
                            {"completed_at", "completed_at"},
                            {"sequence", "sequence"}};
constexpr Fields kHomework = {
    {"homework_id", "id"},      {"subject", "subject"},           {"description", "description"},
    {"due_date", "due_date"},   {"submitted_at", "submitted_at"}, {"grade", "grade"},
    {"grade_max", "grade_max"}, {"graded_at", "graded_at"},       {"files", "files"},
    {"feedback", "feedback"}};
constexpr Fields kPayment = {{"payment_id", "id"},           {"amount", "amount"},
                             {"currency", "currency"},       {"payment_method", "payment_method"},
                             {"processed_at", "created_at"}, {"failed_at", "created_at"},
                             {"refunded_at", "created_at"},  {"failure_reason", "failure_reason"},
                             {"description", "description"}, {"receipt_url", "receipt_url"}};
constexpr Fields kBalance = {
    {"amount", "amount"}, {"currency", "currency"}, {"lessons_left", "lessons_left"}};
constexpr Fields kMaterial = {{"material_id", "id"},
                              {"title", "title"},
                              {"subject", "subject"},
                              {"material_type", "material_type"},
                              {"url", "url"}};
constexpr Fields kAchievement = {{"title", "title"}, {"description", "description"}, {"level", "level"}};
constexpr Fields kReport = {{"report_id", "id"},
                            {"title", "title"},
                            {"report_type", "report_type"},
                            {"format", "format"},
                            {"start_date", "start_date"},
                            {"end_date", "end_date"},
                            {"download_url", "download_url"}};
constexpr Fields kAlert = {{"title", "title"},
                           {"message", "message"},
                           {"value", "value"},
                           {"threshold", "threshold"},
                           {"url", "url"}};
constexpr Fields kPlain = {{"title", "title"}, {"message", "message"}};

bool is_money(std::string_view field) { return field == "amount" || field == "price"; }

bj::value shown(std::string_view field, const bj::value& value) {
  if (!is_money(field) || !value.is_string()) return value;
  double number = 0;
  auto text = value.get_string();
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bj::object pick(const bj::object& data, Fields fields) {
  bj::object out;
  for (const auto& field : fields) {
    const auto* value = data.if_contains(field.from);
    if (value != nullptr && !value->is_null()) out[field.to] = shown(field.from, *value);
  }
  return out;
}

bj::object lesson_context(const events::Event& event, const Lesson* lesson) {
  // What the event says itself stands before what was known of the lesson.
  bj::object all = lesson != nullptr ? lesson->details : bj::object();
  if (lesson != nullptr && lesson->scheduled_at) all["scheduled_at"] = format_iso(*lesson->scheduled_at);
  if (event.type == "lesson.completed") all["completed_at"] = format_iso(event.time);
  for (const auto& [name, value] : event.data) all[name] = value;
  if (lesson != nullptr) all["sequence"] = lesson->sequence;
  if (all.contains("price") && !all.contains("currency")) all["currency"] = "RUB";
  return pick(all, kLesson);
}

bj::object person_context(const std::string& id, const Directory& directory, std::string_view name_in_event) {
  const auto& person = directory.at(id);
  auto name = person.full_name.empty() ? std::string(name_in_event) : person.full_name;
  bj::object out;
  out["id"] = id;
  if (name.empty()) return out;
  out["name"] = name;
  out["first_name"] = first_name_of(name);
  return out;
}

bj::object user_context(const events::Event& event, const Directory& directory) {
  auto id = event.text("user_id");
  auto out = person_context(id, directory, event.text("full_name"));
  const auto& roles = directory.at(id).roles;
  if (!roles.empty()) out["role"] = to_string(roles.front());
  return out;
}

void add_people(bj::object& out, const events::Event& event, const Lesson* lesson, const Directory& directory,
                const std::vector<std::string>& students) {
  bj::array list;
  auto named = students.size() == 1 ? event.text("student_name") : std::string();
  for (const auto& id : students) list.push_back(person_context(id, directory, named));
  if (list.size() == 1) out["student"] = list.front();
  if (!list.empty()) out["students"] = std::move(list);

  auto tutor = event.text("tutor_id");
  if (tutor.empty() && lesson != nullptr) tutor = lesson->tutor_id;
  if (!tutor.empty()) out["tutor"] = person_context(tutor, directory, event.text("tutor_name"));
}

}  // namespace

bj::object event_context(const events::Event& event, const Lesson* lesson, const Directory& directory,
                         const std::vector<std::string>& students) {
  bj::object out;
  auto family = event.family();
  if (family == "lesson") out["lesson"] = lesson_context(event, lesson);
  if (event.type == "lesson.cancelled" && lesson != nullptr && !lesson->cancelled())
    out["lesson"].as_object()["goes_on"] = true;
  if (family == "homework") out["homework"] = pick(event.data, kHomework);
  if (family == "payment") out["payment"] = pick(event.data, kPayment);
  if (family == "payment" && event.has("lessons_left"))
    out["balance"] = bj::object{{"lessons_left", event.data.at("lessons_left")}};
  if (family == "balance") out["balance"] = pick(event.data, kBalance);
  if (family == "material") out["material"] = pick(event.data, kMaterial);
  if (family == "achievement" || family == "student") out["achievement"] = pick(event.data, kAchievement);
  if (family == "report") out["report"] = pick(event.data, kReport);
  if (family == "analytics") out["alert"] = pick(event.data, kAlert);
  if (family == "user") out["user"] = user_context(event, directory);
  for (const auto& field : kPlain)
    if (event.has(field.from)) out[field.to] = event.data.at(field.from);
  if (event.has("time_until")) out["time_until"] = event.data.at("time_until");
  add_people(out, event, lesson, directory, students);
  return out;
}

}  // namespace rb::notification
