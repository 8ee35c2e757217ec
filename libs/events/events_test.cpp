#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "base/strings.hpp"
#include "events/normal.hpp"
#include "events/types.hpp"
#include "time/iso.hpp"

namespace rb::events {
namespace {

Time at(std::string_view text) { return parse_iso(text, Zone::utc()).value(); }

Arrival arrival(std::string routing_key = "") {
  return {std::move(routing_key), "", 0, {}, at("2026-01-02T12:00:00Z"), Zone::utc()};
}

Event accepted(std::string_view body, const Arrival& how = arrival()) {
  auto outcome = parse_event(body, how);
  if (auto* rejected = std::get_if<Rejected>(&outcome)) ADD_FAILURE() << rejected->reason << "\n" << body;
  if (auto* ignored = std::get_if<Ignored>(&outcome)) ADD_FAILURE() << "ignored " << ignored->type;
  auto* event = std::get_if<Event>(&outcome);
  return event != nullptr ? *event : Event{};
}

std::string rejection(std::string_view body, const Arrival& how = arrival()) {
  auto outcome = parse_event(body, how);
  auto* rejected = std::get_if<Rejected>(&outcome);
  return rejected != nullptr ? rejected->reason : "(not rejected)";
}

TEST(Events, reads_a_cloudevent) {
  auto event = accepted(R"({"specversion":"1.0","id":"e1","source":"/lesson-service","type":"lesson.created",
    "time":"2026-01-02T10:00:00Z","data":{"lesson_id":7,"tutor_id":"3","student_id":11,
    "scheduled_at":"2026-01-05T15:00:00+03:00","subject":"Математика","price":1500.5,"unknown":{"x":1}}})");
  EXPECT_EQ(event.id, "e1");
  EXPECT_EQ(event.source, "/lesson-service");
  EXPECT_EQ(event.type, "lesson.created");
  EXPECT_EQ(event.text("lesson_id"), "7");
  EXPECT_EQ(event.list("student_ids"), std::vector<std::string>{"11"});
  EXPECT_EQ(event.moment("scheduled_at"), at("2026-01-05T12:00:00Z"));
  EXPECT_EQ(event.minor("price"), 150050);
  EXPECT_FALSE(event.has("currency"));
  EXPECT_FALSE(event.has("unknown"));
}

TEST(Events, nested_and_flat_fields_mean_the_same) {
  auto nested = accepted(R"({"type":"lesson.created","id":"e1","data":{"lesson":{"id":7,"subject":"Физика",
    "start_time":"2026-01-05T12:00:00Z","duration":45},"student":{"id":11,"name":"Аня"},"tutor":{"id":3,"name":"Ольга"}}})");
  auto flat = accepted(R"({"type":"lesson.created","id":"e1","data":{"lesson_id":"7","subject":"Физика",
    "scheduled_at":"2026-01-05T12:00:00Z","duration_minutes":45,"student_id":"11","tutor_id":"3"}})");
  EXPECT_EQ(nested.text("student_name"), "Аня");
  EXPECT_EQ(nested.text("tutor_name"), "Ольга");
  nested.data.erase("student_name");
  nested.data.erase("tutor_name");
  EXPECT_EQ(nested.data, flat.data);
}

TEST(Events, fields_of_one_family_mean_nothing_in_another) {
  auto lesson =
      accepted(R"({"type":"lesson.cancelled","id":"e1","data":{"lesson_id":7,"value":"?","format":[1]}})");
  EXPECT_EQ(lesson.data, (boost::json::object{{"lesson_id", "7"}}));
  auto alert =
      accepted(R"({"type":"analytics.alert","id":"e1","data":{"message":"!","value":20.5,"format":"?"}})");
  EXPECT_EQ(alert.data, (boost::json::object{{"message", "!"}, {"value", 20.5}}));
}

TEST(Events, ignores_a_field_where_it_means_nothing) {
  struct {
    std::string_view type, data, kept;
  } cases[] = {
      {"user.registered", R"("user_id":1,"grade":9)", "user_id"},
      {"material.accessed", R"("material_id":1,"duration":3600)", "material_id"},
      {"homework.assigned", R"("homework_id":1,"student_id":2,"priority":"medium")",
       "homework_id student_ids"},
      {"homework.assigned", R"("homework_id":1,"student_id":2,"date":"завтра")", "homework_id student_ids"},
      {"payment.processed", R"("payment_id":1,"amount":2,"rating":0)", "payment_id amount currency"},
      {"payment.processed", R"("payment_id":1,"amount":2,"channel":{})", "payment_id amount currency"},
      {"lesson.cancelled", R"("lesson_id":1,"title":{},"amount":-5)", "lesson_id"},
  };
  for (auto& c : cases) {
    auto body = fmt::format(R"({{"id":"x","type":"{}","data":{{{}}}}})", c.type, c.data);
    std::vector<std::string> kept;
    for (const auto& [name, value] : accepted(body).data) kept.emplace_back(name);
    EXPECT_EQ(join(kept, " "), c.kept) << body;
  }
}

TEST(Events, an_empty_list_names_nobody) {
  auto event = [](std::string_view type, std::string_view data) {
    return fmt::format(R"({{"id":"x","type":"{}","data":{{{}}}}})", type, data);
  };
  auto alone =
      accepted(event("user.registered", R"("user_id":1,"children_ids":[],"tutor_ids":[],"roles":[])"));
  auto nobody = boost::json::array();
  EXPECT_EQ(alone.data,
            (boost::json::object{{"user_id", "1"}, {"children_ids", nobody}, {"tutor_ids", nobody}}));
  EXPECT_EQ(accepted(to_cloudevent(alone)).data, alone.data);
  auto whole = accepted(event("lesson.cancelled", R"("lesson_id":1,"student_ids":[])"));
  EXPECT_EQ(whole.data, (boost::json::object{{"lesson_id", "1"}}));
  EXPECT_EQ(rejection(event("homework.assigned", R"("homework_id":1,"student_ids":[])")),
            "student_ids: is required");
}

TEST(Events, money_without_a_currency_is_in_roubles_but_for_that_of_a_lesson) {
  auto payment = accepted(R"({"type":"payment.failed","id":"x","data":{"payment_id":1,"amount":2}})");
  EXPECT_EQ(payment.text("currency"), "RUB");
  auto balance = accepted(R"({"type":"balance.low","id":"x","data":{"user_id":1,"amount":2}})");
  EXPECT_EQ(balance.text("currency"), "RUB");
  auto lesson = accepted(R"({"type":"lesson.updated","id":"x","data":{"lesson_id":1,"price":"1500"}})");
  EXPECT_EQ(lesson.data, (boost::json::object{{"lesson_id", "1"}, {"price", "1500.00"}}));
  EXPECT_EQ(accepted(to_cloudevent(lesson)).data, lesson.data);
}

TEST(Events, normalising_the_published_form_changes_nothing) {
  auto event =
      accepted(R"({"type":"payment.processed","id":"p","source":"x","timestamp":"2026-01-02T10:00:00",
    "data":{"payment_id":5,"amount":"1500","user_id":9,"payment_method":"sbp","student_ids":[1,2,2]}})");
  auto again = accepted(to_cloudevent(event));
  EXPECT_EQ(again.data, event.data);
  EXPECT_EQ(again.time, event.time);
  EXPECT_EQ(again.source, event.source);
  EXPECT_EQ(event.list("student_ids"), (std::vector<std::string>{"1", "2"}));
}

TEST(Events, resolves_aliases_by_name_and_by_content) {
  struct {
    std::string_view type, data, expected;
  } cases[] = {
      {"homework.checked", R"("homework_id":1,"student_id":2,"grade":5)", "homework.graded"},
      {"payment.recorded", R"("payment_id":1,"amount":2)", "payment.processed"},
      {"payment.balance.updated", R"("user_id":1,"amount":2)", "balance.updated"},
      {"lesson.scheduled", R"("lesson_id":1,"tutor_id":2,"student_id":3,"scheduled_at":"2026-02-01")",
       "lesson.created"},
      {"lesson.attendance", R"("lesson_id":1,"tutor_id":2,"student_id":3,"attendance":"late")",
       "lesson.completed"},
      {"lesson.attendance", R"("lesson_id":1,"attendance":"absent_excused")", "lesson.missed"},
      {"lesson.attendance", R"("lesson_id":1,"attendance":"Absent_Unexcused")", "lesson.missed"},
      {"lesson.deleted", R"("lesson_id":1)", "lesson.cancelled"},
      {"lesson.updated", R"("lesson_id":1,"topic":"Дроби")", "lesson.updated"},
      {"lesson.updated", R"("lesson_id":1,"new_date":"2026-02-01T10:00:00Z")", "lesson.rescheduled"},
  };
  for (auto& c : cases) {
    auto body = std::string(R"({"id":"x","type":")") + std::string(c.type) + R"(","data":{)" +
                std::string(c.data) + "}}";
    EXPECT_EQ(accepted(body).type, c.expected) << c.type;
  }
}

TEST(Events, the_new_time_of_a_lesson_stands_before_the_old_one) {
  for (std::string times : {R"("scheduled_at":"2026-02-01T10:00:00Z","new_date":"2026-02-02T10:00:00Z")",
                            R"("new_date":"2026-02-02T10:00:00Z","scheduled_at":"2026-02-01T10:00:00Z")",
                            R"("new_date":"2026-02-02T10:00:00Z","scheduled_at":null)"}) {
    auto event = accepted(R"({"id":"x","type":"lesson.updated","data":{"lesson_id":1,)" + times + "}}");
    EXPECT_EQ(event.text("scheduled_at"), "2026-02-02T10:00:00Z") << times;
  }
}

TEST(Events, an_update_that_repeats_the_time_of_a_lesson_does_not_move_it) {
  for (std::string time : {R"("date":"2026-02-01T10:00:00Z")", R"("start_time":"2026-02-01T10:00:00Z")",
                           R"("lesson":{"start_time":"2026-02-01T10:00:00Z"})",
                           R"("date":"2026-02-01T10:00:00Z","scheduled_at":null)"}) {
    auto event = accepted(R"({"id":"x","type":"lesson.updated","data":{"lesson_id":1,)" + time + "}}");
    EXPECT_EQ(event.type, "lesson.updated") << time;
    EXPECT_FALSE(event.has("scheduled_at")) << time;
  }
  for (std::string time :
       {R"("date":"2026-02-01T10:00:00Z","scheduled_at":"2026-02-02T10:00:00Z")",
        R"("lesson":{"start_time":"2026-02-01T10:00:00Z","new_date":"2026-02-02T10:00:00Z"})",
        R"("lesson":{"scheduled_at":"2026-02-02T10:00:00Z"})"}) {
    auto event = accepted(R"({"id":"x","type":"lesson.updated","data":{"lesson_id":1,)" + time + "}}");
    EXPECT_EQ(event.type, "lesson.rescheduled") << time;
    EXPECT_EQ(event.text("scheduled_at"), "2026-02-02T10:00:00Z") << time;
  }
}

TEST(Events, a_completion_says_when_it_was_only_if_it_was_told) {
  auto event =
      accepted(R"({"id":"x","type":"lesson.attendance","data":{"lesson_id":1,"tutor_id":2,"student_id":3}})");
  EXPECT_EQ(event.type, "lesson.completed");
  EXPECT_FALSE(event.has("completed_at"));
}

TEST(Events, a_deleted_lesson_is_cancelled_silently) {
  EXPECT_TRUE(accepted(R"({"id":"x","type":"lesson.deleted","data":{"lesson_id":1}})").flag("silent"));
}

TEST(Events, reads_the_flat_legacy_envelope) {
  auto event = accepted(R"({"event_type":"lesson.cancelled","lesson_id":4,"student_id":5,"tutor_id":6,
    "timestamp":"2026-01-02T09:00:00","data":{"topic":"Дроби","reason":"болезнь","cancelled_by":"student"}})",
                        arrival("lesson.cancelled"));
  EXPECT_EQ(event.text("lesson_id"), "4");
  EXPECT_EQ(event.text("tutor_id"), "6");
  EXPECT_EQ(event.text("reason"), "болезнь");
}

TEST(Events, completes_a_one_word_type_by_the_routing_key) {
  auto event =
      accepted(R"({"event_type":"processed","service":"payment-service","timestamp":"2026-01-02T09:00:00",
    "data":{"payment_id":4,"student_id":5,"amount":100}})",
               arrival("payment.processed"));
  EXPECT_EQ(event.type, "payment.processed");
  EXPECT_EQ(event.source, "payment-service");
}

TEST(Events, takes_a_bare_object_with_type_and_id_from_amqp) {
  auto how = arrival("homework.assigned");
  how.message_id = "m-1";
  how.timestamp = 1767340000;
  auto event = accepted(R"({"homework_id":4,"student_id":5,"description":"№ 12"})", how);
  EXPECT_EQ(event.type, "homework.assigned");
  EXPECT_EQ(event.id, "m-1");
  EXPECT_EQ(event.time, Time(std::chrono::seconds(1767340000)));
}

TEST(Events, rejects_an_amqp_id_that_is_no_text) {
  auto how = arrival("homework.assigned");
  how.message_id = "m\xFF";
  EXPECT_EQ(rejection(R"({"homework_id":4,"student_id":5})", how),
            "id: must be text without a NUL character");
}

TEST(Events, an_event_without_id_is_known_by_its_content) {
  std::string body = R"({"homework_id":4,"student_id":5})";
  auto how = arrival("homework.assigned");
  EXPECT_EQ(accepted(body, how).id, accepted(body, how).id);
  EXPECT_NE(accepted(body, how).id, accepted(R"({"homework_id":5,"student_id":5})", how).id);
}

TEST(Events, the_same_words_without_id_and_time_are_another_event_on_another_day) {
  std::string body = R"({"user_id":5,"balance":{"amount":0}})";
  auto how = arrival("balance.low");
  auto first = accepted(body, how).id;
  EXPECT_LE(first.size(), 64U);
  how.now = at("2026-01-02T23:59:59Z");
  EXPECT_EQ(accepted(body, how).id, first);
  how.now = at("2026-01-03T00:00:00Z");
  auto second = accepted(body, how).id;
  EXPECT_NE(second, first);
  EXPECT_EQ(id_of_day_before(second), first);
}

TEST(Events, words_that_bring_a_time_are_the_same_event_on_every_day) {
  auto how = arrival("balance.low");
  how.timestamp = 1767340000;
  std::string body = R"({"user_id":5,"balance":{"amount":0}})";
  auto first = accepted(body, how).id;
  how.now = at("2026-03-02T12:00:00Z");
  EXPECT_EQ(accepted(body, how).id, first);
}

TEST(Events, only_an_id_made_of_words_and_day_has_one_of_the_day_before) {
  std::string words = "sha256-" + std::string(48, 'a');
  EXPECT_EQ(id_of_day_before(words + "-20455"), words + "-20454");
  for (const auto& id : {std::string("e-7"), words, words + "-", words + "-0", words + "-7a", words + "a-7"})
    EXPECT_EQ(id_of_day_before(id), "") << id;
}

TEST(Events, ignores_types_that_are_none_of_ours) {
  auto outcome = parse_event(R"({"type":"xp.earned","id":"1","data":{}})", arrival());
  ASSERT_TRUE(std::holds_alternative<Ignored>(outcome));
  EXPECT_EQ(std::get<Ignored>(outcome).type, "xp.earned");
}

TEST(Events, rejects_with_the_reason_in_words) {
  struct {
    std::string_view body, reason;
  } cases[] = {
      {"{", "the body is not valid JSON: incomplete JSON"},
      {"[1]", "an event must be a JSON object"},
      {R"({"id":"1","data":{}})", "type: is required"},
      {R"({"type":"lesson.cancelled","id":"1","data":{}})", "lesson_id: is required"},
      {R"({"type":"system.notification","id":"1","data":{"message":"x"}})", "user_id or role: is required"},
      {R"({"type":"lesson.cancelled","id":"1","time":"2026-01-03T12:00:01Z","data":{"lesson_id":1}})",
       "time: lies more than 24 hours ahead"},
      {R"({"type":"lesson.updated","id":"1","data":{"lesson_id":1,"duration_minutes":1441}})",
       "duration_minutes: must be between 1 and 1440"},
      {R"({"type":"lesson.updated","id":"1","data":{"lesson_id":1,"rating":6}})",
       "rating: must be between 1 and 5"},
      {R"({"type":"homework.graded","id":"1","data":{"homework_id":1,"student_id":2,"grade":6}})",
       "grade: must be between 0 and 5"},
      {R"({"type":"payment.processed","id":"1","data":{"payment_id":1,"amount":-1}})",
       "amount: must be between 0 and 1000000000"},
      {R"({"type":"payment.processed","id":"1","data":{"payment_id":1,"amount":"1.005"}})",
       "amount: has more decimals than RUB allows, or is not a plain decimal"},
      {R"({"type":"lesson.cancelled","id":"1","data":{"lesson_id":""}})",
       "lesson_id: must be an id: text of 1 to 64 characters or a whole number"},
      {R"({"type":"lesson.cancelled","id":"1","data":{"lesson_id":"a\u0000b"}})",
       "lesson_id: must be an id: text of 1 to 64 characters or a whole number"},
      {R"({"type":"lesson.cancelled","id":"1","data":{"lesson_id":1,"reason":"a\u0000b"}})",
       "reason: must not contain a NUL character"},
      {R"({"type":"lesson.cancelled","id":"a\u0000b","data":{"lesson_id":1}})",
       "id: must be text without a NUL character"},
  };
  for (auto& c : cases) EXPECT_EQ(rejection(c.body), c.reason) << c.body;
}

TEST(Events, a_time_without_offset_is_in_the_default_zone) {
  auto how = arrival();
  how.zone = Zone::find("Europe/Moscow").value();
  auto event =
      accepted(R"({"type":"lesson.rescheduled","id":"1","data":{"lesson_id":1,"tutor_id":2,"student_id":3,
    "scheduled_at":"2026-01-05T15:00:00"}})",
               how);
  EXPECT_EQ(event.text("scheduled_at"), "2026-01-05T12:00:00Z");
}

TEST(Money, respects_the_decimals_of_a_currency) {
  EXPECT_EQ(parse_money("1500.50", "RUB"), 150050);
  EXPECT_EQ(parse_money("1500", "JPY"), 1500);
  EXPECT_EQ(parse_money("1.5", "JPY"), std::nullopt);
  EXPECT_EQ(parse_money("1.234", "KWD"), 1234);
  EXPECT_EQ(parse_money("x", "RUB"), std::nullopt);
  EXPECT_EQ(format_money(5, "RUB"), "0.05");
  EXPECT_EQ(format_money(-150050, "RUB"), "-1500.50");
  EXPECT_EQ(format_money(7, "JPY"), "7");
}

TEST(Types, every_required_field_is_a_field_of_the_family) {
  for (const auto& type : types()) {
    std::string names(type.required);
    for (auto& c : names)
      if (c == '|') c = ' ';
    std::size_t from = 0;
    while (from < names.size()) {
      auto end = std::min(names.find(' ', from), names.size());
      const auto* field = find_field(names.substr(from, end - from));
      EXPECT_TRUE(field != nullptr && field->belongs_to(type.type.substr(0, type.type.find('.'))))
          << type.type << ": " << names.substr(from, end - from);
      from = end + 1;
    }
  }
}

TEST(Events, that_move_a_lesson_without_naming_people_can_be_read_again) {
  auto moved = accepted(
      R"({"id":"x","type":"lesson.updated","data":{"lesson_id":1,"scheduled_at":"2026-02-01T10:00:00Z"}})");
  ASSERT_EQ(moved.type, "lesson.rescheduled");
  auto again = accepted(to_cloudevent(moved));
  EXPECT_EQ(again.type, moved.type);
  EXPECT_EQ(again.data, moved.data);
}

}  // namespace
}  // namespace rb::events
