#include "jinja/testing.hpp"

namespace rb::jinja::testing {
namespace {

const Sources kSources = {
    {"base", "<{% block a %}base{% endblock %}|{% block b %}{{ x }}{% endblock %}>"},
    {"mid", "{% extends 'base' %}{% block a %}mid {{ super() }}{% endblock %}"},
    {"lib", "{% macro hi(n) %}hi {{ n }}{{ x }}{% endmacro %}{% set v = 7 %}{% set _p = 1 %}"},
    {"part", "[{{ x }}{{ i }}]"},
    {"loop", "{% include 'loop' %}"},
    {"broken", "{% if %}"},
};

std::string with_sources(std::string_view source, std::string_view context = R"({"x": 5})") {
  return render(source, context, {}, kSources);
}

TEST(Inheritance, fills_blocks_of_parents) {
  EXPECT_EQ(with_sources("{% extends 'mid' %}junk{% set x = 9 %}{% block b %}{{ super() }}!{% endblock %}"),
            "<mid base|9!>");
  EXPECT_EQ(with_sources("{% extends 'mid' %}{% block a %}{{ super.super() }}{% endblock %}"), "<base|5>");
  EXPECT_EQ(with_sources("{% block t %}T{% endblock %}{{ self.t() }}"), "TT");
  EXPECT_EQ(error_class(with_sources("{% block a required %}{% endblock %}")), "TemplateRuntimeError");
}

TEST(Includes, see_the_variables_around_them) {
  EXPECT_EQ(with_sources("{% for i in [1, 2] %}{% include 'part' %}{% endfor %}"), "[51][52]");
  EXPECT_EQ(with_sources("{% include 'part' without context %}"), "[]");
  EXPECT_EQ(with_sources("{% include 'none' ignore missing %}{% include ['none', 'part'] %}"), "[5]");
  EXPECT_EQ(error_class(with_sources("{% include 'none' %}")), "TemplateNotFound");
  EXPECT_EQ(error_class(with_sources("{% include 'broken' ignore missing %}")), "TemplateSyntaxError");
  EXPECT_EQ(error_class(with_sources("{% include 'loop' %}")), "RecursionError");
}

TEST(Imports, see_them_only_with_context) {
  EXPECT_EQ(with_sources("{% import 'lib' as l %}{{ l.hi('a') }}{{ l.v }}{{ l._p }}"), "hi a7");
  EXPECT_EQ(with_sources("{% from 'lib' import hi as h with context %}{{ h('a') }}"), "hi a5");
  EXPECT_EQ(with_sources("{% from 'lib' import none_such %}[{{ none_such }}]"), "[]");
}

}  // namespace
}  // namespace rb::jinja::testing
