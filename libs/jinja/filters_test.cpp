#include "jinja/testing.hpp"

namespace rb::jinja::testing {
namespace {

const std::string kPeople = R"({"p": [{"n": "яна", "c": "Омск", "a": 9}, {"n": "Аня", "c": "уфа", "a": 12},
                               {"n": "Ёж", "c": "омск"}], "h": "<a> & 'b'"})";

TEST(Filters, order_without_regard_to_case) {
  expect({{"{{ ['b', 'A', 'a'] | sort }}{{ ['b', 'A'] | sort(case_sensitive=true, reverse=true) }}",
           "['A', 'a', 'b']['b', 'A']"},
          {"{% for g in p|groupby('c') %}{{ g.grouper }}:{{ g.list|length }} {% endfor %}", "Омск:2 уфа:1 ",
           kPeople},
          {"{{ p|map(attribute='n')|sort|join(' ') }}", "Аня яна Ёж", kPeople},
          {"{{ ['a', 'A', 'b']|unique|list }}{{ [3, 1]|min }}{{ []|max }}", "['a', 'b']1"},
          {"{{ {'b': 1, 'A': 2}|dictsort }}", "[('A', 2), ('b', 1)]"}});
}

TEST(Filters, print_reals_with_decimals_and_round_only_where_they_must) {
  expect({{"{% for x in [12.5, 0.125, 0.375, 0.0625, 8796093022208.5, 2.675, 0.0, -0.5] %}"
           "{{ '%.2f'|format(x) }} {{ '%.0f'|format(x) }} {% endfor %}",
           "12.50 12 0.12 0 0.38 0 0.06 0 8796093022208.50 8796093022208 2.67 3 0.00 0 -0.50 -0 "},
          {"{{ '{:,.3f}'.format(1234567.0625) }} {{ '%.6f'|format(0.001953125) }} {{ '%.1f'|format(-0.0) }}",
           "1,234,567.062 0.001953 -0.0"},
          {"{{ '%.7f'|format(0.5) }} {{ '%5d|%-4d|%04d'|format(7, 8, -9) }}", "0.5000000     7|8   |-009"}});
}

TEST(Filters, change_the_case_of_letters_and_keep_signs) {
  expect({{"{{ '№ «ёжик» — ß ﬁ'|upper }}", "№ «ЁЖИК» — SS FI"},
          {"{{ 'ЁЖИК № 5 ₽ İ ΟΔΟΣ'|lower }}", "ёжик № 5 ₽ i̇ οδος"},
          {"{{ ('<b>'|safe)|upper }}{{ '<b>'|upper|e }}", "<B>&lt;B&gt;"}});
}

TEST(Filters, order_texts_that_begin_alike) {
  expect({{"{{ ['Ученик яя', 'Ученик', 'ученик ая', 'Учени']|sort|join(',') }}",
           "Учени,Ученик,ученик ая,Ученик яя"},
          {"{{ ['abcdefgh2', 'abcdefgh1', 'abcdefg', 'b']|sort(reverse=true)|join(',') }}",
           "b,abcdefgh2,abcdefgh1,abcdefg"}});
}

TEST(Filters, escape_at_any_place_of_a_long_text) {
  expect({{"{{ ('a' * 15 ~ '<' ~ 'b' * 16 ~ '&' ~ 'c' * 20)|e }}",
           "aaaaaaaaaaaaaaa&lt;bbbbbbbbbbbbbbbb&amp;cccccccccccccccccccc"},
          {"{{ ('ж' * 8 ~ '\"' ~ 'a' * 16 ~ \"'\")|e }}", "жжжжжжжж&#34;aaaaaaaaaaaaaaaa&#39;"}});
}

TEST(Filters, select_and_map_lazily) {
  expect({{"{{ p|selectattr('a')|map(attribute='n')|list }}", "['яна', 'Аня']", kPeople},
          {"{{ p|rejectattr('a', 'ge', 0)|list|length }}", "1", R"({"p": [{"a": -1}, {"a": 2}]})"},
          {"{{ [1, 2, 3]|select('odd')|map('string')|join('-') }}", "1-3"},
          {"{{ p|map(attribute='a', default=0)|sum }}", "21", kPeople},
          {"{{ []|map('nosuch')|list }}", "[]"}});
}

TEST(Filters, cut_and_wrap_text) {
  expect(
      {{"{{ 'один два три'|truncate(8, leeway=0) }}|{{ 'один два три'|truncate(8, true, '…', 0) }}",
        "один...|один дв…"},
       {"{{ 'one two-three four'|wordwrap(8) }}", "one two-\nthree\nfour"},
       {"{{ 'a\\n\\nb'|indent(2, first=true) }}", "  a\n\n  b"},
       {"{{ 'a-b (c d'|title }} {{ ' x '|trim }} {{ 'a b'|wordcount }}", "A-B (C D x 2"},
       {"{{ [1, 2, 3]|batch(2, 0)|list }}{{ [1, 2, 3]|slice(2)|list }}", "[[1, 2], [3, 0]][[1, 2], [3]]"}});
}

TEST(Filters, round_half_to_even_and_correctly) {
  expect(
      {{"{{ 42|round }} {{ 2.5|round }} {{ 2.675|round(2) }} {{ 2.1|round(0, 'ceil') }} {{ 1234|round(-2) }}",
        "42 2.0 2.67 3.0 1200"},
       {"{{ '12'|int }}{{ 'x'|int(7) }}{{ '0x1f'|int(0, 16) }}{{ '1.9'|int }}{{ '٣'|int }}", "1273113"},
       {"{{ 1500000|filesizeformat }} {{ 1024|filesizeformat(true) }}", "1.5 MB 1.0 KiB"}});
}

TEST(Filters, write_safe_html_and_json) {
  expect({{"{{ h|e }} {{ h|tojson }}",
           "&lt;a&gt; &amp; &#39;b&#39; \"\\u003ca\\u003e \\u0026 \\u0027b\\u0027\"", kPeople},
          {"{{ {'b': [1.0, none], 'a': 'я'}|tojson }}", R"({"a": "\u044f", "b": [1.0, null]})"},
          {"{{ 'see http://x.ru/a, or (www.y.org)'|urlize }}",
           "see <a href=\"http://x.ru/a\" rel=\"noopener\">http://x.ru/a</a>, or (<a "
           "href=\"https://www.y.org\" rel=\"noopener\">www.y.org</a>)"},
          {"{{ {'class': 'a b', 'id': none, 'n': 1}|xmlattr }}", " class=\"a b\" n=\"1\""},
          {"{{ '<p>a  &amp; <b>b</b></p>'|striptags }} {{ {'я': 'a b'}|urlencode }}", "a & b %D1%8F=a+b"}});
}

TEST(Filters, unknown_ones_fail_at_compile_time_unless_in_a_branch) {
  expect_errors({{"{{ 1|nosuch }}", "TemplateAssertionError"},
                 {"{% if true %}{{ 1|nosuch }}{% endif %}", "TemplateRuntimeError"}});
  expect({{"{% if false %}{{ 1|nosuch }}{% endif %}ok", "ok"}});
}

TEST(Filters, come_from_the_project_too) {
  Environment environment;
  environment.add_filter("twice", [](const std::vector<Value>& a, const RenderOptions&) -> Result<Value> {
    if (!a[0].is(Value::Type::integer)) return fail(Errc::invalid, "twice wants an integer");
    return Value(a[0].integer() * 2);
  });
  environment.add_function("school",
                           [](const std::vector<Value>&, const RenderOptions& options) -> Result<Value> {
                             return Value(options.language == "ru" ? "Сова" : "Owl");
                           });
  auto good = environment.compile("t", "{{ 21|twice }} {{ school() }}");
  EXPECT_EQ(*environment.render(*good, Value::dict({})), "42 Сова");
  auto bad = environment.compile("t", "\n{{ 'x'|twice }}");
  auto error = environment.render(*bad, Value::dict({})).error();
  EXPECT_EQ(error.message, "twice wants an integer");
  EXPECT_EQ(error.line, 2);
}

}  // namespace
}  // namespace rb::jinja::testing
