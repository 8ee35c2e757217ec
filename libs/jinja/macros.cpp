// macro, call and caller().
#include "jinja/entered.hpp"
#include "jinja/printing.hpp"
#include "jinja/things.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

}  // namespace

void Interpreter::exec_macro(const MacroNode& node, Frame& frame) {
  keep(frame);
  auto macro = make_thing<Macro>(node, FramePtr(&frame));
  frame.at(node.target) = macro;
  if (node.exported) export_variable(frame, node.name.value(), std::move(macro), true);
}

void Interpreter::exec_call_block(const MacroNode& node, Frame& frame) {
  auto caller = make_thing<Macro>(node, FramePtr(&frame));
  print_text(eval_call(static_cast<const CallNode&>(*node.call), frame, &caller));
}

// Follows Jinja2's Macro.__call__: what is left over goes to varargs and kwargs, if the body uses them.
void Interpreter::fill_parameters(const MacroNode& node, Frame& frame, Arguments& arguments) {
  auto count = node.parameters.size();
  auto given = arguments.positional.size();
  bool caller_found = node.explicit_caller && given >= count;
  for (std::size_t i = 0; i < count; ++i) {
    auto& slot = frame.slots()[node.parameters[i]->slot.index];
    slot = i < given ? arguments.positional[i] : arguments.take(node.parameters[i]->text());
    if (i >= given && node.parameters[i]->text() == "caller") caller_found = true;
  }
  if (node.caller && !caller_found) {
    auto caller = arguments.take("caller");
    frame.slots()[*node.caller] =
        caller.is_given() && !caller.is(Type::none) ? caller : undefined("No caller defined");
  }
  auto name = [&] { return node.name.value().is_text() ? repr(node.name.value()) : std::string("None"); };
  if (node.named) {
    auto rest = make_dict();
    for (auto& [key, value] : arguments.named) rest.dict().set(key, value);
    frame.slots()[*node.named] = std::move(rest);
  } else if (!arguments.named.empty()) {
    auto key = arguments.named.front().first;
    if (key.text() == "caller")
      raise(ErrorKind::type,
            "macro " + name() +
                " was invoked with two values for the special caller argument. This is most likely a bug.");
    raise(ErrorKind::type, "macro " + name() + " takes no keyword argument " + repr(key));
  }
  if (node.positional)
    frame.slots()[*node.positional] =
        make_tuple(given > count ? Values(arguments.positional.begin() + static_cast<std::ptrdiff_t>(count),
                                          arguments.positional.end())
                                 : Values());
  else if (given > count)
    raise(ErrorKind::type,
          "macro " + name() + " takes not more than " + std::to_string(count) + " argument(s)");
}

void Interpreter::run_macro(const MacroNode& node, const FramePtr& outer, Arguments& arguments) {
  charge_steps();
  auto frame = Frame::make(node.routine, outer, outer->context, outer->compiled);
  fill_parameters(node, *frame, arguments);
  Entered entered(*this, *outer->context, *outer->compiled);
  enter(node.routine.scope, *frame);
  auto first_default = node.parameters.size() - node.defaults.size();
  for (std::size_t i = 0; i < node.parameters.size(); ++i) {
    auto& slot = frame->slots()[node.parameters[i]->slot.index];
    if (slot.is_given()) continue;
    slot = i >= first_default
               ? eval(*node.defaults[i - first_default], *frame)
               : undefined("parameter " + repr(node.parameters[i]->name.value()) + " was not provided");
  }
  exec(node.body, *frame);
}

Value Macro::call(Interpreter& in, Arguments& arguments) {
  auto keep_alive = self();
  bool markup = in.autoescape();
  Capture capture(in);
  in.run_macro(node_, frame_, arguments);
  return capture.take(markup);
}

bool Macro::print_call(Interpreter& in, Arguments& arguments) {
  auto keep_alive = self();
  in.run_macro(node_, frame_, arguments);
  return true;
}

std::string Macro::show() const {
  const auto& name = node_.name.value();
  return "<Macro " + (name.is_text() ? repr(name) : std::string("anonymous")) + ">";
}

std::optional<Value> Macro::attribute(Interpreter&, std::string_view name) {
  if (name == "name") return node_.name.value();
  if (name == "arguments") {
    Values names;
    for (const auto& parameter : node_.parameters) names.push_back(parameter->name.value());
    return make_tuple(std::move(names));
  }
  if (name == "catch_kwargs") return Value(node_.named.has_value());
  if (name == "catch_varargs") return Value(node_.positional.has_value());
  if (name == "caller") return Value(node_.caller.has_value() || node_.explicit_caller);
  return std::nullopt;
}

}  // namespace rb::jinja
