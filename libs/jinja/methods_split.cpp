// Methods of texts that cut them into pieces.
#include <algorithm>

#include "jinja/methods.hpp"
#include "jinja/operators.hpp"
#include "jinja/printing.hpp"
#include "jinja/split.hpp"
#include "jinja/text.hpp"
#include "jinja/unicode.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

Value pieces_of(const Value& self, const Pieces& pieces) {
  Values items;
  items.reserve(pieces.size());
  for (auto piece : pieces) items.push_back(like(self, piece));
  return make_list(std::move(items));
}

Value separator_of(const Value& v) {
  if (!v.is_text()) raise(ErrorKind::type, "must be str or None, not " + std::string(type_name(v)));
  if (v.text().empty()) raise(ErrorKind::value, "empty separator");
  return v;
}

template <bool from_right>
Value split_method(Interpreter&, const Value& self, Arguments& arguments) {
  auto [separator, most] = bind("split", {"sep", "maxsplit"}, 0, arguments);
  auto limit = most.is_given() ? to_index(most) : -1;
  charge_steps(self.text().size() / 32);
  if (!separator.is_given() || separator.is(Type::none))
    return pieces_of(self,
                     from_right ? split_blanks_right(self.text(), limit) : split_blanks(self.text(), limit));
  auto by = separator_of(separator);
  return pieces_of(self, from_right ? split_right(self.text(), by.text(), limit)
                                    : split_text(self.text(), by.text(), limit));
}

Value splitlines(Interpreter&, const Value& self, Arguments& arguments) {
  auto [keep] = bind("splitlines", {"keepends"}, 0, arguments);
  return pieces_of(self,
                   split_lines(self.text(), keep.is_given() && keep.is_number() && keep.integer() != 0));
}

template <bool from_right>
Value partition(Interpreter&, const Value& self, Arguments& arguments) {
  expect_positional("partition", arguments, 1, 1);
  auto by = separator_of(arguments.positional[0]);
  if (self.is(Type::markup)) by = escape(by);
  auto text = self.text();
  auto at = from_right ? find_last_text(text, by.text()) : find_text(text, by.text());
  Values parts;
  if (at == std::string_view::npos) {
    auto empty_value = like(self, "");
    parts = from_right ? Values{empty_value, empty_value, self} : Values{self, empty_value, empty_value};
  } else {
    parts = {like(self, text.substr(0, at)), like(self, by.text()),
             like(self, text.substr(at + by.text().size()))};
  }
  return make_tuple(std::move(parts));
}

constexpr Method kSplitMethods[] = {
    {"split", split_method<false>},  {"rsplit", split_method<true>},  {"splitlines", splitlines},
    {"partition", partition<false>}, {"rpartition", partition<true>},
};

}  // namespace

Methods text_split_methods() { return kSplitMethods; }

}  // namespace rb::jinja
