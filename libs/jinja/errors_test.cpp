#include "jinja/testing.hpp"

namespace rb::jinja::testing {
namespace {

TEST(Errors, say_template_line_and_reason) {
  Environment environment({},
                          [](std::string_view) { return std::optional<std::string>("ok\n{{ 1 / zero }}"); });
  auto broken = environment.compile("mail", "a\n{% if x %}\n{{ y }");
  EXPECT_EQ(broken.error().template_name, "mail");
  EXPECT_EQ(broken.error().line, 3);
  Environment alone;
  EXPECT_EQ(alone.render(*alone.compile("mail", "{% extends '' %}"), Value::dict({})).error().message,
            "the name is empty");
  EXPECT_EQ(environment.compile("mail", "a{#}b").error().template_name, "mail");
  auto compiled = environment.compile("mail", "a\n{% include 'part' %}");
  auto error = environment.render(*compiled, Value::dict({{"zero", 0}})).error();
  EXPECT_EQ(error.template_name, "part");
  EXPECT_EQ(error.line, 2);
  EXPECT_EQ(error.message, "division by zero");
}

TEST(Errors, of_the_sandbox_name_the_attribute) {
  EXPECT_EQ(render("{{ ''.__class__.__mro__ }}"),
            "SecurityError: access to attribute '__class__' of 'str' object is unsafe.");
  EXPECT_EQ(render("{{ ''.__class__ }}|"), "|");
}

TEST(Limits, have_each_an_error_of_their_own) {
  Options small;
  small.limits = {
      .template_bytes = 1000, .output_bytes = 1000, .steps = 10'000, .memory_bytes = 100'000, .depth = 100};
  expect_errors(
      {{std::string(2000, 'x'), "TemplateLimitError"},
       {"{% for i in range(999) %}{{ i }}{% endfor %}", "OutputLimitError"},
       {"{% for i in range(999) %}{% for j in range(999) %}{% endfor %}{% endfor %}", "StepLimitError"},
       {"{% set x = 'x' * 10 ** 6 %}", "MemoryError"},
       {"{{ 'x'|center(10 ** 12)|length }}", "MemoryError"},
       {"{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "RecursionError"},
       {"{% set l = [1] %}{% for x in l %}{% set _ = l.append(x) %}{% endfor %}", "MemoryError"}},
      small);
  small.limits.time = std::chrono::milliseconds(0);
  expect_errors({{"{% for i in range(9999) %}{% endfor %}", "TimeLimitError"}}, small);
}

TEST(Limits, hold_for_one_render_only) {
  Options small;
  small.limits.memory_bytes = 300'000;
  Environment environment(small);
  auto compiled = environment.compile("t", "{{ ('x' * 100000)|length }}");
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(environment.render(*compiled, Value::dict({})).value_or("failed"), "100000");
}

TEST(Context, survives_what_a_template_does_to_it) {
  Environment environment;
  auto context = *Value::parse_json(R"({"l": [1], "d": {"a": [2]}})");
  auto compiled = environment.compile("t", "{{ l.append(5) }}{{ d.a.append(6) }}{{ l }}{{ d }}");
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(*environment.render(*compiled, context), "NoneNone[1, 5]{'a': [2, 6]}");
}

TEST(Context, that_is_too_large_to_copy_is_an_error_of_the_template) {
  Options small;
  small.limits.memory_bytes = 10'000;
  Environment environment(small);
  auto context = Value::dict({{"l", Value::list(std::vector<Value>(1000, Value(1)))}});
  auto compiled = environment.compile("t", "\n{{ l.append(5) }}");
  auto error = environment.render(*compiled, context).error();
  EXPECT_EQ(class_name(error.kind), "MemoryError");
  EXPECT_EQ(error.template_name, "t");
  EXPECT_EQ(error.line, 2);
}

TEST(Template, is_compiled_once_for_a_name_and_a_content) {
  Environment environment;
  auto same = [&](std::string_view name, std::string_view source) {
    return environment.compile(name, source)->name().data();
  };
  const auto* first = same("t", "{{ a }}");
  EXPECT_NE(same("t", "{{ b }}"), first);
  EXPECT_NE(same("u", "{{ a }}"), first);
  EXPECT_EQ(same("t", "{{ a }}"), first);
}

TEST(Template, names_the_variables_it_needs) {
  Environment environment;
  auto compiled = environment.compile(
      "t", "{% set a = b %}{% for x in c %}{{ x }}{{ loop.index }}{{ d.e }}{% endfor %}{{ range(2) }}");
  EXPECT_EQ(compiled->variables(), (std::set<std::string>{"b", "c", "d"}));
}

TEST(Template, tells_where_it_mentions_what_of_its_variables) {
  Environment environment;
  auto compiled =
      environment.compile("t",
                          "{{ a.b.c|upper }}{% for x in list[0].items %}{{ x.y }}{% endfor %}\n"
                          "{% if q['r'] is defined %}{{ a.b.split(',') }}{{ list[n] }}{% endif %}\n"
                          "{% macro m(p) %}{{ p.z }}{{ range(2) }}{% endmacro %}{{ m(a) }}");
  std::string said;
  for (const auto& reference : compiled->references())
    said += reference.path + ":" + std::to_string(reference.line) + " ";
  EXPECT_EQ(said, "a.b.c:1 list:1 q.r:2 a.b:2 list:2 n:2 a:3 ");
  EXPECT_FALSE(compiled->extends());
  EXPECT_TRUE(environment.compile("u", "{% extends 't' %}")->extends());
}

TEST(Json, keeps_large_integers_and_order_and_refuses_the_rest) {
  EXPECT_EQ(
      render("{{ v }}",
             R"({"v": {"z": 12345678901234567890, "a": [1.0, -0.5, "\u0444\ud83d\ude00", true, null]}})"),
      "{'z': 12345678901234567890, 'a': [1.0, -0.5, 'ф😀', True, None]}");
  for (auto broken : {"", "{", "[1,]", "{\"a\" 1}", "01", "1.", "\"\\ud800\"", "nul", "[1] 2", "\"\x01\""})
    EXPECT_FALSE(Value::parse_json(broken)) << broken;
  EXPECT_FALSE(Value::parse_json(std::string(100'000, '[')));
}

}  // namespace
}  // namespace rb::jinja::testing
