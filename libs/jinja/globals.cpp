// range, dict, namespace, cycler, joiner, lipsum
#include "jinja/compare.hpp"
#include "jinja/interpreter.hpp"
#include "jinja/iterate.hpp"
#include "jinja/lipsum.hpp"
#include "jinja/methods.hpp"
#include "jinja/operators.hpp"
#include "jinja/printing.hpp"
#include "jinja/things.hpp"
#include "jinja/views.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

constexpr std::size_t kMaxRange = 100'000;

Value range(Interpreter&, Arguments& arguments) {
  expect_positional("range", arguments, 1, 3);
  const auto& a = arguments.positional;
  auto start = a.size() > 1 ? to_index(a[0]) : 0;
  auto stop = to_index(a.size() > 1 ? a[1] : a[0]);
  auto step = a.size() > 2 ? to_index(a[2]) : 1;
  if (step == 0) raise(ErrorKind::value, "range() arg 3 must not be zero");
  auto value = make_thing<Range>(start, stop, step);
  if (*value.thing().length() > kMaxRange)
    raise(ErrorKind::overflow, "Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000).");
  return value;
}

Value dict_of(Arguments& arguments) {
  auto out = make_dict();
  if (arguments.positional.size() > 1)
    raise(ErrorKind::type,
          "dict expected at most 1 argument, got " + std::to_string(arguments.positional.size()));
  if (!arguments.positional.empty()) merge_into(out.dict(), arguments.positional[0]);
  for (auto& [key, value] : arguments.named) out.dict().set(key, value);
  return out;
}

Value dict(Interpreter&, Arguments& arguments) { return dict_of(arguments); }
Value make_namespace(Interpreter&, Arguments& arguments) { return make_thing<Namespace>(dict_of(arguments)); }

class Cycler : public Thing {
 public:
  explicit Cycler(Values items) : items_(std::move(items)) {}
  std::string_view type_name() const override { return "Cycler"; }
  std::optional<Value> attribute(Interpreter&, std::string_view name) override {
    if (name == "current") return items_[at_];
    if (name == "pos") return Value(static_cast<std::int64_t>(at_));
    if (name == "items") return make_tuple(items_);
    if (name == "next")
      return make_callable("<bound method Cycler.next>", [me = self()](Interpreter&, Arguments& a) {
        return static_cast<Cycler&>(me.thing()).next(a);
      });
    if (name == "reset")
      return make_callable("<bound method Cycler.reset>", [me = self()](Interpreter&, Arguments& a) {
        return static_cast<Cycler&>(me.thing()).reset(a);
      });
    return std::nullopt;
  }

 private:
  Value next(Arguments& arguments) {
    expect_positional("next", arguments, 0, 0);
    auto value = items_[at_];
    at_ = (at_ + 1) % items_.size();
    return value;
  }
  Value reset(Arguments& arguments) {
    expect_positional("reset", arguments, 0, 0);
    at_ = 0;
    return {};
  }

  Values items_;
  std::size_t at_ = 0;
};

Value cycler(Interpreter&, Arguments& arguments) {
  if (!arguments.named.empty())
    raise(ErrorKind::type, "Cycler.__init__() got an unexpected keyword argument");
  if (arguments.positional.empty()) raise(ErrorKind::runtime, "at least one item has to be provided");
  return make_thing<Cycler>(Values(arguments.positional.begin(), arguments.positional.end()));
}

class Joiner : public Thing {
 public:
  explicit Joiner(Value separator) : separator_(std::move(separator)) {}
  std::string_view type_name() const override { return "Joiner"; }
  bool callable() const override { return true; }
  Value call(Interpreter&, Arguments& arguments) override {
    expect_positional("joiner", arguments, 0, 0);
    return std::exchange(used_, true) ? separator_ : Value("");
  }
  std::optional<Value> attribute(Interpreter&, std::string_view name) override {
    if (name == "sep") return separator_;
    if (name == "used") return Value(used_);
    return std::nullopt;
  }

 private:
  Value separator_;
  bool used_ = false;
};

Value joiner(Interpreter&, Arguments& arguments) {
  auto [separator] = bind("Joiner.__init__", {"sep"}, 0, arguments);
  return make_thing<Joiner>(given(separator, Value(", ")));
}

Value lipsum(Interpreter& in, Arguments& arguments) {
  auto [n, html, least, most] = bind("generate_lorem_ipsum", {"n", "html", "min", "max"}, 0, arguments);
  auto low = to_index(given(least, Value(20))), high = to_index(given(most, Value(100)));
  if (low >= high) raise(ErrorKind::value, "empty range for randrange()");
  auto paragraphs = lorem_ipsum(to_index(given(n, Value(5))), low, high, [&in] { return in.random(); });
  bool as_html = !html.is_given() || truth(html);
  std::string out;
  for (const auto& paragraph : paragraphs) {
    if (!out.empty()) out += as_html ? "\n" : "\n\n";
    out += as_html ? "<p>" + paragraph + "</p>" : paragraph;
  }
  return as_html ? Value::markup(out) : Value(out);
}

}  // namespace

std::string Namespace::show() const { return "<Namespace " + repr(attributes_) + ">"; }

std::optional<Value> Namespace::attribute(Interpreter&, std::string_view name) {
  const auto* value = attributes_.dict().find(Value(name));
  return value ? std::optional(*value) : std::nullopt;
}

void empty(const Value& container) {
  if (container.is(Type::list)) container.items().items.clear();
  if (container.is(Type::dict)) container.dict().clear();
  if (auto* space = as<Namespace>(container)) space->clear();
}

void add_globals(Dict& globals) {
  globals.set("range", make_callable("<function safe_range>", range));
  globals.set("dict", make_callable("<class 'dict'>", dict));
  globals.set("namespace", make_callable("<class 'jinja2.utils.Namespace'>", make_namespace));
  globals.set("cycler", make_callable("<class 'jinja2.utils.Cycler'>", cycler));
  globals.set("joiner", make_callable("<class 'jinja2.utils.Joiner'>", joiner));
  globals.set("lipsum", make_callable("<function generate_lorem_ipsum>", lipsum));
}

}  // namespace rb::jinja
