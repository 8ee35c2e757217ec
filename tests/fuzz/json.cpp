// Any bytes as JSON, by both readers: what is written can be read and written again, without a change. The
// last byte chooses the reader.
#include "json/json.hpp"

#include <cstdlib>
#include <map>
#include <optional>

#include "jinja/jinja.hpp"

namespace fuzzed {

enum class Choice { a, b };
BOOST_DESCRIBE_ENUM(Choice, a, b)

struct Item {
  std::string name;
  int number = 0;
};
BOOST_DESCRIBE_STRUCT(Item, (), (name, number))
inline rb::json::Rules rules(const Item*) {
  using rb::json::rule;
  return {rule("name").integer_or_text().length(1, 9), rule("number").range(-5, 5).alias("no")};
}

struct Document {
  std::optional<std::string> mail, uri, id, day, at;
  Choice choice = Choice::a;
  double amount = 0;
  std::vector<Item> list;
  std::map<std::string, Item> map;
  std::optional<rb::Time> time;
  std::optional<rb::json::value> any;
  std::vector<Document> more;
  bool flag = false;
};
BOOST_DESCRIBE_STRUCT(Document, (),
                      (mail, uri, id, day, at, choice, amount, list, map, time, any, more, flag))
inline rb::json::Rules rules(const Document*) {
  using rb::json::Format;
  using rb::json::rule;
  return {rule("mail").is(Format::email),   rule("uri").is(Format::uri),
          rule("id").is(Format::uuid),      rule("day").is(Format::date),
          rule("at").is(Format::date_time), rule("choice").defaulted(),
          rule("amount").defaulted(),       rule("list").defaulted().length(0, 5),
          rule("map").defaulted(),          rule("more").defaulted(),
          rule("flag").defaulted()};
}

}  // namespace fuzzed

namespace {

void services_reader(std::string_view text) {
  using namespace rb;
  auto value = json::parse(text);
  if (!value) return;
  if (!json::parse(json::to_text(*value))) std::abort();
  auto read = json::read<fuzzed::Document>(*value);
  if (!read) {
    if (read.error().fields.empty()) std::abort();
    return;
  }
  auto written = json::write(*read);
  auto again = json::read<fuzzed::Document>(written);
  if (!again || json::to_text(json::write(*again)) != json::to_text(written)) std::abort();
}

void templates_reader(std::string_view text) {
  using rb::jinja::Value;
  auto value = Value::parse_json(text);
  if (!value) return;
  static const rb::jinja::Environment environment;
  static const auto print = *environment.compile("print", "{{ v|tojson }}");
  auto once = environment.render(print, Value::dict({{"v", *value}}));
  if (!once || once->find("Infinity") != std::string::npos) return;  // too long or deep, or no JSON: 1e999
  auto again = Value::parse_json(*once);
  if (!again || environment.render(print, Value::dict({{"v", *again}})).value_or("") != *once) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view text(reinterpret_cast<const char*>(data), size - 1);
  if (data[size - 1] % 2 == 0)
    services_reader(text);
  else
    templates_reader(text);
  return 0;
}
