// sort, dictsort, groupby, min, max
#include "base/strings.hpp"
#include "jinja/compare.hpp"
#include "jinja/getter.hpp"
#include "jinja/interpreter.hpp"
#include "jinja/iterate.hpp"
#include "jinja/operators.hpp"
#include "jinja/order.hpp"
#include "jinja/printing.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

bool flag(const Value& v) { return v.is_given() && truth(v); }
// `reverse` is handed on to Python's sorted(), which wants a number.
bool descending(const Value& reverse) { return reverse.is_given() && to_index(reverse) != 0; }

Value keyed(const Getter& getter, const Value& item, bool case_sensitive) {
  auto key = getter(item);
  if (case_sensitive) return key;
  return ignore_case(key);
}

// Jinja2 sorts by lists of keys, and lists ask first whether their items are equal: so even what has no order
// may stand there twice.
bool before(const Value& a, const Value& b) {
  bool plain = (a.is_text() && b.is_text()) || (a.is_number() && b.is_number());
  return (plain || !same_key(a, b)) && less(a, b);
}

// "a,b.c" sorts by a, then by b.c.
Value sort(Interpreter& in, const Value& input, Arguments& arguments) {
  auto [reverse, case_sensitive, attribute] =
      bind("do_sort", {"reverse", "case_sensitive", "attribute"}, 0, arguments);
  std::vector<Getter> getters;
  if (attribute.is_given() && attribute.is_text())
    for (const auto& part : split(attribute.text(), ',')) getters.emplace_back(in, Value(part));
  else
    getters.emplace_back(in, given(attribute, Value()));
  auto items = to_values(input);
  bool sensitive = flag(case_sensitive);
  sort_values(
      items, descending(reverse),
      [&](const Value& item) {
        if (getters.size() == 1) return keyed(getters[0], item, sensitive);
        Values keys;
        for (const auto& getter : getters) keys.push_back(keyed(getter, item, sensitive));
        return make_list(std::move(keys));
      },
      before);
  return make_list(std::move(items));
}

Value dictsort(Interpreter&, const Value& input, Arguments& arguments) {
  auto [case_sensitive, by, reverse] = bind("do_dictsort", {"case_sensitive", "by", "reverse"}, 0, arguments);
  bool by_value = by.is_given() && equals(by, Value("value"));
  if (by.is_given() && !by_value && !equals(by, Value("key")))
    raise(ErrorKind::filter_argument, "You can only sort by either \"key\" or \"value\"");
  if (input.is(Type::undefined)) input.undefined().fail();
  if (!input.is(Type::dict))
    raise(ErrorKind::attribute, "'" + std::string(type_name(input)) + "' object has no attribute 'items'");
  Values items;
  for (const auto& entry : input.dict().entries) items.push_back(make_tuple({entry.key, entry.value}));
  bool sensitive = flag(case_sensitive);
  sort_values(items, descending(reverse), [&](const Value& pair) {
    const auto& part = pair.items().items[by_value ? 1 : 0];
    return sensitive ? part : ignore_case(part);
  });
  return make_list(std::move(items));
}

// A pair that also answers to .grouper and .list.
class Group : public Thing {
 public:
  Group(Value grouper, Value list) : pair_(make_tuple({std::move(grouper), std::move(list)})) {}
  std::string_view type_name() const override { return "_GroupTuple"; }
  std::string show() const override { return repr(pair_); }
  bool sequence() const override { return true; }
  std::optional<std::size_t> length() const override { return 2; }
  std::optional<Value> iterate() override { return make_thing<CursorIterator>(pair_, "tuple_iterator"); }
  std::optional<Value> attribute(Interpreter&, std::string_view name) override {
    if (name == "grouper") return pair_.items().items[0];
    if (name == "list") return pair_.items().items[1];
    return std::nullopt;
  }
  std::optional<Value> item(Interpreter& in, const Value& index) override {
    if (index.is_text()) return std::nullopt;
    return in.get_item(pair_, index);
  }
  bool same_as(const Thing& other) const override {
    const auto* group = dynamic_cast<const Group*>(&other);
    return group && equals(pair_, group->pair_);
  }
  bool has(const Value& needle) override { return contains(pair_, needle); }

 private:
  Value pair_;
};

Value groupby(Interpreter& in, const Value& input, Arguments& arguments) {
  auto [attribute, otherwise, case_sensitive] =
      bind("do_groupby", {"attribute", "default", "case_sensitive"}, 1, arguments);
  Getter getter(in, attribute, given(otherwise, Value()));
  bool sensitive = flag(case_sensitive);
  auto items = to_values(input);
  Values keys;
  keys.reserve(items.size());
  for (const auto& item : items) keys.push_back(keyed(getter, item, sensitive));
  auto order = sorted_order(keys, false);
  Values groups;
  for (std::size_t at = 0; at < order.size();) {
    auto key = keys[order[at]];
    Values members;
    for (; at < order.size() && same_key(key, keys[order[at]]); ++at) members.push_back(items[order[at]]);
    // Without regard to case a group keeps the spelling of its first item.
    if (!sensitive) key = getter(members.front());
    groups.push_back(make_thing<Group>(std::move(key), make_list(std::move(members))));
  }
  return make_list(std::move(groups));
}

template <bool largest>
Value extreme(Interpreter& in, const Value& input, Arguments& arguments) {
  auto [case_sensitive, attribute] =
      bind(largest ? "do_max" : "do_min", {"case_sensitive", "attribute"}, 0, arguments);
  Getter getter(in, given(attribute, Value()));
  bool sensitive = flag(case_sensitive);
  Cursor cursor(input);
  Value best, item;
  if (!cursor.next(best)) return in.undefined("No aggregated item, sequence was empty.");
  auto best_key = keyed(getter, best, sensitive);
  while (cursor.next(item)) {
    auto key = keyed(getter, item, sensitive);
    if (!ordered(largest ? Order::greater : Order::less, key, best_key)) continue;
    best = item;
    best_key = std::move(key);
  }
  return best;
}

}  // namespace

void add_order_filters(Filters& filters) {
  filters["sort"] = {sort};
  filters["dictsort"] = {dictsort};
  filters["groupby"] = {groupby};
  filters["min"] = {extreme<false>};
  filters["max"] = {extreme<true>};
}

}  // namespace rb::jinja
