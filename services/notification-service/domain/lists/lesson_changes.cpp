#include "domain/lists/lesson_changes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.hpp"
#include "domain/lists/telling.hpp"
#include "jinja/moments.hpp"
#include "time/iso.hpp"

namespace rb::notification::lists {
namespace {

namespace bj = boost::json;

constexpr int kMostNames = 3;  // an id that is taken already gets a number; so many are tried

std::string id_for(const Wish& wish) {
  const auto& given = wish.row->id;
  if (!given.empty() && !wish.row->weekly_until) return given;
  if (!given.empty())
    return fmt::format("{}-{}", given, jinja::format_moment(wish.start, wish.zone, "%Y%m%d", "en"));
  return "l-" + row_key_of(fmt::format("{}\n{}", wish.row_key, to_micros(wish.start))).substr(0, 16);
}

std::string numbered(const std::string& id, int number) {
  return number == 1 ? id : fmt::format("{}-{}", id, number);
}

std::vector<std::string> difference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> out;
  std::ranges::set_difference(a, b, std::back_inserter(out));
  return out;
}

// Whether the reminders of the lesson are planned anew, or taken back, anyway.
bool replans(const Draft& one) {
  if (one.type == "lesson.cancelled") return !one.data.contains("student_ids");
  return one.type != "lesson.updated";
}

class LessonPlanning {
 public:
  LessonPlanning(const Wishes& wishes, const PeopleChanges& people, const Known& known,
                 const Options& options, Problems& problems)
      : wishes_(wishes), people_(people), known_(known), options_(options), problems_(problems) {
    out_.rows = wishes.rows;
    out_.past = wishes.past;
    out_.erased = wishes.erased;
  }

  LessonChanges plan() {
    adopt_facts();
    std::vector<const RememberedLesson*> before;
    auto add = [&](const RememberedLesson& lesson) {
      bool ahead = !lesson.cancelled && lesson.starts_at > known_.now;
      if (ahead && wishes_.tutors.contains(lesson.tutor_id)) before.push_back(&lesson);
    };
    for (const auto& [id, lesson] : known_.lessons) add(lesson);
    for (const auto& [id, lesson] : adopted_) add(lesson);
    std::vector<const Wish*> wanted;
    for (const auto& wish : wishes_.lessons) wanted.push_back(&wish);
    for (const auto& match : match_lessons(std::move(before), std::move(wanted))) {
      if (match.before == nullptr) {
        create(*match.wish);
      } else if (match.wish == nullptr) {
        cancel(*match.before);
      } else {
        compare(*match.before, *match.wish);
      }
    }
    refresh();
    decide_who_hears(drafts_, zone_for_reading());
    for (auto& draft : drafts_) announce(std::move(draft));
    for (auto& [id, entry] : remember_) out_.remember.push_back(std::move(entry));
    return std::move(out_);
  }

 private:
  const Lesson* fact(const std::string& id) const {
    auto found = known_.facts.find(id);
    return found == known_.facts.end() ? nullptr : &found->second;
  }

  // A row whose id names a lesson that came from elsewhere speaks of that lesson.
  void adopt_facts() {
    for (const auto& wish : wishes_.lessons) {
      auto id = id_for(wish);
      const auto* lesson = wish.row->id.empty() || known_.lessons.contains(id) ? nullptr : fact(id);
      if (lesson == nullptr || !lesson->scheduled_at || lesson->cancelled()) continue;
      RememberedLesson entry{id, wish.row_key, lesson->tutor_id, {}, *lesson->scheduled_at, false, 0, {}};
      for (const auto& [student, part] : lesson->students)
        if (part.takes_part) entry.students.push_back(student);
      adopted_.emplace(id, std::move(entry));
    }
  }

  static void remember_fields(RememberedLesson& entry, const Wish& wish) {
    entry.row_key = wish.row_key;
    entry.tutor_id = wish.tutor_id;
    entry.students = wish.students;
    entry.starts_at = wish.start;
    entry.content.clear();
    for (const auto& [field, value] : wish.row->fields) entry.content[field] = digest_of(value);
  }

  static bj::object data_of(const Wish& wish) {
    auto data = wish.row->fields;
    data["tutor_id"] = wish.tutor_id;
    data["student_ids"] = as_json(wish.students);
    data["scheduled_at"] = format_iso(wish.start);
    return data;
  }

  std::string names_of(const std::vector<std::string>& students) const {
    std::vector<std::string> out;
    for (const auto& id : students) out.push_back(people_.names.name_of(id));
    std::ranges::sort(out);
    return join(out, ", ");
  }

  // New lessons of one row are one change.
  void note(Action action, const Wish* wish, const std::vector<std::string>& students,
            std::optional<Time> from, std::optional<Time> to) {
    auto line = wish == nullptr ? 0 : wish->row->line;
    if (action == Action::created || action == Action::changed) {
      auto [place, fresh] = noted_.emplace(std::pair(action, line), out_.changes.size());
      if (!fresh) {
        auto& same_row = out_.changes[place->second];
        ++same_row.count;
        same_row.to = to;
        return;
      }
    }
    auto zone = wish == nullptr ? zone_for_reading() : wish->zone;
    out_.changes.push_back({action, line, names_of(students), 1, from, to, zone, ""});
  }

  Zone zone_for_reading() const {
    if (options_.zone) return *options_.zone;
    return wishes_.lessons.empty() ? options_.fallback : wishes_.lessons.front().zone;
  }

  void create(const Wish& wish) {
    RememberedLesson entry;
    auto base = id_for(wish);
    for (int number = 1; number <= kMostNames && entry.lesson_id.empty(); ++number) {
      auto found = known_.lessons.find(numbered(base, number));
      bool free = found == known_.lessons.end();
      if (!free && found->second.cancelled) entry = found->second;  // taken up again
      if (free || found->second.cancelled) entry.lesson_id = numbered(base, number);
    }
    if (entry.lesson_id.empty()) return wrong(wish.row->line, "этот id уже занят · this id is taken already");
    entry.cancelled = false;
    ++entry.version;
    remember_fields(entry, wish);
    draft("lesson.created", entry, data_of(wish), wish.row->line);
    ++out_.created;
    note(Action::created, &wish, wish.students, wish.start, wish.start);
    remember(std::move(entry));
  }

  void cancel(const RememberedLesson& before) {
    auto entry = before;
    entry.cancelled = true;
    const auto* now = fact(before.lesson_id);
    if (now == nullptr || (!now->cancelled() && !now->over())) {
      ++entry.version;
      auto& told =
          draft("lesson.cancelled", entry, {{"tutor_id", before.tutor_id}, {"cancelled_by", "tutor"}}, 0);
      told.family = join(before.students, ",");
      told.lesson_time = before.starts_at;
      ++out_.cancelled;
      note(Action::cancelled, nullptr, before.students, before.starts_at, std::nullopt);
    }
    remember(std::move(entry));
  }

  void compare(const RememberedLesson& before, const Wish& wish) {
    auto entry = before;
    bj::object news;
    for (const auto& [field, value] : wish.row->fields)
      if (!before.content.contains(field) || before.content.at(field).as_string() != digest_of(value))
        news[field] = value;
    auto added = difference(wish.students, before.students);
    auto removed = difference(before.students, wish.students);
    bool moved = wish.start != before.starts_at;
    remember_fields(entry, wish);
    if (!moved && added.empty() && removed.empty() && news.empty()) {
      ++out_.unchanged;
    } else {
      ++(moved ? out_.moved : out_.changed);
      note(moved ? Action::moved : Action::changed, &wish, wish.students, before.starts_at, wish.start);
    }
    if (moved || !added.empty()) {
      ++entry.version;
      auto& told = draft("lesson.rescheduled", entry, data_of(wish), wish.row->line);
      const auto* now = fact(entry.lesson_id);
      if (moved && (now == nullptr || now->scheduled_at != wish.start))
        told.family = join(wish.students, ",");
      told.lesson_time = wish.start;
    } else if (!news.empty()) {
      ++entry.version;
      news["tutor_id"] = wish.tutor_id;
      draft("lesson.updated", entry, std::move(news), wish.row->line);
    }
    if (!removed.empty()) {
      ++entry.version;
      auto& told =
          draft("lesson.cancelled", entry,
                {{"tutor_id", wish.tutor_id}, {"cancelled_by", "tutor"}, {"student_ids", as_json(removed)}},
                wish.row->line);
      told.family = "taken off " + join(removed, ",");
      told.lesson_time = wish.start;
      told.time += Micros(1);  // what was said just before is older
      ++out_.cancelled;
      note(Action::cancelled, &wish, removed, wish.start, std::nullopt);
    }
    remember(std::move(entry));
  }

  // Parents who were added later are reminded of the lessons that were imported before.
  void refresh() {
    const auto& students = people_.students_with_other_parents;
    if (students.empty()) return;
    std::set<std::string> spoken_of;
    for (const auto& one : drafts_)
      if (replans(one)) spoken_of.insert(one.lesson_id);
    for (const auto& [id, lesson] : known_.lessons) {
      const auto* now = fact(id);
      bool stands = now == nullptr ? !lesson.cancelled : !now->cancelled() && !now->over();
      auto starts = now != nullptr && now->scheduled_at ? *now->scheduled_at : lesson.starts_at;
      bool theirs = std::ranges::any_of(lesson.students, [&](const auto& s) { return students.contains(s); });
      bool own = options_.own_tutor.empty() || options_.own_tutor == lesson.tutor_id;
      if (!stands || !own || starts <= known_.now || !theirs || spoken_of.contains(id)) continue;
      auto said = remember_.find(id);
      auto entry = said == remember_.end() ? lesson : said->second;
      ++entry.version;
      draft("lesson.rescheduled", entry,
            {{"tutor_id", lesson.tutor_id},
             {"student_ids", as_json(lesson.students)},
             {"scheduled_at", format_iso(starts)}},
            0);
      remember(std::move(entry));
    }
  }

  void remember(RememberedLesson entry) {
    auto id = entry.lesson_id;
    remember_.insert_or_assign(std::move(id), std::move(entry));
  }

  Draft& draft(std::string type, const RememberedLesson& entry, bj::object data, int line) {
    data["lesson_id"] = entry.lesson_id;
    drafts_.push_back({.type = std::move(type),
                       .lesson_id = entry.lesson_id,
                       .version = entry.version,
                       .data = std::move(data),
                       .line = line,
                       .time = known_.now,
                       .language = people_.directory.at(entry.tutor_id).language});
    return drafts_.back();
  }

  void announce(Draft one) {
    auto event = list_event(one.type, one.lesson_id, one.version, std::move(one.data), one.time);
    if (!event) return wrong(one.line, event.error().message);
    auto refused = options_.permission.lesson(*event, fact(one.lesson_id), people_.directory);
    if (!refused.empty()) return wrong(one.line, "на это нет права · " + refused);
    out_.events.push_back(std::move(*event));
  }

  void wrong(int line, std::string reason) { problems_.push_back({"lessons", line, "", std::move(reason)}); }

  const Wishes& wishes_;
  const PeopleChanges& people_;
  const Known& known_;
  const Options& options_;
  Problems& problems_;
  std::map<std::string, RememberedLesson> adopted_, remember_;
  std::map<std::pair<Action, int>, std::size_t> noted_;  // places in `changes`
  Drafts drafts_;
  LessonChanges out_;
};

}  // namespace

std::set<std::string> Wishes::possible_ids() const {
  std::set<std::string> out;
  for (const auto& wish : lessons)
    for (int number = 1; number <= kMostNames; ++number) out.insert(numbered(id_for(wish), number));
  return out;
}

LessonChanges plan_lessons(const Wishes& wishes, const PeopleChanges& people, const Known& known,
                           const Options& options, Problems& problems) {
  return LessonPlanning(wishes, people, known, options, problems).plan();
}

}  // namespace rb::notification::lists
