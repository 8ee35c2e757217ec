#include "jinja/testing.hpp"

namespace rb::jinja::testing {
namespace {

std::string in_language(std::string_view language, std::string_view source,
                        std::string_view zone = "Europe/Moscow") {
  return render(source, R"({"t": "2026-01-31T21:30:00Z"})", {}, {},
                {std::string(language), std::string(zone)});
}

TEST(Dates, are_written_in_the_readers_zone_and_language) {
  EXPECT_EQ(in_language("ru", "{{ t|format_date }} {{ t|format_time }}"), "01.02.2026 00:30");
  EXPECT_EQ(in_language("ru", "{{ format_date(t, '%A, %-d %B %Y, %H:%M %z') }}"),
            "воскресенье, 1 февраля 2026, 00:30 +0300");
  EXPECT_EQ(in_language("en", "{{ format_date(t, '%a %d %b %I %p') }}", "America/New_York"),
            "Sat 31 Jan 04 PM");
  EXPECT_EQ(in_language("en", "{{ format_date(t, '%z') }}", "America/New_York"), "-0500");
  EXPECT_EQ(in_language("ru", "{{ '2026-03-08'|format_date('%d.%m') }}[{{ none|format_date }}]"), "08.03[]");
  EXPECT_EQ(error_class(in_language("ru", "{{ 'завтра'|format_date }}")), "ValueError");
  EXPECT_EQ(in_language("ru", "{{ t|format_time('%H', 1) }}"),
            "TypeError: format_time() takes at most 1 arguments but 2 were given");
}

TEST(Dates, become_telegram_entities_with_a_fallback) {
  EXPECT_EQ(in_language("ru", "{{ t|tg_time }}"),
            "<tg-time unix=\"1769895000\" format=\"wDt\">вс 1 февраля 00:30</tg-time>");
  EXPECT_EQ(error_class(in_language("ru", "{{ t|tg_time('q') }}")), "ValueError");
}

TEST(Money, is_grouped_as_the_language_wants) {
  EXPECT_EQ(
      in_language(
          "ru",
          "{{ format_currency(1234567.5, '₽') }}|{{ 0|format_currency }}|{{ -1500|format_currency('€') }}"),
      "1\u00A0234\u00A0567,50\u00A0₽|0\u00A0₽|-1\u00A0500,00\u00A0€");
  EXPECT_EQ(in_language("en", "{{ '1234.5'|format_currency }}"), "1,234.50\u00A0₽");
}

TEST(Plural, follows_russian_and_english_rules) {
  std::string source = "{{ n|plural('урок', 'урока', 'уроков') }}";
  for (auto [n, word] : std::initializer_list<std::pair<const char*, const char*>>{{"0", "уроков"},
                                                                                   {"1", "урок"},
                                                                                   {"2", "урока"},
                                                                                   {"5", "уроков"},
                                                                                   {"11", "уроков"},
                                                                                   {"14", "уроков"},
                                                                                   {"21", "урок"},
                                                                                   {"22", "урока"},
                                                                                   {"111", "уроков"},
                                                                                   {"1.5", "урока"},
                                                                                   {"-1", "урок"}})
    EXPECT_EQ(render(source, std::string("{\"n\": ") + n + "}"), word) << n;
  EXPECT_EQ(render("{{ plural(1, 'lesson', 'lessons') }} {{ plural(0, 'lesson', 'lessons') }}"),
            "lesson lessons");
}

TEST(OwnFilters, give_an_empty_text_for_nothing) {
  EXPECT_EQ(render("[{{ none|plural('урок', 'урока', 'уроков') }}{{ none|nl2br }}{{ none|format_date }}"
                   "{{ none|format_time }}{{ none|format_currency }}{{ none|tg_time }}]"),
            "[]");
}

TEST(LineBreaks, become_br_after_escaping) {
  EXPECT_EQ(render("{{ 'a<\\nb'|nl2br }}", "{}", {.autoescape = true}), "a&lt;<br>\nb");
}

}  // namespace
}  // namespace rb::jinja::testing
