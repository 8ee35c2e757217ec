// Rows that are given out as files. Moments in UTC.
#include "answers.hpp"
#include "time/iso.hpp"

namespace rb::analytics {

using namespace plain;

namespace {

using Rows = json::array (*)(const Context&);

// What nobody has said is null.
json::value said(const std::string& text) { return text.empty() ? json::value() : json::value(text); }
json::value at(const std::optional<Time>& t) { return t ? json::value(format_iso(*t)) : json::value(); }

json::value moment(const Event* event, const char* field) {
  return at(event == nullptr ? std::nullopt : event->moment(field));
}

void add_money(json::object& row, const std::string& name,
               const std::optional<std::pair<std::string, std::int64_t>>& money) {
  row[name] = money ? json::value(major(money->second, money->first)) : json::value();
  row[name + "_currency"] = money ? json::value(money->first) : json::value();
}

json::array lessons(const Context& of) {
  json::array out;
  for (const auto& [lesson_id, lesson] : of.history.lessons) {
    auto tutor = text(lesson, "tutor_id"), subject = text(lesson, "subject");
    if (!same_tutor(tutor, of.question) || !same_subject(subject, of.question)) continue;
    auto* minutes = last_with(lesson, "duration_minutes");
    auto pay = lesson_money(lesson, "tutor_pay", "price");
    for (const auto& seat : seats(lesson)) {
      if (!same_student(seat.student, of.question) || !within(seat.at, of.question)) continue;
      json::object row{{"lesson_id", id_or_null(lesson_id)},
                       {"at", at(seat.at)},
                       {"scheduled_at", moment(last_with(lesson, "scheduled_at"), "scheduled_at")},
                       {"tutor_id", id_or_null(tutor)},
                       {"student_id", id_or_null(seat.student)},
                       {"status", seat.status},
                       {"attendance", said(seat.attendance)},
                       {"subject", said(subject)},
                       {"topic", said(text(lesson, "topic"))},
                       {"lesson_type", nullptr},
                       {"duration_minutes", minutes == nullptr ? 60 : *minutes->integer("duration_minutes")},
                       {"rating", seat.rating ? json::value(two(*seat.rating)) : json::value()},
                       {"charged", seat.charged}};
      add_money(row, "price", seat.price);
      add_money(row, "tutor_pay", pay);
      out.push_back(std::move(row));
    }
  }
  return out;
}

json::array payments(const Context& of) {
  json::array out;
  for (const auto& entry : entries(of.history)) {
    const auto& asked = of.question;
    if (!same_tutor(entry.tutor, asked) || !same_student(entry.student, asked) || !within(entry.at, asked))
      continue;
    if (!asked.currency.empty() && asked.currency != entry.currency) continue;
    out.push_back({{"payment_id", id_or_null(entry.payment)},
                   {"at", at(entry.at)},
                   {"status", entry.what},
                   {"amount", major(entry.minor, entry.currency)},
                   {"currency", entry.currency},
                   {"payment_method", entry.method == "unknown" ? json::value() : json::value(entry.method)},
                   {"student_id", id_or_null(entry.student)},
                   {"payer_id", id_or_null(entry.payer)},
                   {"tutor_id", id_or_null(entry.tutor)}});
  }
  return out;
}

json::array homework(const Context& of) {
  json::array out;
  for (const auto& [homework_id, story] : of.history.homework) {
    auto one = assignment(story, of.question);
    if (!one.assigned || !within(*one.assigned, of.question)) continue;
    if (!same_tutor(one.tutor, of.question) || !same_subject(one.subject, of.question)) continue;
    auto due = text(story, "due_date");
    bool of_day = due.size() == 10;
    for (const auto& student : one.students) {
      if (!same_student(student, of.question)) continue;
      out.push_back({{"homework_id", id_or_null(homework_id)},
                     {"assigned_at", at(one.assigned)},
                     {"tutor_id", id_or_null(one.tutor)},
                     {"student_id", id_or_null(student)},
                     {"lesson_id", nullptr},
                     {"subject", said(one.subject)},
                     {"description", nullptr},
                     {"due_date", of_day ? json::value(due) : json::value()},
                     {"due_at", of_day ? json::value() : at(one.due)},
                     {"submitted_at", at(one.submitted)},
                     {"grade", one.grade ? json::value(two(*one.grade)) : json::value()},
                     {"overdue", last_of(story, "homework.overdue") != nullptr}});
    }
  }
  return out;
}

json::array materials(const Context& of) {
  json::array out;
  for (const auto& event : of.history.materials) {
    auto student = student_of(event), tutor = event.text("tutor_id"), user = event.text("user_id");
    if (!within(event.time, of.question) || !same_student(student.empty() ? user : student, of.question))
      continue;
    if (!same_tutor(tutor.empty() ? user : tutor, of.question)) continue;
    if (!same_subject(event.text("subject"), of.question)) continue;
    out.push_back({{"material_id", id_or_null(event.text("material_id"))},
                   {"at", at(event.time)},
                   {"action", use(event)},
                   {"title", said(event.text("title"))},
                   {"subject", said(event.text("subject"))},
                   {"user_id", id_or_null(user)},
                   {"student_id", id_or_null(student)},
                   {"tutor_id", id_or_null(tutor)}});
  }
  return out;
}

// Those who registered in the period.
json::array users(const Context& of) {
  json::array out;
  for (const auto& [user_id, story] : of.history.people) {
    auto* registered = last_of(story, "user.registered");
    if (registered == nullptr || !within(registered->time, of.question)) continue;
    json::array of_parent;
    for (const auto& child : children(of.history, user_id)) of_parent.push_back(id_or_null(child));
    out.push_back({{"user_id", id_or_null(user_id)},
                   {"full_name", said(own(of.history, user_id, "full_name"))},
                   {"timezone", said(own(of.history, user_id, "timezone"))},
                   {"registered_at", at(registered->time)},
                   {"children_ids", std::move(of_parent)}});
  }
  return out;
}

const std::map<std::string, Rows> kRows = {{"lessons", &lessons},
                                           {"payments", &payments},
                                           {"homework", &homework},
                                           {"materials", &materials},
                                           {"users", &users}};

}  // namespace

json::array plain_rows(const std::string& path, const Context& of) { return kRows.at(path)(of); }

}  // namespace rb::analytics
