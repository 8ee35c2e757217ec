// Homework and materials.
#include "tests/plain.hpp"
#include "time/iso.hpp"

namespace rb::analytics::plain {
namespace {

HomeworkFigures figures(const std::vector<Assignment>& assignments) {
  HomeworkFigures out;
  std::vector<Number> grades;
  std::int64_t with_due = 0, on_time = 0;
  for (const auto& one : assignments) {
    ++out.total_assignments;
    if (one.submitted) ++out.submitted;
    if (one.grade) grades.push_back(*one.grade);
    if (one.overdue) ++out.overdue;
    if (!one.submitted || !one.due) continue;
    ++with_due;
    if (*one.submitted <= *one.due) ++on_time;
  }
  out.graded = static_cast<std::int64_t>(grades.size());
  out.completed_assignments = out.submitted;
  out.completion_rate = rate(out.submitted, out.total_assignments);
  out.average_grade = mean(grades);
  out.on_time_rate = rate(on_time, with_due);
  return out;
}

std::vector<Assignment> assignments_of(const History& history, const Question& asked) {
  std::vector<Assignment> out;
  for (const auto& [id, story] : history.homework) {
    auto one = assignment(story, asked);
    bool of_student = !asked.student_ids;
    for (const auto& student : one.students) of_student = of_student || same_student(student, asked);
    if (of_student && one.assigned && within(*one.assigned, asked) && same_tutor(one.tutor, asked) &&
        same_subject(one.subject, asked))
      out.push_back(one);
  }
  return out;
}

std::int64_t count(const Story& events, std::string_view what) {
  return std::ranges::count_if(events, [&](const Event& event) { return use(event) == what; });
}

// Of equal moments the last by its text.
std::string last_title(const Story& uses) {
  const Event* last = nullptr;
  for (const auto& event : uses) {
    bool sooner = last != nullptr && last->time == event.time && event.text("title") < last->text("title");
    if (event.has("title") && !sooner) last = &event;
  }
  return last == nullptr ? "" : last->text("title");
}

template <class Row>
Row counted(std::string name, const Story& events) {
  return {std::move(name), count(events, "upload"), count(events, "share"), count(events, "view"),
          count(events, "download")};
}

template <class Keep>
Story only(const Story& events, Keep keep) {
  Story out;
  std::ranges::copy_if(events, std::back_inserter(out), keep);
  return out;
}

bool is_asked(const Event& event, const Question& asked) {
  auto student = student_of(event), tutor = event.text("tutor_id"), user = event.text("user_id");
  return within(event.time, asked) && same_student(student.empty() ? user : student, asked) &&
         same_tutor(tutor.empty() ? user : tutor, asked) && same_subject(event.text("subject"), asked);
}

}  // namespace

std::string use(const Event& event) {
  if (event.type == "material.uploaded") return "upload";
  if (event.type == "material.shared") return "share";
  return event.type == "material.downloaded" || event.text("access_type") == "download" ? "download" : "view";
}

Assignment assignment(const Story& homework, const Question& asked) {
  Assignment out;
  out.tutor = text(homework, "tutor_id");
  out.subject = text(homework, "subject");
  for (const auto& event : homework) {
    std::set<std::string> named;
    for (const auto& student : event.list("student_ids")) named.insert(student);
    bool stranger = false;
    for (const auto& student : named) stranger = stranger || !out.students.contains(student);
    if (stranger || (event.type == "homework.assigned" && !named.empty())) out.students = named;
    if (event.type == "homework.assigned") out.assigned = event.time;
    if (event.type == "homework.submitted") {
      out.submitted = event.time;
      out.submitters.merge(named);
    }
    if (event.type == "homework.overdue") out.overdue = true;
  }
  if (auto* told = last_with(homework, "submitted_at"); told != nullptr && out.submitted)
    out.submitted = told->moment("submitted_at");
  if (auto* told = last_with(homework, "due_date")) {
    auto day = told->text("due_date");
    out.due = told->moment("due_date");
    if (day.size() == 10) {
      auto midnight = LocalTime(parse_iso(day, Zone::utc())->time_since_epoch());
      out.due = asked.zone.to_utc(midnight + std::chrono::days(1));
    }
  }
  if (!out.submitted && out.due && *out.due < asked.now) out.overdue = true;
  if (auto* graded = last_with(homework, "grade")) {
    auto* scale = last_with(homework, "grade_max");
    out.grade = number(*graded->number("grade")) * 5 /
                (scale == nullptr ? Number(5) : number(*scale->number("grade_max")));
  }
  return out;
}

void answer_homework(const History& history, const Question& asked, Answers& out) {
  auto all = assignments_of(history, asked);
  out.homework = figures(all);
  for (auto day : dates(asked)) {
    std::vector<Assignment> of_day;
    for (const auto& one : all)
      if (date(*one.assigned, asked) == day) of_day.push_back(one);
    out.homework_trends.push_back({figures(of_day), written(day)});
  }
  std::map<std::string, std::vector<Assignment>> subjects;
  for (const auto& one : all) subjects[shown(one.subject)].push_back(one);
  for (const auto& [subject, assignments] : subjects)
    out.homework_by_subject.push_back({figures(assignments), subject});
}

void answer_materials(const History& history, const Question& asked, Answers& out) {
  auto all = only(history.materials, [&](const Event& event) { return is_asked(event, asked); });
  std::set<std::string> users, subjects, materials;
  for (const auto& event : all) {
    subjects.insert(shown(event.text("subject")));
    if (use(event) != "view" && use(event) != "download") continue;
    materials.insert(event.text("material_id"));
    if (event.has("user_id")) users.insert(event.text("user_id"));
  }
  out.materials = {count(all, "upload"), count(all, "share"), count(all, "view"), count(all, "download"),
                   static_cast<std::int64_t>(users.size())};
  for (const auto& subject : subjects)
    out.materials_by_subject.push_back(counted<MaterialSubject>(
        subject, only(all, [&](const Event& event) { return shown(event.text("subject")) == subject; })));
  for (auto day : dates(asked))
    out.material_trends.push_back(counted<MaterialDay>(
        written(day), only(all, [&](const Event& event) { return date(event.time, asked) == day; })));
  for (const auto& id : materials) {
    auto is_of = [&](const Event& event) { return event.text("material_id") == id; };
    auto of_material = only(all, is_of);
    auto views = count(of_material, "view"), downloads = count(of_material, "download");
    out.popular_materials.push_back({id, last_title(of_material), views + downloads, views, downloads});
  }
  std::ranges::sort(out.popular_materials, [](const PopularMaterial& a, const PopularMaterial& b) {
    if (a.accesses != b.accesses) return a.accesses > b.accesses;
    return a.title != b.title ? a.title < b.title : a.material_id < b.material_id;
  });
  if (out.popular_materials.size() > kPopular) out.popular_materials.resize(kPopular);
}

}  // namespace rb::analytics::plain
