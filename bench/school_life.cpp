#include "school_life.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "time/iso.hpp"

namespace rb::bench {
namespace {

constexpr double kMostLoad = 1.6;          // of a tutor
constexpr double kEventsOfALesson = 6.35;  // logins included

const std::array<std::string_view, 8> kSubjects = {
    "Математика", "Физика", "Русский язык", "Английский язык", "Химия", "Биология", "Информатика", "История"};
const std::array<std::string_view, 4> kReasons = {"Болезнь ученика", "Болезнь преподавателя",
                                                  "Семейные обстоятельства", "Технические проблемы"};
const std::array<std::string_view, 7> kMethods = {"card", "card", "card",         "sbp",
                                                  "sbp",  "cash", "bank_transfer"};
const std::array<int, 5> kMinutes = {45, 60, 60, 60, 90};
const std::array<double, 7> kBusyDays = {0.45, 1, 1, 1, 1, 0.95, 0.8};  // from Sunday

std::string iso(Seconds moment) { return format_iso(Time{std::chrono::seconds(moment)}); }

struct Tutor {
  std::vector<std::string_view> subjects;
  int price = 0;  // of an hour
  double load = 1;
};

struct Student {
  double diligence = 1, level = 5;
};

class Life {
 public:
  Life(Seconds begin, Seconds end, std::size_t events, int tutors, int students)
      : begin_(begin), end_(end), wanted_(events) {
    for (int i = 0; i < tutors; ++i) {
      Tutor tutor{
          {dice_.one_of(kSubjects)}, 100 * dice_.between(8, 25), 0.4 + dice_.unit() * (kMostLoad - 0.4)};
      if (dice_.chance(0.4)) tutor.subjects.push_back(dice_.one_of(kSubjects));
      tutors_.push_back(std::move(tutor));
    }
    for (int i = 0; i < students; ++i) students_.push_back({0.6 + dice_.unit() * 0.4, 3 + dice_.unit() * 2});
  }

  std::vector<Happening> all() {
    auto lessons = static_cast<std::size_t>(static_cast<double>(wanted_) / kEventsOfALesson);
    for (std::size_t i = 0; i < lessons; ++i) lesson();
    while (events_.size() < wanted_) login();
    events_.resize(wanted_);
    std::ranges::sort(events_);
    return std::move(events_);
  }

 private:
  struct Lesson {
    std::size_t student = 0;  // from 0
    std::string tutor_id, student_id;
    std::string_view subject;
    Seconds begins = 0, ends = 0;
    int price = 0;
  };

  bool say(Seconds moment, std::string_view type, std::string_view data) {
    if (moment < begin_ || moment >= end_) return false;
    events_.push_back({moment, envelope(dice_, type, moment, data)});
    return true;
  }

  // From 0.
  std::size_t busy_tutor() {
    for (;;) {
      auto i = dice_.below(tutors_.size());
      if (dice_.unit() * kMostLoad < tutors_[i].load) return i;
    }
  }

  Seconds busy_day() {
    for (;;) {
      auto day = begin_ + dice_.between(0, static_cast<int>((end_ - begin_) / kDay) + 3) * kDay;
      auto weekday = static_cast<std::size_t>((day / kDay + 4) % 7);  // 1970-01-01 was a Thursday
      if (dice_.chance(kBusyDays[weekday])) return day;
    }
  }

  void lesson() {
    auto tutor = busy_tutor();
    const auto& of = tutors_[tutor];
    auto student = tutor + tutors_.size() * dice_.below(students_.size() / tutors_.size());
    auto begins = busy_day() + dice_.between(9, 20) * kHour + (dice_.chance(1.0 / 3) ? kHour / 2 : 0);
    auto minutes = dice_.one_of(kMinutes);
    Lesson it{student,
              fmt::to_string(tutor + 1),
              fmt::to_string(tutors_.size() + student + 1),
              dice_.one_of(of.subjects),
              begins,
              begins + minutes * kMinute,
              of.price * minutes / 60};
    auto data = fmt::format(
        R"("lesson_id":"{}","tutor_id":{},"student_id":{},"subject":"{}","scheduled_at":"{}","duration_minutes":{},"price":{})",
        dice_.id(), it.tutor_id, it.student_id, it.subject, iso(begins), minutes, it.price);
    say(std::max(begin_, begins - dice_.between(12, 168) * kHour), "lesson.created", data);
    auto fate = dice_.unit();
    if (fate < 0.1) {
      data += fmt::format(R"(,"reason":"{}","cancelled_by":"{}")", dice_.one_of(kReasons),
                          dice_.chance(2.0 / 3) ? "student" : "tutor");
      say(begins - dice_.between(1, 24) * kHour, "lesson.cancelled", data);
      return;
    }
    if (fate > 0.96) return;  // nobody says how it ended
    data += fmt::format(R"(,"rating":{})", mark(it, 1, 0.7));
    if (!say(it.ends + dice_.between(0, 900), "lesson.completed", data)) return;
    payment(it);
    homework(it);
    materials(it);
  }

  int mark(const Lesson& it, int least, double spread) {
    auto level = students_[it.student].level + (dice_.unit() * 2 - 1) * spread;
    return std::clamp(static_cast<int>(std::lround(level)), least, 5);
  }

  void payment(const Lesson& it) {
    if (!dice_.chance(0.85)) return;
    auto moment = it.ends + dice_.between(1, 48) * kHour;
    auto data = [&] {
      return fmt::format(
          R"("payment_id":"{}","amount":{},"currency":"RUB","tutor_id":{},"student_id":{},"payment_method":"{}")",
          dice_.id(), it.price, it.tutor_id, it.student_id, dice_.one_of(kMethods));
    };
    if (dice_.chance(0.05))
      say(moment - kHour / 2, "payment.failed", data() + R"(,"failure_reason":"insufficient_funds")");
    say(moment, "payment.processed", data() + fmt::format(R"(,"processed_at":"{}")", iso(moment)));
  }

  void homework(const Lesson& it) {
    if (!dice_.chance(0.6)) return;
    auto data = fmt::format(
        R"("homework_id":"{}","student_id":{},"tutor_id":{},"subject":"{}","due_date":"{}")", dice_.id(),
        it.student_id, it.tutor_id, it.subject, iso(it.ends + dice_.between(3, 7) * kDay));
    say(it.ends + 10 * kMinute, "homework.assigned", data);
    if (!dice_.chance(students_[it.student].diligence)) return;
    auto moment = it.ends + dice_.between(12, 150) * kHour;
    say(moment, "homework.submitted", data);
    if (!dice_.chance(0.9)) return;
    say(moment + dice_.between(1, 48) * kHour, "homework.graded",
        data + fmt::format(R"(,"grade":{})", mark(it, 2, 0.5)));
  }

  void materials(const Lesson& it) {
    auto data = [&](const std::string& user) {
      return fmt::format(R"("material_id":"{}","title":"Конспект: {}","subject":"{}","user_id":{})",
                         dice_.id(), it.subject, it.subject, user);
    };
    auto later = [&] { return it.ends + dice_.between(1, 40) * kHour; };
    auto student = fmt::format(R"(,"student_id":{})", it.student_id);
    if (dice_.chance(0.08)) say(later(), "material.uploaded", data(it.tutor_id));
    if (dice_.chance(0.15)) say(later(), "material.shared", data(it.tutor_id) + student);
    if (!dice_.chance(0.5)) return;
    say(later(), "material.accessed",
        data(it.student_id) + student +
            fmt::format(R"(,"access_type":"{}")", dice_.chance(1.0 / 3) ? "download" : "view"));
  }

  void login() {
    bool tutor = dice_.chance(0.25);
    auto user = 1 + (tutor ? dice_.below(tutors_.size()) : tutors_.size() + dice_.below(students_.size()));
    auto moment = begin_ + static_cast<Seconds>(dice_.unit() * static_cast<double>(end_ - begin_));
    say(moment, "user.login", fmt::format(R"("user_id":{},"role":"{}")", user, tutor ? "tutor" : "student"));
  }

  Dice dice_{1};
  Seconds begin_, end_;
  std::size_t wanted_;
  std::vector<Tutor> tutors_;
  std::vector<Student> students_;
  std::vector<Happening> events_;
};

}  // namespace

std::string envelope(Dice& dice, std::string_view type, Seconds moment, std::string_view data) {
  return fmt::format(R"({{"specversion":"1.0","id":"{}","source":"/{}-service","type":"{}","time":"{}",)"
                     R"("datacontenttype":"application/json","data":{{{}}}}})",
                     dice.id(), type.substr(0, type.find('.')), type, iso(moment), data);
}

std::vector<Happening> life_of_school(Seconds begin, Seconds end, std::size_t events, int tutors,
                                      int students) {
  return Life(begin, end, events, tutors, students).all();
}

}  // namespace rb::bench
