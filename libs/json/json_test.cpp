#include "json/json.hpp"

#include <gmock/gmock.h>

#include "time/iso.hpp"

namespace school {

enum class Channel { email, telegram, webhook };
BOOST_DESCRIBE_ENUM(Channel, email, telegram, webhook)

struct File {
  std::string name;
  std::int32_t size = 0;
};
BOOST_DESCRIBE_STRUCT(File, (), (name, size))
rb::json::Rules rules(const File*) { return {rb::json::rule("size").range(1, 10485760)}; }

struct Note {
  std::string user_id;
  std::string type;
  std::string mail = "nobody@example.org";
  Channel channel = Channel::email;
  int priority = 5;
  double price = 0;
  bool urgent = false;
  std::optional<std::string> title;
  std::optional<Channel> backup;
  std::optional<File> cover;
  std::vector<File> attachments;
  std::map<std::string, int> counts;
  std::optional<rb::Time> at;
  boost::json::object extra;
};
BOOST_DESCRIBE_STRUCT(Note, (),
                      (user_id, type, mail, channel, priority, price, urgent, title, backup, cover,
                       attachments, counts, at, extra))
rb::json::Rules rules(const Note*) {
  using rb::json::rule;
  return {rule("user_id").integer_or_text().length(1, 64),
          rule("type").alias("notification_type").length(1, 5),
          rule("mail").is(rb::json::Format::email).defaulted(),
          rule("channel").defaulted(),
          rule("priority").range(1, 9).defaulted().doc("1 is the most urgent").example(2),
          rule("price").at_least(0).defaulted(),
          rule("urgent").defaulted(),
          rule("title").length(1, 10),
          rule("attachments").defaulted().length(0, 2),
          rule("counts").defaulted().at_least(0),
          rule("extra").defaulted()};
}

struct Mailbox {
  std::string mail;
};
BOOST_DESCRIBE_STRUCT(Mailbox, (), (mail))
inline rb::json::Rules rules(const Mailbox*) {
  return {rb::json::rule("mail").is(rb::json::Format::email).length(0, 50)};
}

struct Tree {
  std::string name;
  std::vector<Tree> below;
};
BOOST_DESCRIBE_STRUCT(Tree, (), (name, below))

struct Base {
  int id = 0;
};
BOOST_DESCRIBE_STRUCT(Base, (), (id))
struct Derived : Base {
  std::optional<int> more, none;
};
BOOST_DESCRIBE_STRUCT(Derived, (Base), (more, none))
rb::json::Rules rules(const Derived*) { return {rb::json::rule("none").omit_null()}; }

struct Query {
  std::string id;
  int limit = 50;
  bool with_total = false;
  std::vector<std::string> status;
};
BOOST_DESCRIBE_STRUCT(Query, (), (id, limit, with_total, status))
rb::json::Rules rules(const Query*) {
  using rb::json::rule;
  return {rule("limit").range(1, 100).defaulted(), rule("with_total").defaulted(),
          rule("status").defaulted().one_of({"sent", "failed"})};
}

}  // namespace school

namespace rb::json {
namespace {

using school::Note;
using testing::ElementsAre;

value from(std::string_view text) { return parse(text).value(); }

std::vector<FieldError> errors(std::string_view text) {
  auto note = read<Note>(from(text));
  return note ? std::vector<FieldError>() : note.error().fields;
}

value written_id(std::string id) {
  Note note;
  note.user_id = std::move(id);
  return write(note).at("user_id");
}

TEST(Json, reads_every_kind_of_member) {
  auto note = read<Note>(from(R"({"user_id":"u1","type":"a","channel":"webhook","priority":1,"price":12.5,
      "urgent":true,"title":"Урок","backup":"telegram","cover":{"name":"c","size":1},
      "attachments":[{"name":"f","size":2}],"counts":{"a":3},"at":"2026-01-02T13:00:00+03:00",
      "extra":{"x":[1]},"unknown":1})"));
  ASSERT_TRUE(note) << note.error().message;
  EXPECT_EQ(note->channel, school::Channel::webhook);
  EXPECT_EQ(note->backup, school::Channel::telegram);
  EXPECT_EQ(note->cover->size, 1);
  EXPECT_EQ(note->attachments.at(0).name, "f");
  EXPECT_EQ(note->counts.at("a"), 3);
  EXPECT_EQ(format_iso(*note->at), "2026-01-02T10:00:00Z");
  EXPECT_EQ(note->extra.at("x"), (array{1}));
}

TEST(Json, keeps_initialisers_of_defaulted_members_that_are_missing_or_null) {
  auto note = read<Note>(from(R"({"user_id":"u","type":"a","priority":null,"title":null})"));
  ASSERT_TRUE(note) << note.error().message;
  EXPECT_EQ(note->priority, 5);
  EXPECT_EQ(note->mail, "nobody@example.org");
  EXPECT_EQ(note->title, std::nullopt);
}

TEST(Json, names_every_wrong_member_with_its_path_and_reason) {
  EXPECT_THAT(
      errors(R"({"type":"abcdef","mail":"x","channel":"sms","priority":10,"price":-1,"urgent":1,"title":"",
                 "cover":{"size":1},"attachments":[{"name":"a","size":0},{"name":5,"size":1.5}],
                 "counts":{"a":-1},"at":"yesterday","extra":[]})"),
      ElementsAre(FieldError{"user_id", "is required"}, FieldError{"type", "must have at most 5 characters"},
                  FieldError{"mail", "must be a valid e-mail address"},
                  FieldError{"channel", "must be one of: email, telegram, webhook"},
                  FieldError{"priority", "must be between 1 and 9"},
                  FieldError{"price", "must be at least 0"}, FieldError{"urgent", "must be true or false"},
                  FieldError{"title", "must not be empty"}, FieldError{"cover.name", "is required"},
                  FieldError{"attachments[0].size", "must be between 1 and 10485760"},
                  FieldError{"attachments[1].name", "must be a string"},
                  FieldError{"attachments[1].size", "must be an integer"},
                  FieldError{"counts.a", "must be at least 0"},
                  FieldError{"at", "must be an ISO 8601 time such as 2026-01-02T10:00:00Z"},
                  FieldError{"extra", "must be an object"}));
}

TEST(Json, refuses_a_document_that_is_no_object) {
  EXPECT_THAT(errors("[]"), ElementsAre(FieldError{"$", "must be an object"}));
}

TEST(Json, counts_items_of_a_list_not_their_letters) {
  EXPECT_THAT(errors(R"({"user_id":1,"type":"a","attachments":[{"name":"a","size":1},{"name":"a","size":1},
                         {"name":"a","size":1}]})"),
              ElementsAre(FieldError{"attachments", "must have at most 2 items"}));
}

TEST(Json, reads_an_alias_and_names_it_in_errors) {
  EXPECT_EQ(read<Note>(from(R"({"user_id":1,"notification_type":"x"})"))->type, "x");
  EXPECT_EQ(read<Note>(from(R"({"user_id":1,"type":null,"notification_type":"x"})"))->type, "x");
  EXPECT_EQ(read<Note>(from(R"({"user_id":1,"type":"y","notification_type":"x"})"))->type, "y");
  EXPECT_THAT(errors(R"({"user_id":1,"notification_type":7})"),
              ElementsAre(FieldError{"notification_type", "must be a string"}));
}

TEST(Json, takes_an_integer_and_its_decimal_text_as_the_same_id) {
  EXPECT_EQ(read<Note>(from(R"({"user_id":42,"type":"a"})"))->user_id, "42");
  EXPECT_EQ(read<Note>(from(R"({"user_id":"42","type":"a"})"))->user_id, "42");
  EXPECT_THAT(errors(R"({"user_id":1.5,"type":"a"})"),
              ElementsAre(FieldError{"user_id", "must be an integer or a string"}));
  EXPECT_EQ(written_id("42"), 42);
  EXPECT_EQ(written_id("042"), "042");
  EXPECT_EQ(written_id("-0"), "-0");
  EXPECT_EQ(written_id("1234567890123456789"), "1234567890123456789");
}

TEST(Json, takes_a_whole_double_as_an_integer) {
  EXPECT_EQ(read<int>(from("5.0")), 5);
  EXPECT_EQ(read<int>(from("5.5")).error().fields.at(0).reason, "must be an integer");
  EXPECT_EQ(read<std::int32_t>(from("3000000000")).error().fields.at(0).reason, "is out of range");
}

TEST(Json, refuses_nul_characters_that_databases_cannot_keep) {
  EXPECT_THAT(errors(R"({"user_id":"a\u0000b","type":"a"})"),
              ElementsAre(FieldError{"user_id", "must not contain a NUL character"}));
}

TEST(Json, stops_collecting_errors_at_fifty) {
  std::string text = "[";
  for (int i = 0; i < 1000; ++i) text += "true,";
  EXPECT_EQ(read<std::vector<int>>(from(text + "true]")).error().fields.size(), 50U);
}

TEST(Json, what_it_writes_it_reads_back) {
  auto text =
      R"({"user_id":1,"type":"a","mail":"a@b.c","channel":"email","priority":5,"price":0.5,"urgent":true,)"
      R"("title":null,"backup":"email","cover":null,"attachments":[{"name":"f","size":2}],)"
      R"("counts":{"a":1},"at":"2026-01-02T10:00:00Z","extra":{}})";
  EXPECT_EQ(to_text(write(read<Note>(from(text)).value())), text);
}

TEST(Json, writes_members_of_bases_first_and_omits_what_its_rule_says) {
  school::Derived object;
  object.id = 7;
  EXPECT_EQ(to_text(write(object)), R"({"id":7,"more":null})");
}

TEST(Json, reads_recursive_structs) {
  auto tree = read<school::Tree>(from(R"({"name":"a","below":[{"name":"b","below":[{"below":[]}]}]})"));
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().fields.at(0), (FieldError{"below[0].below[0].name", "is required"}));
}

TEST(JsonParts, reads_texts_of_a_url_as_typed_values) {
  school::Query query;
  object texts{{"id", "7"}, {"limit", "10"}, {"with_total", "true"}, {"status", "sent,failed"}};
  ASSERT_TRUE(read_parts(object_type<school::Query>(), &query, nullptr, texts));
  EXPECT_EQ(query.id, "7");
  EXPECT_EQ(query.limit, 10);
  EXPECT_TRUE(query.with_total);
  EXPECT_THAT(query.status, ElementsAre("sent", "failed"));
}

TEST(JsonParts, takes_texts_before_the_body_and_stays_strict_about_the_body) {
  school::Query query;
  auto read = read_parts(object_type<school::Query>(), &query, object{{"id", "body"}, {"limit", "10"}},
                         object{{"id", "path"}, {"status", array{"sent", "x"}}});
  EXPECT_EQ(query.id, "path");
  EXPECT_THAT(read.error().fields, ElementsAre(FieldError{"limit", "must be an integer"},
                                               FieldError{"status[1]", "must be one of: sent, failed"}));
}

TEST(JsonRead, takes_an_empty_text_whatever_its_form_where_a_length_of_zero_is_allowed) {
  EXPECT_EQ(read<school::Mailbox>(value{{"mail", ""}})->mail, "");
  EXPECT_FALSE(read<school::Mailbox>(value{{"mail", "x"}}));
}

TEST(JsonSchema, tells_types_limits_defaults_and_references) {
  Schemas schemas;
  EXPECT_EQ(to_text(type_of<Note>().schema(Rule{}, schemas)), R"({"$ref":"#/components/schemas/Note"})");
  const auto& note = schemas.components().at("Note").as_object();
  EXPECT_EQ(to_text(note.at("required")), R"(["user_id","type"])");
  const auto& properties = note.at("properties").as_object();
  EXPECT_EQ(to_text(properties.at("user_id")),
            R"({"type":["string","integer"],"minLength":1,"maxLength":64})");
  EXPECT_EQ(
      to_text(properties.at("priority")),
      R"({"type":"integer","minimum":1,"maximum":9,"description":"1 is the most urgent","examples":[2],"default":5})");
  EXPECT_EQ(to_text(properties.at("backup")),
            R"({"type":["string","null"],"enum":["email","telegram","webhook",null]})");
  EXPECT_EQ(to_text(properties.at("cover")),
            R"({"anyOf":[{"$ref":"#/components/schemas/File"},{"type":"null"}]})");
  EXPECT_EQ(
      to_text(properties.at("attachments")),
      R"({"type":"array","items":{"$ref":"#/components/schemas/File"},"minItems":0,"maxItems":2,"default":[]})");
  EXPECT_EQ(to_text(properties.at("at")), R"({"type":["string","null"],"format":"date-time"})");
}

TEST(JsonSchema, describes_a_recursive_struct_once) {
  Schemas schemas;
  type_of<school::Tree>().schema(Rule{}, schemas);
  EXPECT_EQ(to_text(schemas.components().at("Tree").at("properties").at("below")),
            R"({"type":"array","items":{"$ref":"#/components/schemas/Tree"}})");
}

}  // namespace
}  // namespace rb::json
