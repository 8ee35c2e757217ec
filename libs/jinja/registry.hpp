#pragma once
// The filters, tests and globals an environment offers.
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "jinja/arguments.hpp"
#include "jinja/constant.hpp"

namespace rb::jinja {

struct Filter {
  using Function = std::function<Value(Interpreter&, const Value& input, Arguments&)>;
  Function function;
};

struct Test {
  using Function = bool (*)(Interpreter&, const Value& input, Arguments&);
  Function function = nullptr;
};

template <class T>
using Table = std::map<std::string, T, std::less<>>;

struct Registry {
  Table<Filter> filters;
  Table<Test> tests;
  Constant globals;  // a dict
};

// The families of built-in filters; each adds its own.
using Filters = Table<Filter>;
void add_text_filters(Filters& filters);
void add_html_filters(Filters& filters);
void add_number_filters(Filters& filters);
void add_sequence_filters(Filters& filters);
void add_selection_filters(Filters& filters);
void add_order_filters(Filters& filters);
void add_locale_filters(Filters& filters, Dict& globals);  // ours, see jinja.hpp
void add_tests(Table<Test>& tests);
void add_globals(Dict& globals);

}  // namespace rb::jinja
