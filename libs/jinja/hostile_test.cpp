// Templates that want to stall or exhaust whoever renders them, with the limits as they are by default.
#include <set>

#include "jinja/testing.hpp"

namespace rb::jinja::testing {
namespace {

std::string times(int count, std::string_view part) {
  std::string out;
  for (int i = 0; i < count; ++i) out += part;
  return out;
}

void expect_refused(const std::vector<std::string>& sources) {
  static const std::set<std::string> refusals = {"MemoryError",    "StepLimitError", "OutputLimitError",
                                                 "TimeLimitError", "RecursionError", "TemplateLimitError",
                                                 "OverflowError",  "ValueError"};
  Options options;
  options.limits.memory_bytes = 8 << 20;  // refused the sooner, which counts under a sanitizer
  for (const auto& source : sources) {
    auto out = render(source, "{}", options);
    EXPECT_TRUE(refusals.contains(error_class(out))) << source.substr(0, 100) << "\n" << out.substr(0, 200);
  }
}

TEST(HostileTemplates, cannot_make_huge_values) {
  expect_refused({"{{ 'x' * 10**9 }}",
                  "{{ [0] * 10**9 }}",
                  "{{ [[0] * 10**6] * 10**6 }}",
                  "{{ range(10**9) }}",
                  "{{ 'a'|center(10**9) }}",
                  "{{ 'a'.zfill(10**9) }}",
                  "{{ '\t'.expandtabs(10**9) }}",
                  "{{ [1]|batch(10**9, 'x')|list }}",
                  "{{ [1]|slice(10**9)|list }}",
                  "{{ 2**(2**31) }}",
                  "{{ (9**99999)**9 }}",
                  "{{ '%999999999d' % 1 }}",
                  "{{ '%.999999999f' % 1 }}",
                  "{{ '{:999999999}'.format(1) }}",
                  "{{ '{:.999999999f}'.format(1.0) }}",
                  "{{ [[1]]|tojson(10**9) }}",
                  "{{ 'a\nb'|indent(10**9) }}",
                  "{{ lipsum(10**9) }}",
                  "{{ lipsum(10**18, min=0, max=1) }}",
                  "{{ [1]|batch(2**60 + 1, 'x')|list }}",
                  "{{ '\t'.expandtabs(2**63 - 1) }}",
                  "{{ [1] * (2**63 - 1) }}",
                  "{{ 'ab' * (2**63 - 1) }}",
                  "{{ 'ab'.ljust(2**63 - 1, 'я') }}"});
}

TEST(HostileTemplates, cannot_step_out_of_a_sequence) {
  expect(
      {{"{{ 'abc'.encode()[1::2**63 - 1] }}{{ 'abc'[1::2**63 - 1] }}{{ [1, 2][1::2**63 - 1] }}", "b'b'b[2]"},
       {"{{ range(0, 2**63 - 1, 2**62)[1:]|list }}{{ range(0, 9, 4)[::2**62]|list }}",
        "[4611686018427387904][0]"}});
}

TEST(HostileTemplates, cannot_have_more_variables_than_a_function_has_slots) {
  std::string names;
  for (int i = 0; i < 70'000; ++i) names += "a" + std::to_string(i) + ",";
  expect_refused({"{{ (" + names + ") }}"});
}

TEST(HostileTemplates, cannot_leave_the_range_of_numbers) {
  expect_refused({"{{ 10 ** 399 * 1.0 }}", "{{ 2 ** 1024 + 0.5 }}", "{{ (2 ** 1024 - 1) / 1 }}",
                  "{{ 10 ** 400 ** 0.5 }}", "{{ '%f' % 10 ** 400 }}", "{{ '{:e}'.format(10 ** 400) }}",
                  "{{ (10 ** 400)|float }}", "{{ ('inf'|float)|int }}",
                  "{{ ('nan'|float)|round(1, 'ceil') }}", "{{ '%d' % ('nan'|float) }}"});
  expect(
      {{"{{ (2 ** 1023) * 1.0 }} {{ -(2 ** 64) * 1.0 }}", "8.98846567431158e+307 -1.8446744073709552e+19"},
       {"{{ (2 ** 53 + 1) * 1.0 == 2 ** 53 }} {{ (2 ** 100 + 2 ** 47 + 1) * 1.0 > 2 ** 100 }}", "True True"},
       {"{{ 10 ** 400 > 1.5 }} {{ -(10 ** 400) < ('-inf'|float) }} {{ 10 ** 400 == ('nan'|float) }}",
        "True False False"}});
}

TEST(HostileTemplates, cannot_multiply_small_values) {
  expect_refused(
      {"{{ range(99999)|join('x' * 100000) }}", "{{ ('a' * 10**6)|replace('a', 'b' * 10**6) }}",
       "{{ ('a' * 10**6).translate({97: 'x' * 10**6}) }}",
       "{{ ('a ' * 10**6)|wordwrap(1, wrapstring='x' * 10**6) }}", "{{ ('{0}' * 10**6).format('x' * 1000) }}",
       "{{ ('%(a)s' * 10**6) % {'a': 'x' * 1000} }}", "{{ (['x' * 10**6] * 1000)|pprint }}",
       "{{ (['x' * 10**6] * 1000)|tojson }}",
       "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
       "{% set l = [1] %}{% for x in l %}{% set _ = l.append(x) %}{% endfor %}",
       "{% macro m(n) %}{{ 'x' * 10**6 }}{{ m(n - 1)|length if n }}{% endmacro %}{{ m(50)|length }}",
       "{{ ('a ' * 10**7)|wordwrap(1) }}", "{{ ('a,' * 10**7).split(',')|length }}",
       "{% set l = [] %}{% for i in 'x' * 10**6 %}{% set _ = l.append([]|map('e')) %}{% endfor %}"});
}

TEST(HostileTemplates, cannot_be_compiled_for_long) {
  std::string variables;
  for (int i = 0; i < 2000; ++i) variables += "a" + std::to_string(i) + ",";
  Options few;
  few.limits.steps = 100'000;
  EXPECT_EQ(
      error_class(render("{{ (" + variables + ") }}" + times(1000, "{% if 1 %}{% endif %}"), "{}", few)),
      "StepLimitError");
}

TEST(HostileTemplates, cannot_run_for_long) {
  expect_refused(
      {"{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
       "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
       "{{ 'a'.strip('b') if false else ('a' * 10**7).strip('b' * 10**6 ~ 'a') }}"});
  // Looking for a text takes time by the sum of the lengths, not by their product.
  expect({{"{{ ('a' * 10**5 ~ 'b') in ('a' * 10**7) }}", "False"},
          {"{{ ('a' * 10**7).rfind('b' ~ 'a' * 10**5) }}", "-1"},
          {"{{ ('a' * 10**7).count('a' * 10**5 ~ 'b') }}", "0"}});
  // So does what looks around every letter, bracket, sign or digit.
  expect(
      {{"{{ ('Σ' * 10**6)|lower|length }}", "1000000"},
       {"{{ ('a' * 10**6)|wordwrap(3)|length }} {{ ('-' * 10**6)|wordwrap(9)|length }}", "1333333 1111111"},
       {"{{ ('a@' * 10**6)|urlize|length }}", "2000000"},
       {"{{ ('a' ~ '(' * 10**6 ~ 'a' ~ ')' * 10**6)|urlize|length }}", "2000002"},
       {"{{ '{:b}'.format(2**500000)|length }} {{ ('%x' % 2**500000)|length }}", "500001 125001"}});
}

// The clock is looked at every so many steps: what looks at each letter of a long text counts for many.
TEST(HostileTemplates, cannot_hide_work_in_one_step) {
  Options options;
  options.limits.time = std::chrono::milliseconds(0);
  for (std::string_view work : {"s.isalpha()", "s.isupper()", "s.istitle()", "s.isidentifier()", "s ~ 'a'",
                                "s|tojson|length", "7**300000", "'%x' % big", "s.casefold()"})
    EXPECT_EQ(error_class(render(
                  "{% set s = 'a' * 10**5 %}{% set big = 2**500000 %}{% for i in range(100) %}{% set x = " +
                      std::string(work) + " %}{% endfor %}",
                  "{}", options)),
              "TimeLimitError")
        << work;
}

TEST(HostileTemplates, cannot_nest_deeply) {
  expect_refused({"{{ " + times(100'000, "(") + "1" + times(100'000, ")") + " }}",
                  "{{ 1" + times(100'000, "+1") + " }}", "{{ 1" + times(50'000, "|string") + " }}",
                  "{{ a" + times(100'000, ".b") + " }}", "{{ a" + times(100'000, "[0]") + " }}",
                  "{{ " + times(100'000, "-") + "1 }}", times(40'000, "{% if 1 %}"),
                  "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                  "{% block a %}{{ self.a() }}{% endblock %}",
                  "{% for x in [[]] recursive %}{{ loop([[]]) }}{% endfor %}"});
  Environment itself({}, [](std::string_view) { return std::optional<std::string>("{% include 'main' %}"); });
  auto compiled = itself.compile("main", "{% include 'main' %}");
  EXPECT_EQ(itself.render(*compiled, Value::dict({})).error().kind, ErrorKind::depth_limit);
}

TEST(HostileTemplates, cannot_take_away_what_is_being_printed) {
  expect(
      {{"{% set d = {} %}{% for x in [1, 2, 3] if d.pop('l', 1) %}{% set _ = d.update({'l': [loop, 'x' * "
        "9]}) %}{{ d.l }}{% endfor %}",
        "[<LoopContext 1/3>, 'xxxxxxxxx'][<LoopContext 2/3>, 'xxxxxxxxx'][<LoopContext 3/3>, 'xxxxxxxxx']"}});
}

// A loop that has ended lives only in `keep`; to show it runs its filter, which empties `keep`.
std::string shown_after_its_loop(std::string_view keep, std::string_view put, std::string_view show) {
  return "{% set keep = " + std::string(keep) +
         " %}{% set src = [1] %}{% for x in src if keep.clear() is none %}{% set _ = keep." +
         std::string(put) + " %}{% endfor %}{% set _ = src.append(2) %}{{ keep" + std::string(show) + " }}";
}

TEST(HostileTemplates, cannot_take_away_the_last_hold_of_what_is_being_printed) {
  constexpr std::string_view put = "update({'a': loop, 'b': 7})";
  expect({{shown_after_its_loop("[]", "append(loop)", ""), "[<LoopContext 1/2>]"},
          {shown_after_its_loop("[]", "append(loop)", "|pprint"), "[<LoopContext 1/2>]"},
          {shown_after_its_loop("{}", put, ""), "{'a': <LoopContext 1/2>}"},
          {shown_after_its_loop("{}", put, "|pprint"), "{'a': <LoopContext 1/2>, 'b': 7}"}});
  expect_errors({{shown_after_its_loop("{}", put, "|xmlattr"), "RuntimeError"},
                 {shown_after_its_loop("{}", put, "|urlencode"), "RuntimeError"}});
}

TEST(HostileTemplates, cannot_take_away_what_is_being_walked_backwards) {
  expect(
      {{"{% set l = [1, 2, 3] %}{% for x in l|reverse %}{{ x }}{% set _ = l.clear() %}{% endfor %}", "3"}});
  expect_errors({{"{% set d = {'a': 1, 'b': 2} %}{% for k in d|reverse %}{% set _ = d.clear() %}{% endfor %}",
                  "RuntimeError"}});
}

TEST(HostileTemplates, do_not_keep_long_honest_ones_from_working) {
  EXPECT_EQ(render("{{ range(20000)|join(', ')|length }}"), "128888");
  EXPECT_EQ(render("{{ (range(20000)|map('string')|list)|tojson|length }}"), "168890");
  EXPECT_EQ(render("{{ 1" + times(500, " + 1") + " }}"), "501");
}

}  // namespace
}  // namespace rb::jinja::testing
