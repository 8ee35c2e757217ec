#include "jinja/testing.hpp"

namespace rb::jinja::testing {
namespace {

TEST(Expressions, have_the_precedence_of_jinja_not_of_python) {
  expect({{"{{ 2 ** 3 ** 2 }}", "64"},
          {"{{ -2 ** 2 }}", "4"},
          {"{{ 1 + 2 * 3 - 4 }}", "3"},
          {"{{ 2 + 1 is odd }}", "3"},
          {"{{ -3|abs }}", "3"},
          {"{{ not 1 in [2] }}", "True"},
          {"{{ 1 < 2 < 3 }}{{ 1 < 3 < 2 }}", "TrueFalse"},
          {"{{ 'a' ~ 1 + 2 if false else 'x' }}", "x"}});
}

TEST(Expressions, keep_integers_and_reals_apart) {
  expect({{"{{ a }} {{ b }}", "1 1.0", R"({"a": 1, "b": 1.0})"},
          {"{{ 7 / 1 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 7.5 // 2 }}", "7.0 3 -4 2 3.0"},
          {"{{ 1e16 }} {{ 1e15 }} {{ 0.1 + 0.2 }} {{ 1e-5 }}",
           "1e+16 1000000000000000.0 0.30000000000000004 1e-05"},
          {"{{ 1 == 1.0 == true }}", "True"}});
}

TEST(Expressions, compute_integers_of_any_size) {
  expect({{"{{ 2 ** 100 }}", "1267650600228229401496703205376"},
          {"{{ n + 1 }}", "123456789012345678901234567891", R"({"n": 123456789012345678901234567890})"},
          {"{{ 9223372036854775807 + 1 }}", "9223372036854775808"},
          {"{{ -9223372036854775808 // -1 }}", "9223372036854775808"},
          {"{{ (10 ** 30) // 7 % 1000 }}", "857"},
          {"{{ 10 ** 20 / 10 ** 19 }}", "10.0"},
          {"{{ 10 ** 20 == 1e20 }}{{ 10 ** 20 < 1e21 }}", "TrueTrue"}});
}

TEST(Expressions, print_containers_as_python_does) {
  expect({{"{{ [1, 2.0, 'x', none, true, (1,), {'a': \"it's\"}] }}",
           "[1, 2.0, 'x', None, True, (1,), {'a': \"it's\"}]"},
          {"{{ ['я', '\\n', '\\u200b', '\\u00a0', '😀'] }}", "['я', '\\n', '\\u200b', '\\xa0', '😀']"},
          {"{{ {1: 'a', true: 'b', 2.5: 'c'} }}", "{1: 'b', 2.5: 'c'}"},
          {"{% set l = [] %}{% set _ = l.append(l) %}{{ l }}", "[[...]]"}});
}

TEST(Expressions, index_and_slice_by_code_points) {
  expect({{"{{ 'урок'[1] }}{{ 'урок'[-1] }}{{ 'урок'[1:3] }}{{ 'урок'[::-1] }}{{ 'урок'[9] }}", "ркрокору"}});
}

TEST(Expressions, prefer_methods_after_a_dot_and_items_in_brackets) {
  expect(
      {{"{{ d.items is callable }} {{ d['items'] }} {{ d.x }}", "True 5 1", R"({"d": {"items": 5, "x": 1}})"},
       {"{{ l.0 }}{{ l[-1] }}{{ l[7] }}{{ l['x'] }}", "13", R"({"l": [1, 2, 3]})"}});
}

TEST(Expressions, format_numbers_like_python) {
  expect(
      {{"{{ '%.2f|%5d|%-5s|%05d|%x|%%' % (1.005, 42, 'я', -7, 255) }}", "1.00|   42|я    |-0007|ff|%"},
       {"{{ '{:,.2f}|{:>6}|{:^7}|{:+d}|{:08.3f}|{:.1%}'.format(1234567.891, 'я', 'x', 5, 3.14159, 0.256) }}",
        "1,234,567.89|     я|   x   |+5|0003.142|25.6%"},
       {"{{ '{0[a]} {0.b} {n!r}'.format({'a': 1, 'b': 2}, n='q') }}", "1 2 'q'"}});
}

TEST(Expressions, know_python_text_methods) {
  expect(
      {{"{{ 'а б  в'.split() }} {{ 'a,b,c'.split(',', 1) }} {{ 'ß'.upper() }} {{ 'ОДНАЖДЫ'.capitalize() }}",
        "['а', 'б', 'в'] ['a', 'b,c'] SS Однажды"},
       {"{{ 'abc'.replace('', '-') }} {{ 'x'.center(4) }}| {{ '-5'.zfill(4) }} {{ 'a-b c'.title() }}",
        "-a-b-c-  x  | -005 A-B C"},
       {"{{ 'абв'.find('в') }} {{ 'abab'.count('ab') }} {{ 'x'.startswith(('y', 'x')) }}", "2 2 True"}});
}

TEST(Formats, follow_python_in_rare_forms) {
  expect({{"{{ '{:#}'.format(1e22) }} {{ '{:#.8}'.format(2.5) }} {{ '{:010,}'.format(1e22) }}",
           "1.e+22 2.5000000 00,001e+22"},
          {"{{ '%c%%' % true }}|{{ 'a' % missing }}|{{ 'a' % range(2) }}", "\x01%|a|a"},
          {"{{ 'ß'.encode() }}{{ 'ß'.encode()|length }}{{ 'ß'.encode()[1] }}", "b'\\xc3\\x9f'2159"},
          {"{{ 'abca'.translate('abca'.maketrans('ab', 'xy', 'c')) }}", "xyx"},
          {"{{ ('<b>x</b> &amp; y'|safe).striptags() }} {{ 5.0.as_integer_ratio() }}", "x & y (5, 1)"}});
  expect_errors({{"{{ '{:-}'.format('a') }}", "ValueError"},
                 {"{{ '{:,n}'.format(1) }}", "ValueError"},
                 {"{{ '%5%' % (1,) }}", "ValueError"},
                 {"{{ '%y' % () }}", "TypeError"},
                 {"{{ '%x' % missing }}", "TypeError"},
                 {"{{ '%d' % missing }}", "UndefinedError"},
                 {"{{ range(missing) }}", "TypeError"},
                 {"{{ dict(missing) }}", "UndefinedError"}});
}

TEST(Filters, keep_a_default_that_nobody_gave) {
  expect({{"{{ 'abc'|int }}{{ 'abc'|float }}{{ [none, none]|sort }}", "00.0[None, None]"}});
}

}  // namespace
}  // namespace rb::jinja::testing
