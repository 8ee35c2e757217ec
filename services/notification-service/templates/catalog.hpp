#pragma once
// The texts that come with the program: one Jinja2 file per (type, audience, language), the layouts they
// extend, and a sample context for each. README.md beside this file documents names, variables and rules.
// Pure, thread-safe.
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rb::notification::templates {

// "ru/lesson.cancelled.student.html", "layout/email.html", "samples/ru/common.json"; nullopt: there is no
// such file.
std::optional<std::string_view> file(std::string_view path);
std::span<const std::string_view> files();  // all paths, sorted

// The file for one notification (`type` as in the contract, aliases resolved): that audience, else "any";
// that language, else Russian. nullopt: no text of our own.
std::optional<std::string> find(std::string_view type, std::string_view audience, std::string_view language);
// The same in that language only.
std::optional<std::string> find_in(std::string_view type, std::string_view audience,
                                   std::string_view language);

// Changes when the program comes with another text for this audience; of "any" when any text of the type
// does. "" when there is none.
std::string digest(std::string_view type, std::string_view audience, std::string_view language);

}  // namespace rb::notification::templates
