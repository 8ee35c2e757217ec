#include <fmt/format.h>

#include <algorithm>

#include "base/strings.hpp"
#include "domain/lists/lesson_changes.hpp"

namespace rb::notification::lists {
namespace {

constexpr std::size_t kMostLessons = 10'000;

class Reading {
 public:
  Reading(const PeopleChanges& people, const Known& known, const Options& options, Problems& problems)
      : people_(people),
        known_(known),
        options_(options),
        problems_(problems),
        tutors_(people.names.with_role(Audience::tutor)) {}

  Wishes read(const std::vector<LessonRow>& rows) {
    out_.rows = static_cast<int>(rows.size());
    for (const auto& row : rows) {
      take(row);
      if (out_.lessons.size() <= kMostLessons) continue;
      wrong(row,
            fmt::format(
                "вместе с повторениями это больше {0} занятий · with the repetitions these are more than {0} "
                "lessons",
                kMostLessons));
      break;
    }
    return std::move(out_);
  }

 private:
  void wrong(const LessonRow& row, std::string reason) {
    problems_.push_back({"lessons", row.line, "", std::move(reason)});
  }

  // "" after a problem; also finds the ids of people who were erased and have no name any more.
  std::string find(const LessonRow& row, const std::string& cell, Audience role) {
    auto id = people_.names.find(cell, role);
    if (id) return *id;
    if (known_.erased.contains(cell)) return cell;
    if (auto own = person_id_of(cell); known_.erased.contains(own)) return own;
    wrong(row, fmt::format("«{}»: {}", cell, id.error()));
    return {};
  }

  std::string tutor_of(const LessonRow& row) {
    if (!row.tutor.empty()) return find(row, row.tutor, Audience::tutor);
    if (!options_.own_tutor.empty()) return options_.own_tutor;
    if (tutors_.size() == 1) return tutors_.front()->id;
    wrong(row, tutors_.empty()
                   ? "неизвестно, кто ведёт занятие: добавьте в список людей репетитора · nobody is known to "
                     "teach: add a tutor to the list of people"
                   : "репетиторов несколько: нужен столбец «репетитор» · there are several tutors: a column "
                     "“tutor” is needed");
    return {};
  }

  std::optional<std::vector<std::string>> students_of(const LessonRow& row) {
    std::vector<std::string> out;
    for (const auto& cell : row.students) {
      auto id = find(row, cell, Audience::student);
      if (id.empty()) return std::nullopt;
      if (!known_.erased.contains(id) && std::ranges::find(out, id) == out.end())
        out.push_back(std::move(id));
    }
    std::ranges::sort(out);
    return out;
  }

  Zone zone_of(const std::string& tutor) const {
    if (options_.zone) return *options_.zone;
    const auto& person = people_.directory.at(tutor);
    auto zone = person.known ? Zone::find(person.timezone) : fail(Errc::not_found, "");
    return zone ? *zone : options_.fallback;
  }

  bool first_with(const LessonRow& row, const std::string& what) {
    auto [other, fresh] = lines_.emplace(what, row.line);
    if (!fresh) wrong(row, fmt::format("повторяет строку {0} · the same as line {0}", other->second));
    return fresh;
  }

  void take(const LessonRow& row) {
    auto tutor = tutor_of(row);
    auto students = students_of(row);
    if (tutor.empty() || !students) return;
    out_.tutors.insert(tutor);
    if (students->empty() || known_.erased.contains(tutor)) {
      ++out_.erased;
      return;
    }
    if (!row.id.empty() && !first_with(row, "id\n" + row.id)) return;
    const auto* subject = row.fields.if_contains("subject");
    auto key = row_key_of(
        !row.id.empty()
            ? "id\n" + row.id
            : fmt::format("{}\n{}\n{}", tutor, join(*students, ","),
                          subject == nullptr ? "" : utf8_lower(std::string_view(subject->as_string()))));
    auto zone = zone_of(tutor);
    for (auto start : occurrences(row, zone)) {
      if (!first_with(row, key + std::to_string(to_micros(start)))) return;
      if (start <= known_.now) {
        ++out_.past;
      } else {
        out_.lessons.push_back({&row, key, tutor, *students, start, zone});
      }
    }
  }

  const PeopleChanges& people_;
  const Known& known_;
  const Options& options_;
  Problems& problems_;
  std::vector<const Named*> tutors_;
  Wishes out_;
  std::map<std::string, int> lines_;  // of what was seen so far
};

}  // namespace

Wishes read_wishes(const std::vector<LessonRow>& rows, const PeopleChanges& people, const Known& known,
                   const Options& options, Problems& problems) {
  return Reading(people, known, options, problems).read(rows);
}

}  // namespace rb::notification::lists
