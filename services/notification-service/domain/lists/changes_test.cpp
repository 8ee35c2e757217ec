// Lists against what is known → events.
#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "base/strings.hpp"
#include "domain/lists/lesson_changes.hpp"
#include "domain/lists/lists.hpp"
#include "time/iso.hpp"

namespace rb::notification::lists {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

// A school that remembers what was imported, as the service does.
class School {
 public:
  School() {
    known.now = std::chrono::sys_days(std::chrono::year(2026) / 8 / 20) + 9h;
    options.permission = {
        [](const Person&, const PersonPatch&, const Directory&) { return Result<void>(); },
        [](const events::Event&, const Lesson*, const Directory&) { return std::string(); }};
  }

  void import(const std::string& people_csv, const std::string& lessons_csv = "") {
    problems.clear();
    std::vector<Given> given;
    if (!people_csv.empty()) given.push_back({Kind::people, people_csv});
    if (!lessons_csv.empty()) given.push_back({Kind::lessons, lessons_csv});
    lists = read_lists(given, known.now, problems);
    auto rows = lists.people.value_or(std::vector<PersonRow>());
    auto lesson_rows = lists.lessons.value_or(std::vector<LessonRow>());
    people = plan_people(rows, known, options, problems);
    auto wishes = read_wishes(lesson_rows, people, known, options, problems);
    lessons = plan_lessons(wishes, people, known, options, problems);
    if (problems.empty()) apply();
    known.now += 1min;
  }

  std::vector<std::string> types() const {
    std::vector<std::string> out;
    for (const auto* events : {&people.events, &lessons.events})
      for (const auto& event : *events) out.push_back(event.type + (event.flag("silent") ? "" : "!"));
    return out;
  }
  std::string problem() const {
    return problems.empty() ? "" : std::to_string(problems[0].line) + ": " + problems[0].reason;
  }
  std::string id_of(const std::string& name) const { return people.names.called(name).at(0)->id; }

  Known known;
  Options options;
  Lists lists;
  PeopleChanges people;
  LessonChanges lessons;
  Problems problems;

 private:
  void apply() {
    known.directory = people.directory;
    for (const auto& entry : people.remember) {
      known.people[entry.row_key] = entry;
      known.visible.insert(entry.user_id);
    }
    for (const auto& entry : lessons.remember) known.lessons[entry.lesson_id] = entry;
    for (const auto& event : lessons.events) {
      auto id = event.text("lesson_id");
      auto found = known.facts.find(id);
      auto after =
          rb::notification::apply(found == known.facts.end() ? nullptr : &found->second, event).after;
      known.facts[id] = after;
    }
  }
};

const std::string kPeople =
    "имя;роль;дети;почта\n"
    "Ольга Ли;репетитор;;olga@example.test\n"
    "Алина Петрова;ученик;;\n"
    "Тимур Ахметов;ученик;;timur@example.test\n"
    "Марина Петрова;родитель;Алина;marina@example.test\n";
const std::string kLessons =
    "ученик;начало;каждую неделю до;предмет;цена\n"
    "Алина;01.09.2026 17:00;15.09.2026;Математика;1500\n"
    "Тимур;03.09.2026 18:00;;Физика;\n"
    "Алина, Тимур;05.09.2026 12:00;;Олимпиады;\n";

class Imports : public testing::Test, public School {};

TEST_F(Imports, make_people_and_lessons_of_rows_without_telling_anybody) {
  import(kPeople, kLessons);
  EXPECT_EQ(problem(), "");
  EXPECT_THAT(types(), ElementsAre("user.registered", "user.registered", "user.registered", "user.registered",
                                   "lesson.created", "lesson.created", "lesson.created", "lesson.created",
                                   "lesson.created"));
  const auto& alina = known.directory.at(id_of("Алина Петрова"));
  EXPECT_THAT(alina.parents, ElementsAre(id_of("Марина Петрова")));
  EXPECT_THAT(alina.tutors, ElementsAre(id_of("Ольга Ли")));
  const auto& first = lessons.events.front();
  EXPECT_EQ(first.text("scheduled_at"), "2026-09-01T14:00:00Z");
  EXPECT_EQ(first.text("tutor_id"), id_of("Ольга Ли"));
  EXPECT_EQ(first.text("price"), "1500.00");
}

TEST_F(Imports, of_the_same_lists_change_nothing) {
  import(kPeople, kLessons);
  import(kPeople, kLessons);
  EXPECT_THAT(types(), IsEmpty());
  EXPECT_EQ(people.unchanged, 4);
  EXPECT_EQ(lessons.unchanged, 5);
}

TEST_F(Imports, say_which_lesson_moved_and_which_is_gone) {
  import(kPeople, kLessons);
  auto changed = replace_all(kLessons, "03.09.2026 18:00", "03.09.2026 19:30");
  changed = replace_all(changed, "Алина, Тимур;05.09.2026 12:00;;Олимпиады;\n", "");
  import("", changed);
  EXPECT_THAT(types(), ElementsAre("lesson.rescheduled!", "lesson.cancelled!"));
  EXPECT_EQ(lessons.events[0].text("scheduled_at"), "2026-09-03T16:30:00Z");
  EXPECT_EQ(lessons.changes[0].who, "Тимур Ахметов");
  EXPECT_EQ(lessons.changes[1].who, "Алина Петрова, Тимур Ахметов");
}

TEST_F(Imports, bring_a_lesson_back_that_was_gone) {
  import(kPeople, kLessons);
  auto without = replace_all(kLessons, "Тимур;03.09.2026 18:00;;Физика;\n", "");
  import("", without);
  EXPECT_THAT(types(), ElementsAre("lesson.cancelled!"));
  auto id = lessons.events[0].text("lesson_id");
  import("", kLessons);
  ASSERT_THAT(types(), ElementsAre("lesson.created"));
  EXPECT_EQ(lessons.events[0].text("lesson_id"), id);
  EXPECT_FALSE(known.facts.at(id).cancelled());
  import("", without);
  EXPECT_TRUE(known.facts.at(id).cancelled());
}

TEST_F(Imports, there_and_back_again_make_events_of_their_own) {
  import(kPeople, kLessons);
  std::set<std::string> ids;
  auto moved = replace_all(kLessons, "03.09.2026 18:00", "03.09.2026 19:30");
  for (const auto& list : {moved, kLessons, moved, kLessons}) {
    import("", list);
    ASSERT_THAT(types(), ElementsAre("lesson.rescheduled!"));
    EXPECT_TRUE(ids.insert(lessons.events[0].id).second);
  }
}

TEST_F(Imports, leave_lessons_that_are_over) {
  import(kPeople, kLessons);
  known.now = std::chrono::sys_days(std::chrono::year(2026) / 9 / 4);
  import("", "ученик;начало\nТимур;10.09.2026 18:00\n");
  EXPECT_EQ(lessons.cancelled, 3);  // the group's, and two of Alina's three: what was on the 1st stays
  EXPECT_EQ(lessons.created, 1);
  import("", kLessons);
  EXPECT_EQ(lessons.past, 2);
}

TEST_F(Imports, tell_a_family_of_many_moves_by_one_message) {
  import(kPeople, "ученик;начало;каждую неделю до\nАлина;01.09.2026 17:00;22.12.2026\n");
  import("", "ученик;начало;каждую неделю до\nАлина;02.09.2026 18:00;23.12.2026\n");
  EXPECT_EQ(lessons.moved, 17);
  EXPECT_EQ(lessons.created + lessons.cancelled, 0);
  auto told = types();
  EXPECT_EQ(std::ranges::count(told, "lesson.rescheduled!"), 1);
  EXPECT_EQ(lessons.events[0].text("reason"),
            "изменилось расписание: всего переносится занятий — 17, последнее на 23 декабря");
}

TEST_F(Imports, change_details_without_telling_anybody) {
  import(kPeople, kLessons);
  import("", replace_all(kLessons, "1500", "1700"));
  EXPECT_THAT(types(), ElementsAre("lesson.updated", "lesson.updated", "lesson.updated"));
  EXPECT_EQ(lessons.events[0].text("price"), "1700.00");
  EXPECT_FALSE(lessons.events[0].has("subject"));
}

TEST_F(Imports, put_students_on_and_take_them_off_a_group_lesson) {
  import(kPeople + "Даша Котова;ученик;;\n", kLessons);
  import("", replace_all(kLessons, "Алина, Тимур;05", "Даша, Тимур;05"));
  ASSERT_THAT(types(), ElementsAre("lesson.rescheduled", "lesson.cancelled!"));
  EXPECT_THAT(lessons.events[1].list("student_ids"), ElementsAre(id_of("Алина Петрова")));
  const auto& group = known.facts.at(lessons.events[0].text("lesson_id"));
  EXPECT_FALSE(group.cancelled());
  EXPECT_TRUE(group.takes_part(id_of("Даша Котова")));
  EXPECT_FALSE(group.takes_part(id_of("Алина Петрова")));
}

TEST_F(Imports, with_ids_follow_a_lesson_wherever_it_goes) {
  import(kPeople, "id;ученик;начало\n77;Тимур;03.09.2026 18:00\n");
  EXPECT_EQ(lessons.events[0].text("lesson_id"), "77");
  import("", "id;ученик;начало\n77;Тимур;30.10.2026 11:00\n");
  ASSERT_THAT(types(), ElementsAre("lesson.rescheduled!"));
  EXPECT_EQ(lessons.events[0].text("lesson_id"), "77");
}

TEST_F(Imports, of_one_tutor_leave_the_lessons_of_another) {
  auto people_csv = kPeople + "Пётр Ли;репетитор;;\n";
  import(replace_all(people_csv, "имя;", "имя;"), "ученик;репетитор;начало\nТимур;Ольга;03.09.2026 18:00\n");
  import("", "ученик;репетитор;начало\nАлина;Пётр;03.09.2026 18:00\n");
  EXPECT_THAT(types(), ElementsAre("lesson.created"));
}

TEST_F(Imports, leave_what_people_have_changed_themselves) {
  import(kPeople);
  auto timur = known.directory.at(id_of("Тимур Ахметов"));
  timur.addresses = {{Channel::email, "own@example.test", false, ""}};
  known.directory.add(timur);
  import(kPeople);
  EXPECT_THAT(types(), IsEmpty());
  import(replace_all(kPeople, "timur@", "t.akhmetov@"));
  EXPECT_THAT(types(), ElementsAre("user.updated"));
  EXPECT_EQ(people.events[0].text("email"), "t.akhmetov@example.test");
  EXPECT_FALSE(people.events[0].has("full_name"));
}

TEST_F(Imports, of_a_parent_who_comes_later_renew_the_reminders_of_the_child) {
  import(kPeople, kLessons);
  import(kPeople + "Игорь Петров;родитель;Алина Петрова;\n");
  EXPECT_THAT(types(), ElementsAre("user.registered", "lesson.rescheduled", "lesson.rescheduled",
                                   "lesson.rescheduled", "lesson.rescheduled"));
  import(kPeople + "Игорь Петров;родитель;Алина Петрова;\n", kLessons);
  EXPECT_THAT(types(), IsEmpty());
}

TEST_F(Imports, keep_erased_people_away) {
  import(kPeople);
  known.erased = {id_of("Тимур Ахметов")};
  known.directory = {};
  known.visible.clear();
  import(kPeople, kLessons);
  EXPECT_EQ(problem(), "");
  EXPECT_EQ(people.erased, 1);
  EXPECT_EQ(lessons.erased, 1);
  for (const auto& event : lessons.events)
    EXPECT_THAT(event.list("student_ids"), ElementsAre(id_of("Алина Петрова")));
  import("", "ученик;начало\nТимур Ахметов;03.09.2026 18:00\n");
  EXPECT_EQ(lessons.erased, 1);
}

struct Refused {
  std::string people, lessons, problem;
};

TEST_F(Imports, refuse_names_that_mean_nobody_or_several) {
  auto two = replace_all(kPeople, ";Алина;", ";Алина Петрова;") + "Алина Орлова;ученик;;\n";
  const std::vector<Refused> cases = {
      {kPeople, "ученик;начало\nАлёна Петрва;01.09.2026 17:00",
       "2: «Алёна Петрва»: такого человека нет; похожи: "
       "Алина Петрова (id p-"},
      {two, "ученик;начало\nАлина;01.09.2026 17:00", "2: «Алина»: подходят несколько: "},
      {kPeople + "Тимур Ахметов;ученик;;\n", "", "6: это тот же человек, что в строке 4"},
      {"имя;роль\nАлина;ученик", "ученик;начало\nАлина;01.09.2026 17:00", "2: неизвестно, кто ведёт занятие"},
      {kPeople + "Пётр Ли;репетитор;;\n", "ученик;начало\nТимур;01.09.2026 17:00",
       "2: репетиторов несколько"},
      {kPeople, "ученик;начало\nТимур;01.09.2026 17:00\nТимур;01.09.2026 17:00", "3: повторяет строку 2"},
      {kPeople, "id;ученик;начало\n5;Тимур;01.09.2026 17:00\n5;Тимур;02.09.2026 17:00",
       "3: повторяет строку 2"},
  };
  for (const auto& [people_csv, lessons_csv, expected] : cases) {
    School school;
    school.import(people_csv, lessons_csv);
    EXPECT_THAT(school.problem(), HasSubstr(expected));
  }
}

TEST_F(Imports, take_the_given_zone_before_the_tutors) {
  options.zone = Zone::find("Asia/Omsk").value();
  import(kPeople, kLessons);
  EXPECT_EQ(lessons.events[0].text("scheduled_at"), "2026-09-01T11:00:00Z");
  EXPECT_EQ(known.directory.at(id_of("Тимур Ахметов")).timezone, "Asia/Omsk");
}

// --- laws

std::string random_list(const std::vector<int>& hours) {
  std::string out = "ученик;начало;предмет\n";
  for (std::size_t i = 0; i < hours.size(); ++i)
    out += std::string(i % 2 == 0 ? "Алина" : "Тимур") + ";" +
           replace_all(replace_all(format_iso(Time(std::chrono::sys_days(std::chrono::year(2026) / 9 / 1) +
                                                   std::chrono::hours(hours[i]))),
                                   "T", " "),
                       "Z", "") +
           (i % 3 == 0 ? ";Математика\n" : ";Физика\n");
  return out;
}

std::vector<int> distinct_hours() { return *rc::gen::unique<std::vector<int>>(rc::gen::inRange(0, 24 * 20)); }

TEST(ImportLaws, the_end_is_what_the_last_list_says_and_a_repetition_changes_nothing) {
  EXPECT_TRUE(rc::check([] {
    School school;
    school.import(kPeople);
    for (int i = 0; i < 3; ++i) {
      auto hours = distinct_hours();
      if (hours.empty()) continue;
      auto list = random_list(hours);
      school.import("", list);
      RC_ASSERT(school.problems.empty());
      std::multiset<std::int64_t> wanted, there;
      for (auto hour : hours)
        wanted.insert(to_micros(
            Time(std::chrono::sys_days(std::chrono::year(2026) / 9 / 1) + std::chrono::hours(hour - 3))));
      for (const auto& [id, lesson] : school.known.facts)
        if (!lesson.cancelled()) there.insert(to_micros(*lesson.scheduled_at));
      RC_ASSERT(there == wanted);
      school.import("", list);
      RC_ASSERT(school.lessons.events.empty());
    }
  }));
}

TEST(ImportLaws, the_order_of_rows_does_not_matter) {
  EXPECT_TRUE(rc::check([] {
    auto before = distinct_hours(), after = distinct_hours();
    RC_PRE(!before.empty() && !after.empty());
    auto shuffled = [](const std::string& list) {
      auto lines = split(trim(list), '\n');
      std::reverse(lines.begin() + 1, lines.end());
      return join(lines, "\n");
    };
    School one, other;
    one.import(kPeople, random_list(before));
    other.import(kPeople, shuffled(random_list(before)));
    one.import("", random_list(after));
    other.import("", shuffled(random_list(after)));
    RC_ASSERT(one.lessons.events.size() == other.lessons.events.size());
    for (std::size_t i = 0; i < one.lessons.events.size(); ++i)
      RC_ASSERT(events::to_cloudevent(one.lessons.events[i]) ==
                events::to_cloudevent(other.lessons.events[i]));
  }));
}

}  // namespace
}  // namespace rb::notification::lists
