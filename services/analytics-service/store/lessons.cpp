#include <algorithm>
#include <map>

#include "db/json_text.hpp"
#include "rb/analytics/sql/lessons.sql.hpp"
#include "store/fact_rows.hpp"

namespace rb::analytics {
namespace {

Span reach(const Lesson& lesson) {
  auto [first, last] = std::ranges::minmax(lesson.places, {}, &Place::at);
  return {first.at, last.at};
}

void add_keys(RowsText& rows, const Lesson& lesson) {
  for (const auto& place : lesson.places)
    rows.row()
        .text("tutor_id", lesson.tutor_id)
        .time("at", place.at)
        .text("lesson_id", lesson.id)
        .text("student_id", place.student_id);
}

void add_rows(RowsText& rows, const Lesson& lesson) {
  auto all = reach(lesson);
  for (const auto& place : lesson.places) {
    rows.row()
        .text("tutor_id", lesson.tutor_id)
        .time("at", place.at)
        .text("lesson_id", lesson.id)
        .text("student_id", place.student_id)
        .number("status", static_cast<std::int64_t>(place.status))
        .text("attendance", place.attendance)
        .number("rating", place.rating)
        .flag("charged", place.charged)
        .time("first_at", all.from)
        .time("last_at", all.until)
        .text("subject", lesson.subject)
        .text("topic", lesson.topic)
        .text("type", lesson.type)
        .time("scheduled_at", lesson.scheduled_at)
        .number("minutes", std::int64_t{lesson.minutes});
    if (place.price) rows.number("price", place.price->minor).text("price_currency", place.price->currency);
    if (lesson.tutor_pay)
      rows.number("pay", lesson.tutor_pay->minor).text("pay_currency", lesson.tutor_pay->currency);
  }
}

Place place_from(const db::Rows& rows, std::size_t i) {
  Place place;
  place.student_id = rows.text(i, "student_id");
  place.status = static_cast<LessonStatus>(rows.integer(i, "status"));
  place.at = rows.time(i, "at");
  place.attendance = rows.text(i, "attendance");
  place.rating = rows.maybe_integer(i, "rating");
  place.price = maybe_money(rows, i, "price", "price_currency");
  place.charged = rows.boolean(i, "charged");
  return place;
}

Lesson lesson_from(const db::Rows& rows, std::size_t i) {
  Lesson lesson;
  lesson.id = rows.text(i, "lesson_id");
  lesson.tutor_id = rows.text(i, "tutor_id");
  lesson.subject = rows.text(i, "subject");
  lesson.topic = rows.text(i, "topic");
  lesson.type = rows.text(i, "type");
  lesson.scheduled_at = rows.maybe_time(i, "scheduled_at");
  lesson.minutes = static_cast<int>(rows.integer(i, "minutes"));
  lesson.tutor_pay = maybe_money(rows, i, "pay", "pay_currency");
  return lesson;
}

// Places gathered into lessons, in the order of the first place read.
class Gathering {
 public:
  // What of the lessons' places lies outside `span`.
  Span take(const db::Rows& rows, Span span) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto [found, added] = places_.try_emplace(rows.text(i, "lesson_id"), lessons_.size());
      if (added) lessons_.push_back(lesson_from(rows, i));
      lessons_[found->second].places.push_back(place_from(rows, i));
      span.from = std::min(span.from, rows.time(i, "first_at"));
      span.until = std::max(span.until, rows.time(i, "last_at") + Micros(1));
    }
    return span;
  }

  // More places of the lessons that are there.
  void complete(const db::Rows& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (auto found = places_.find(rows.text(i, "lesson_id")); found != places_.end())
        lessons_[found->second].places.push_back(place_from(rows, i));
  }

  std::vector<Lesson> lessons() {
    for (auto& lesson : lessons_) std::ranges::sort(lesson.places, {}, &Place::student_id);
    return std::move(lessons_);
  }

 private:
  std::map<std::string, std::size_t, std::less<>> places_;
  std::vector<Lesson> lessons_;
};

// A group's places may lie on days of their own: those outside the span are read too.
Task<std::vector<Lesson>> read_lessons(db::QueryRunner read, const db::Query& query, db::Params whose,
                                       Span span) {
  auto places_in = [&](Span part) { return rows_in(read, query, whose, part); };
  Gathering out;
  auto wider = out.take(co_await places_in(span), span);
  if (wider.from < span.from) out.complete(co_await places_in({wider.from, span.from}));
  if (wider.until > span.until) out.complete(co_await places_in({span.until, wider.until}));
  co_return out.lessons();
}

}  // namespace

void write(db::Transaction& tx, const std::vector<Change<Lesson>>& changes) {
  RowsText keys, rows;
  for (const auto& change : changes) {
    if (change.before) add_keys(keys, *change.before);
    if (change.after) add_rows(rows, *change.after);
  }
  post(tx, sql::delete_places, keys);
  post(tx, sql::insert_places, rows);
}

Task<std::vector<Lesson>> lessons_of_tutor(db::QueryRunner read, std::string tutor_id, Span span) {
  return read_lessons(std::move(read), sql::places_of_tutor, {{"tutor_id", std::move(tutor_id)}}, span);
}

Task<std::vector<Lesson>> lessons_of_students(db::QueryRunner read, const std::vector<std::string>& ids,
                                              Span span) {
  return read_lessons(std::move(read), sql::places_of_students, {{"ids", db::json_list(ids)}}, span);
}

Task<std::vector<Lesson>> lessons_of_school(db::QueryRunner read, Span span) {
  return read_lessons(std::move(read), sql::places_of_school, {}, span);
}

Task<std::vector<Lesson>> straddling_lessons(db::QueryRunner read, Span span) {
  return read_lessons(std::move(read), sql::straddling_places, {}, span);
}

Task<std::int64_t> count_not_ended(db::QueryRunner read, Span span, Time now) {
  span.from = std::max(span.from, now - kLongestLesson);
  if (span.from >= span.until) co_return 0;
  auto rows = co_await read(sql::count_not_ended, {{"from", span.from}, {"until", span.until}, {"now", now}});
  co_return rows.integer(0, "lessons");
}

Task<std::vector<std::string>> students_of_tutor(db::QueryRunner read, std::string tutor_id) {
  co_return column(co_await read(sql::students_of_tutor, {{"tutor_id", std::move(tutor_id)}}), "student_id");
}

Task<std::vector<std::string>> students_of_school(db::QueryRunner read) {
  co_return column(co_await read(sql::students_of_school, {}), "id");
}

Task<std::map<std::string, std::vector<Time>>> planned_lessons(db::QueryRunner read, Time now) {
  auto rows = co_await read(sql::planned_lessons, {{"now", now}});
  std::map<std::string, std::vector<Time>> out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out[rows.text(i, "student_id")].push_back(rows.time(i, "scheduled_at"));
  co_return out;
}

Task<StoredById<Lesson>> all_lessons(db::QueryRunner read) {
  StoredById<Lesson> out;
  std::unordered_map<std::string, Span> reaches;
  auto take = [&](const db::Rows& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto lesson = lesson_from(rows, i);
      auto all = Span{rows.time(i, "first_at"), rows.time(i, "last_at")};
      auto [found, added] = out.try_emplace(lesson.id, Stored<Lesson>{lesson});
      auto& known = found->second;
      auto [reached, first] = reaches.try_emplace(lesson.id, all);
      lesson.places = known.fact.places;
      known.torn = known.torn || lesson != known.fact || reached->second != all;
      known.fact.places.push_back(place_from(rows, i));
    }
  };
  co_await each_page(std::move(read), sql::places_after,
                     {{"tutor_id", ""}, {"at", kBelowAll}, {"lesson_id", ""}, {"student_id", ""}}, take);
  for (auto& [id, known] : out) {
    std::ranges::sort(known.fact.places, {}, &Place::student_id);
    known.rows = static_cast<int>(known.fact.places.size());
    known.torn = known.torn || reach(known.fact) != reaches.at(id);
  }
  co_return out;
}

std::size_t rows_of(const Lesson& lesson) { return lesson.places.size(); }

Task<bool> is_student_of_tutor(db::QueryRunner read, std::string student_id, std::string tutor_id) {
  auto rows = co_await read(sql::is_student_of_tutor,
                            {{"student_id", std::move(student_id)}, {"tutor_id", std::move(tutor_id)}});
  co_return !rows.empty();
}

}  // namespace rb::analytics
