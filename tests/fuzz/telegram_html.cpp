// Any bytes as Telegram's HTML: the normal form is valid and normal, and the parts of a split say the same.
#include <cstdlib>

#include "telegram/html.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using rb::telegram::Html;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)rb::telegram::strip_tags(text);
  if (!Html::parse(Html::of_text(text).html())) std::abort();
  auto html = Html::parse(text);
  if (!html) return 0;
  auto normal = Html::parse(html->html());
  if (!normal || normal->html() != html->html() || normal->plain() != html->plain()) std::abort();
  constexpr std::size_t limit = 20;
  for (const auto& part : html->split(limit))
    if (!Html::parse(part.html()) || part.blank()) std::abort();
  return 0;
}
