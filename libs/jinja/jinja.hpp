#pragma once
// Jinja2 templates for people who are not developers: complete, fast, unable to reach anything but their
// data.
//
// The language is that of Jinja2 3.1 with all built-in filters, tests and globals, plus our own filters:
//
//   format_date(v, "%d.%m.%Y"), format_time(v, "%H:%M"): of an ISO 8601 text or of seconds since 1970, in
//     RenderOptions::timezone; strftime letters, see moments.hpp
//   format_currency(v, "₽"): "1 234,50 ₽" (no-break spaces) in Russian, "1,234.50 ₽" in English, "0 ₽" for
//     nothing
//   plural(n, 'урок', 'урока', 'уроков'): the Russian rule; with two forms the English one
//   tg_time(v, "wDt"): <tg-time>, Telegram shows the moment in each reader's zone
//   nl2br(v): escapes, then a <br> before each newline
//
// All but nl2br are functions as well: plural(n, 'lesson', 'lessons'). none and lenient undefined give an
// empty text.
//
// A template fails with a TemplateError (kind, template name, line, message), never otherwise; every limit
// has a kind of its own. Threads: Environment and Template may be shared; a Value belongs to one thread at a
// time.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "jinja/error.hpp"
#include "jinja/value.hpp"

namespace rb::jinja {

// Of one render, includes and imports counted in.
struct Limits {
  std::size_t template_bytes = 512uz * 1024;     // one source; TemplateLimitError
  std::size_t output_bytes = 8uz * 1024 * 1024;  // also what unfinished macros printed; OutputLimitError
  std::uint64_t steps = 5'000'000;  // loop turns, calls, long operations by length; StepLimitError
  std::size_t memory_bytes = 64uz * 1024 * 1024;  // values alive at one time; MemoryError
  int depth = 1000;                               // nested calls, includes, expressions, data; RecursionError
  std::chrono::milliseconds time{2000};           // TimeLimitError
};

struct Options {
  enum class Undefined : std::uint8_t {
    lenient,  // a missing variable prints nothing, and fails only when something is done with it
    strict,   // almost any use of a missing variable fails
  };
  bool autoescape = false;
  bool trim_blocks = false;            // drop the newline after a block tag
  bool lstrip_blocks = false;          // drop blanks before a block tag that begins its line
  bool keep_trailing_newline = false;  // of the template
  Undefined undefined = Undefined::lenient;
  Limits limits = {};
};

// Who reads the result.
struct RenderOptions {
  std::string language = "ru";             // "ru" or "en": grouping of numbers, plural forms, names of months
  std::string timezone = "Europe/Moscow";  // IANA name
};

struct Compiled;

// A variable from outside where a template mentions it, with what follows it by name: {{ a.b[0].c }} is
// "a.b", the method of {{ a.b.upper() }} does not count.
struct Reference {
  std::string path;
  int line = 0;
};

class Template {
 public:
  std::string_view name() const;
  // The variables it expects from outside, those of its includes and parents not counted.
  std::set<std::string> variables() const;
  std::vector<Reference> references() const;  // the same, each place, in the order of the source
  bool extends() const;                       // it has a parent

 private:
  friend class Environment;
  explicit Template(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

// A filter or function of the project. Arguments come by position; an unexpected outcome is an Error whose
// message becomes a TypeError of the template.
using Function =
    std::function<Result<Value>(const std::vector<Value>& arguments, const RenderOptions& options)>;

class Environment {
 public:
  // The source of a template that is included, imported or extended; nullopt: there is none. Called during
  // renders, also from several threads at once.
  using Loader = std::function<std::optional<std::string>(std::string_view name)>;

  explicit Environment(Options options = {}, Loader loader = {});
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  // Before the first compile only. A filter's first argument is its input.
  void add_filter(std::string_view name, Function function);
  void add_function(std::string_view name, Function function);

  // Compiled templates are cached by name and content.
  std::expected<Template, TemplateError> compile(std::string_view name, std::string_view source) const;

  // `context` is a dict. The same Value may be rendered any number of times: a template cannot change it.
  std::expected<std::string, TemplateError> render(const Template& source, const Value& context,
                                                   const RenderOptions& options = {}) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rb::jinja
