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
  for (const auto& source : sources) {
    auto out = render(source);
    EXPECT_TRUE(refusals.contains(error_class(out))) << source.substr(0, 100) << "\n" << out.substr(0, 200);
  }
}

TEST(HostileTemplates, cannot_make_huge_values) {
  expect_refused({"{{ 'x' * 10**9 }}", "{{ [0] * 10**9 }}", "{{ [[0] * 10**6] * 10**6 }}",
                  "{{ range(10**9) }}", "{{ 'a'|center(10**9) }}", "{{ 'a'.zfill(10**9) }}",
                  "{{ '\t'.expandtabs(10**9) }}", "{{ [1]|batch(10**9, 'x')|list }}",
                  "{{ [1]|slice(10**9)|list }}", "{{ 2**(2**31) }}", "{{ (9**99999)**9 }}",
                  "{{ '%999999999d' % 1 }}", "{{ '%.999999999f' % 1 }}", "{{ '{:999999999}'.format(1) }}",
                  "{{ '{:.999999999f}'.format(1.0) }}", "{{ [[1]]|tojson(10**9) }}",
                  "{{ 'a\nb'|indent(10**9) }}", "{{ lipsum(10**9) }}"});
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
       "{% set l = [1] %}{% for x in l %}{% set _ = l.append(x) %}{% endfor %}"});
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
        "9]}) %}"
        "{{ d.l }}{% endfor %}",
        "[<LoopContext 1/3>, 'xxxxxxxxx'][<LoopContext 2/3>, 'xxxxxxxxx'][<LoopContext 3/3>, 'xxxxxxxxx']"}});
}

TEST(HostileTemplates, do_not_keep_long_honest_ones_from_working) {
  EXPECT_EQ(render("{{ range(20000)|join(', ')|length }}"), "128888");
  EXPECT_EQ(render("{{ (range(20000)|map('string')|list)|tojson|length }}"), "168890");
  EXPECT_EQ(render("{{ 1" + times(500, " + 1") + " }}"), "501");
}

}  // namespace
}  // namespace rb::jinja::testing
