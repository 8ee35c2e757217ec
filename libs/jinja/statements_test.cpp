#include "jinja/testing.hpp"

namespace rb::jinja::testing {
namespace {

TEST(Loops, know_where_they_are) {
  expect({{"{% for x in 'абв' %}{{ loop.index }}{{ x }}{{ loop.revindex0 }}{{ ',' if not loop.last }}{% "
           "endfor %}",
           "1а2,2б1,3в0"},
          {"{% for x in [1, 2, 3, 4] if x is even %}{{ loop.length }}{{ x }} {% else %}none{% endfor %}",
           "22 24 "},
          {"{% for x in [] %}{% else %}none{% endfor %}", "none"},
          {"{% for k, v in {'a': 1}.items() %}{{ k }}={{ v }}{% endfor %}", "a=1"},
          {"{% for x in [1, 1, 2] %}{{ loop.changed(x) }}{{ loop.cycle('a', 'b') }} {% endfor %}",
           "Truea Falseb Truea "},
          {"{% for n in t recursive %}{{ n.v }}{% if n.c %}({{ loop(n.c) }}){% endif %}{% endfor %}",
           "1(2(3))", R"({"t": [{"v": 1, "c": [{"v": 2, "c": [{"v": 3}]}]}]})"}});
}

TEST(Scopes, of_loops_do_not_leak_and_those_of_if_do) {
  expect(
      {{"{% set x = 1 %}{% for i in [2] %}{% set x = i %}{{ x }}{% endfor %}{{ x }}", "21"},
       {"{% if true %}{% set y = 5 %}{% endif %}{{ y }}", "5"},
       {"{% with a = 1 %}{% set b = 2 %}{{ a }}{{ b }}{% endwith %}[{{ a }}{{ b }}]", "12[]"},
       {"{% set ns = namespace(n=0) %}{% for i in [1, 2] %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}",
        "3"}});
}

// A name that a template assigns further down is missing until then, even if the context has one.
TEST(Scopes, belong_to_the_whole_template) {
  expect({{"{% macro m() %}[{{ x }}]{% endmacro %}{{ m() }}{% set x = 1 %}{{ m() }}", "[][1]", R"({"x": 5})"},
          {"{% if no %}{% set x = 1 %}{% endif %}{{ x }}", "5", R"({"x": 5})"},
          {"{{ x }}{% set x = x + 1 %}{{ x }}", "56", R"({"x": 5})"}});
}

TEST(Macros, take_defaults_rests_and_callers) {
  expect(
      {{"{% macro f(a, b=a ~ '!') %}{{ a }}{{ b }}{% endmacro %}{{ f('q') }}{{ f('q', b=1) }}", "qq!q1"},
       {"{% macro f(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ f(1, 2, k=3) }}", "1(2,){'k': 3}"},
       {"{% macro f() %}<{{ caller(7) }}>{% endmacro %}{% call(x) f() %}{{ x }}{% endcall %}", "<7>"},
       {"{% macro f(n) %}{% if n %}{{ n }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}", "321"}});
}

TEST(Whitespace, is_controlled_by_signs_and_options) {
  expect({{"a \n{%- if true -%}\n b {%- endif %}\n", "ab"},
          {"{# x #}\n{% raw %}{{ x }}{% endraw %}\n", "\n{{ x }}"}});
  expect({{"  {% if true %}\n  x\n  {% endif %}\ny\n", "  x\ny"},
          {"  {%+ if true %}\nx{% endif +%}\n\n", "  x\n"}},
         {.trim_blocks = true, .lstrip_blocks = true});
  expect({{"a\r\nb\n", "a\nb\n"}}, {.keep_trailing_newline = true});
}

TEST(Autoescape, escapes_plain_text_once) {
  Options on{.autoescape = true};
  expect({{"{{ '<' }}{{ '<'|safe }}{{ '<'|e }}{{ ['<'] }}", "&lt;<&lt;[&#39;&lt;&#39;]"},
          {"{% set x %}<b>{{ '<' }}</b>{% endset %}{{ x }}", "<b>&lt;</b>"},
          {"{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m('&') }}", "<i>&amp;</i>"},
          {"{% autoescape false %}{{ '<' }}{% endautoescape %}{{ '<' }}", "<&lt;"},
          {"{{ '<b>%s</b>'|safe % '<' }}{{ ('<'|safe) + '<' }}", "<b>&lt;</b><&lt;"},
          {"{{ '<' + ('<'|safe) }}{{ '<' ~ ('<'|safe) }}", "&lt;<&lt;<"}},
         on);
}

TEST(Undefined, is_tolerant_or_strict) {
  expect({{"[{{ x }}{{ x|upper }}{{ x|length }}{{ x|default('d') }}{% for i in x %}{% endfor %}]", "[0d]"}});
  expect_errors(
      {{"{{ x.y }}", "UndefinedError"}, {"{{ x + 1 }}", "UndefinedError"}, {"{{ x() }}", "UndefinedError"}});
  Options strict{.undefined = Options::Undefined::strict};
  expect({{"{{ x is defined }}{{ x|default(1) }}{{ 'a' if false }}", "False1"}}, strict);
  expect_errors({{"{{ x }}", "UndefinedError"},
                 {"{% if x %}{% endif %}", "UndefinedError"},
                 {"{{ x == 1 }}", "UndefinedError"}},
                strict);
}

}  // namespace
}  // namespace rb::jinja::testing
