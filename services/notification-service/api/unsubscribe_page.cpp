#include "api/unsubscribe_page.hpp"

#include <fmt/format.h>

#include "base/strings.hpp"

namespace rb::notification {
namespace {

using State = UnsubscribePage::State;

struct Words {
  std::string_view heading, text, button, all;
};

Words words(State state, bool ru) {
  switch (state) {
    case State::asks:
      return ru ? Words{"Отписаться от писем?", "Письма этого вида больше не будут приходить: «{}».",
                        "Отписаться", "Отключить все письма"}
                : Words{"Unsubscribe?", "You will get no more mails of this kind: “{}”.", "Unsubscribe",
                        "Switch all mails off"};
    case State::done_type:
      return ru ? Words{"Готово", "Писем этого вида больше не будет: «{}».", "", "Отключить все письма"}
                : Words{"Done", "No more mails of this kind: “{}”.", "", "Switch all mails off"};
    case State::done_all:
      return ru ? Words{"Готово", "Писем больше не будет.", "", ""}
                : Words{"Done", "You will get no more mails.", "", ""};
    case State::required:
      return ru ? Words{"Это письмо отключить нельзя", "Без писем этого вида школа не может работать: «{}».",
                        "", "Отключить все остальные письма"}
                : Words{"This mail cannot be switched off",
                        "The school cannot do without mails of this kind: “{}”.", "",
                        "Switch all other mails off"};
    case State::broken:
      return ru ? Words{"Ссылка не действует",
                        "Она повреждена или устарела. Откройте её из последнего письма.", "", ""}
                : Words{"This link does not work", "It is broken or too old. Open it from the latest mail.",
                        "", ""};
  }
  return {};
}

std::string form(const UnsubscribePage& page, std::string_view scope, std::string_view label,
                 std::string_view style) {
  if (label.empty()) return {};
  return fmt::format(
      R"(<form method="post" action="/unsubscribe?token={}"><input type="hidden" name="scope" value="{}">)"
      R"(<button class="{}">{}</button></form>)",
      percent_encode(page.token), scope, style, label);
}

}  // namespace

std::string unsubscribe_html(const UnsubscribePage& page) {
  auto w = words(page.state, page.russian);
  auto text = replace_all(std::string(w.text), "{}", escape_html(page.title));
  return fmt::format(
      R"(<!DOCTYPE html>
<html lang="{}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{}</title>
<style>
body {{ margin: 0; padding: 48px 16px; background: #f2f3f8; color: #1c2030; font: 17px/1.6 system-ui, sans-serif; }}
main {{ max-width: 440px; margin: 0 auto; padding: 28px 32px; background: #fff; border-radius: 16px; }}
h1 {{ margin: 0 0 12px; font-size: 24px; line-height: 1.3; }}
button {{ margin-top: 12px; padding: 12px 24px; border: 0; border-radius: 10px; font: inherit; cursor: pointer; }}
.first {{ background: #3d5afe; color: #fff; font-weight: 600; }}
.second {{ background: #e8eaf3; color: #1c2030; }}
@media (prefers-color-scheme: dark) {{
  body {{ background: #101218; color: #eceef4; }}
  main {{ background: #1a1d26; }}
  .second {{ background: #2b2f3b; color: #eceef4; }}
}}
</style>
</head>
<body><main>
<h1>{}</h1>
<p>{}</p>
{}{}
</main></body>
</html>
)",
      page.russian ? "ru" : "en", w.heading, w.heading, text, form(page, "type", w.button, "first"),
      form(page, "all", w.all, "second"));
}

}  // namespace rb::notification
