#include <algorithm>
#include <mutex>
#include <unordered_map>

#include "jinja/bigint.hpp"
#include "jinja/compiled.hpp"
#include "jinja/interpreter.hpp"
#include "jinja/jinja.hpp"
#include "jinja/methods.hpp"
#include "jinja/parser.hpp"
#include "jinja/printing.hpp"

namespace rb::jinja {
namespace {

constexpr int kMaxParseDepth = 400;

// Sets the limits of this thread and restores them. Renders do not nest, but a function of the project may
// render.
class Limited {
 public:
  explicit Limited(const Limits& limits) : before_(meter) {
    auto memory = meter.memory;
    meter = Meter{};
    meter.memory = memory;
    meter.memory_limit = memory + static_cast<std::int64_t>(limits.memory_bytes);
    meter.step_limit = limits.steps;
    meter.step_stop = std::min(kStepsBetweenLooksAtClock, limits.steps);
    meter.deadline = std::chrono::steady_clock::now() + limits.time;
    meter.depth_limit = limits.depth;
    meter.rendering = true;
  }
  ~Limited() {
    auto memory = meter.memory;
    meter = before_;
    meter.memory = memory;
  }
  Limited(const Limited&) = delete;
  Limited& operator=(const Limited&) = delete;

 private:
  Meter before_;
};

// The limits are reckoned well below this; but the machine may have less.
TemplateError out_of_memory(std::string_view name, int line) {
  return {ErrorKind::memory_limit, std::string(name), line, "the machine is out of memory"};
}

Filter::Function as_filter(Function function) {
  return [function = std::move(function)](Interpreter& in, const Value& input, Arguments& arguments) {
    if (!arguments.named.empty()) raise(ErrorKind::type, "this filter takes no keyword arguments");
    std::vector<Value> all = {input};
    all.insert(all.end(), arguments.positional.begin(), arguments.positional.end());
    auto result = function(all, in.render_options());
    if (!result) raise(ErrorKind::type, result.error().message);
    return *result;
  };
}

Value as_function(std::string_view name, Function function) {
  return make_callable(name, [function = std::move(function)](Interpreter& in, Arguments& arguments) {
    if (!arguments.named.empty()) raise(ErrorKind::type, "this function takes no keyword arguments");
    auto result = function({arguments.positional.begin(), arguments.positional.end()}, in.render_options());
    if (!result) raise(ErrorKind::type, result.error().message);
    return *result;
  });
}

}  // namespace

struct Environment::State {
  Options options;
  Loader loader;
  std::shared_ptr<Registry> registry = std::make_shared<Registry>();
  Value globals = make_dict();
  std::mutex mutex;
  struct Cached {
    std::string source;
    CompiledPtr compiled;
  };
  std::unordered_map<std::string, std::vector<Cached>> cache;  // by name, then by content
  std::size_t cached_bytes = 0;                                // of all sources since the cache was emptied
  std::once_flag sealed;

  void seal() {
    std::call_once(sealed, [this] { registry->globals = Constant(std::move(globals)); });
  }

  CompiledPtr compile(std::string_view name, std::string_view source);
  CompiledPtr compile_now(std::string_view name, std::string_view source) const;
};

CompiledPtr Environment::State::compile_now(std::string_view name, std::string_view source) const {
  auto compiled = std::make_shared<Compiled>();
  compiled->name = name;
  compiled->registry = registry;
  if (source.size() > options.limits.template_bytes)
    raise(ErrorKind::template_limit, "the template is too long");
  auto depth = meter.depth, depth_limit = meter.depth_limit;
  meter.depth_limit = depth + kMaxParseDepth;
  std::optional<Parser> parser;  // it reads the first token as it is made
  try {
    parser.emplace(source,
                   Spacing{options.trim_blocks, options.lstrip_blocks, options.keep_trailing_newline});
    compiled->body = parser->parse();
    resolve(*compiled, options.autoescape);
  } catch (Raised& raised) {
    meter.depth_limit = depth_limit;
    raised.error.template_name = name;
    if (raised.error.line == 0 && parser) raised.error.line = parser->line();
    throw;
  }
  meter.depth_limit = depth_limit;
  return compiled;
}

CompiledPtr Environment::State::compile(std::string_view name, std::string_view source) {
  constexpr std::size_t max_bytes = 4 << 20, entry_bytes = 1024, max_versions = 8;
  seal();
  std::string key(name);
  {
    std::lock_guard lock(mutex);
    if (auto at = cache.find(key); at != cache.end())
      for (const auto& version : at->second)
        if (version.source == source) return version.compiled;
  }
  auto compiled = compile_now(name, source);
  std::lock_guard lock(mutex);
  auto bytes = source.size() + entry_bytes;
  cached_bytes += bytes;
  if (cached_bytes > max_bytes) {
    cache.clear();
    cached_bytes = bytes;
  }
  auto& versions = cache[key];
  if (versions.size() >= max_versions) versions.erase(versions.begin());
  versions.push_back({std::string(source), compiled});
  return compiled;
}

std::string_view Template::name() const { return compiled_->name; }
std::set<std::string> Template::variables() const { return free_names(*compiled_); }
std::vector<Reference> Template::references() const { return jinja::references(*compiled_); }
bool Template::extends() const { return compiled_->extends; }

Environment::Environment(Options options, Loader loader) : state_(std::make_unique<State>()) {
  state_->options = options;
  state_->loader = std::move(loader);
  auto& registry = *state_->registry;
  add_text_filters(registry.filters);
  add_html_filters(registry.filters);
  add_number_filters(registry.filters);
  add_sequence_filters(registry.filters);
  add_selection_filters(registry.filters);
  add_order_filters(registry.filters);
  add_tests(registry.tests);
  add_globals(state_->globals.dict());
  add_locale_filters(registry.filters, state_->globals.dict());
}

Environment::~Environment() = default;

void Environment::add_filter(std::string_view name, Function function) {
  state_->registry->filters[std::string(name)] = {as_filter(std::move(function))};
}

void Environment::add_function(std::string_view name, Function function) {
  state_->globals.dict().set(name, as_function(name, std::move(function)));
}

std::expected<Template, TemplateError> Environment::compile(std::string_view name,
                                                            std::string_view source) const {
  try {
    Limited limited(state_->options.limits);
    return Template(state_->compile(name, source));
  } catch (const Raised& raised) {
    return std::unexpected(raised.error);
  } catch (const std::bad_alloc&) {
    return std::unexpected(out_of_memory(name, 0));
  }
}

std::expected<std::string, TemplateError> Environment::render(const Template& source, const Value& context,
                                                              const RenderOptions& options) const {
  auto load = [this](std::string_view name) -> CompiledPtr {
    auto text = state_->loader ? state_->loader(name) : std::nullopt;
    return text ? state_->compile(name, *text) : nullptr;
  };
  Limited limited(state_->options.limits);
  std::optional<Value> copy;  // of the context, when the template changes something in it
  while (true) {
    Interpreter interpreter(state_->options, options, *state_->registry, load);
    try {
      try {
        return interpreter.run(source.compiled_, copy ? *copy : context);
      } catch (const ContextChange&) {
        if (copy) raise(ErrorKind::security, "a global value cannot be changed");
        copy = deep_copy(context);
      }
    } catch (const std::bad_alloc&) {
      return std::unexpected(out_of_memory(source.compiled_->name, interpreter.line_now()));
    } catch (Raised& raised) {
      if (raised.error.template_name.empty()) {
        raised.error.template_name =
            interpreter.template_now() ? interpreter.template_now()->name : source.compiled_->name;
        raised.error.line = interpreter.line_now();
      }
      return std::unexpected(std::move(raised.error));
    }
  }
}

}  // namespace rb::jinja
