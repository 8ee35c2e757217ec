// first, last, length, list, join, batch, slice, reverse, sum, items, default...
#include <algorithm>

#include "jinja/compare.hpp"
#include "jinja/getter.hpp"
#include "jinja/interpreter.hpp"
#include "jinja/iterate.hpp"
#include "jinja/operators.hpp"
#include "jinja/printing.hpp"
#include "jinja/unicode.hpp"
#include "jinja/views.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

Value default_filter(Interpreter&, const Value& input, Arguments& arguments) {
  auto [otherwise, boolean] = bind("do_default", {"default_value", "boolean"}, 0, arguments);
  bool use = input.is(Type::undefined) || (boolean.is_given() && truth(boolean) && !truth(input));
  return use ? given(otherwise, Value("")) : input;
}

Value length_filter(Interpreter&, const Value& input, Arguments& arguments) {
  expect_positional("len", arguments, 0, 0);
  return Value(static_cast<std::int64_t>(length_of(input)));
}

Value first(Interpreter& in, const Value& input, Arguments& arguments) {
  expect_positional("do_first", arguments, 0, 0);
  Cursor cursor(input);
  Value item;
  return cursor.next(item) ? item : in.undefined("No first item, sequence was empty.");
}

Value last(Interpreter& in, const Value& input, Arguments& arguments) {
  expect_positional("do_last", arguments, 0, 0);
  if (input.is(Type::undefined)) {
    if (input.undefined().strict) input.undefined().fail();
    return in.undefined("No last item, sequence was empty.");
  }
  if (input.is_text()) {
    auto end = slice(input, Value(-1), Value(), Value());
    return end.str().size ? Value(end.text()) : in.undefined("No last item, sequence was empty.");
  }
  auto backwards = reversed(input);
  if (!backwards) raise(ErrorKind::type, "'" + std::string(type_name(input)) + "' object is not reversible");
  Cursor cursor(*backwards);
  Value item;
  return cursor.next(item) ? item : in.undefined("No last item, sequence was empty.");
}

Value list_filter(Interpreter&, const Value& input, Arguments& arguments) {
  expect_positional("do_list", arguments, 0, 0);
  return make_list(to_values(input));
}

Value items_filter(Interpreter&, const Value& input, Arguments& arguments) {
  expect_positional("do_items", arguments, 0, 0);
  if (input.is(Type::undefined)) return make_thing<CursorIterator>(make_list(), "generator");
  if (!input.is(Type::dict)) raise(ErrorKind::type, "Can only get item pairs from a mapping.");
  return make_thing<CursorIterator>(make_thing<DictView>(input, DictView::What::items), "generator");
}

Value join(Interpreter& in, const Value& input, Arguments& arguments) {
  auto [d, attribute] = bind("do_join", {"d", "attribute"}, 0, arguments);
  auto separator = given(d, Value(""));
  std::optional<Getter> getter;
  if (attribute.is_given() && !attribute.is(Type::none)) getter.emplace(in, attribute);
  Values items;
  bool markup = in.autoescape() && separator.is(Type::markup);
  Cursor cursor(input);
  for (Value item; cursor.next(item);) {
    if (getter) item = (*getter)(item);
    markup = markup || (in.autoescape() && item.is(Type::markup));
    items.push_back(std::move(item));
  }
  auto between = str(separator);
  if (markup) between = str(escape(separator));
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i) out += between;
    append_output(out, items[i], markup);
    check_growth(out.size());
  }
  return markup ? Value::markup(out) : Value(out);
}

Value reverse(Interpreter&, const Value& input, Arguments& arguments) {
  expect_positional("do_reverse", arguments, 0, 0);
  if (input.is_text()) return slice(input, Value(), Value(), Value(-1));
  if (auto backwards = reversed(input)) return *backwards;
  if (!iterable(input)) raise(ErrorKind::filter_argument, "argument must be iterable");
  auto items = to_values(input);
  std::ranges::reverse(items);
  return make_list(std::move(items));
}

Value sum(Interpreter& in, const Value& input, Arguments& arguments) {
  auto [attribute, start] = bind("do_sum", {"attribute", "start"}, 0, arguments);
  Value total = given(start, Value(0));
  if (total.is_text()) raise(ErrorKind::type, "sum() can't sum strings [use ''.join(seq) instead]");
  std::optional<Getter> getter;
  if (attribute.is_given() && !attribute.is(Type::none)) getter.emplace(in, attribute);
  Cursor cursor(input);
  for (Value item; cursor.next(item);)
    total = arithmetic(Arithmetic::add, total, getter ? (*getter)(item) : item);
  return total;
}

class Batches : public Iterator {
 public:
  Batches(const Value& input, Value size, Value fill)
      : cursor_(input), size_(std::move(size)), fill_(std::move(fill)) {}
  bool next(Value& out) override {
    if (done_) return false;
    Values batch = std::exchange(begun_, {});
    for (Value item; cursor_.next(item);) {
      if (full(batch.size())) {
        begun_.push_back(std::move(item));
        out = make_list(std::move(batch));
        return true;
      }
      batch.push_back(std::move(item));
    }
    done_ = true;
    if (batch.empty()) return false;
    pad(batch);
    out = make_list(std::move(batch));
    return true;
  }

 private:
  bool full(std::size_t count) const { return equals(Value(static_cast<std::int64_t>(count)), size_); }
  void pad(Values& batch) const {
    if (fill_.is(Type::none) || batch.empty() || !less(Value(static_cast<std::int64_t>(batch.size())), size_))
      return;
    auto missing = to_amount(size_) - static_cast<std::int64_t>(batch.size());
    check_size(sizeof(Value), static_cast<std::size_t>(missing));
    batch.resize(batch.size() + static_cast<std::size_t>(missing), fill_);
  }

  Cursor cursor_;
  Value size_, fill_;
  Values begun_;  // the first item of the next batch
  bool done_ = false;
};

Value batch(Interpreter&, const Value& input, Arguments& arguments) {
  auto [count, fill] = bind("do_batch", {"linecount", "fill_with"}, 1, arguments);
  return make_thing<Batches>(input, count, given(fill, Value()));
}

class Slices : public Iterator {
 public:
  Slices(Values items, std::int64_t count, Value fill)
      : items_(std::move(items)), count_(count), fill_(std::move(fill)) {}
  bool next(Value& out) override {
    if (index_ >= count_) return false;
    charge_steps();
    auto size = static_cast<std::int64_t>(items_.size());
    auto each = size / count_, longer = size % count_;
    auto start = index_ * each + std::min(index_, longer);
    auto stop = start + each + (index_ < longer ? 1 : 0);
    Values part(items_.begin() + start, items_.begin() + stop);
    if (!fill_.is(Type::none) && index_ >= longer) part.push_back(fill_);
    ++index_;
    out = make_list(std::move(part));
    return true;
  }

 private:
  Values items_;
  std::int64_t count_, index_ = 0;
  Value fill_;
};

// The checks of a generator run when its first item is asked for; here they run at once.
Value slice_filter(Interpreter&, const Value& input, Arguments& arguments) {
  auto [slices, fill] = bind("do_slice", {"slices", "fill_with"}, 1, arguments);
  auto items = to_values(input);
  auto count = to_amount(slices);
  if (count == 0) raise(ErrorKind::zero_division, "integer division or modulo by zero");
  return make_thing<Slices>(std::move(items), count, given(fill, Value()));
}

Value attr(Interpreter& in, const Value& input, Arguments& arguments) {
  auto [name] = bind("do_attr", {"name"}, 1, arguments);
  if (!name.is_text())
    raise(ErrorKind::type, "attribute name must be string, not '" + std::string(type_name(name)) + "'");
  // Attributes only: an item of a dict is not one.
  auto value = in.get_attribute(input, name);
  if (input.is(Type::dict) && !value.is(Type::thing) && !value.is(Type::undefined))
    return in.undefined(input, name);
  if (input.is(Type::dict) && input.dict().find(name.str()) &&
      identical(value, *input.dict().find(name.str())))
    return in.undefined(input, name);
  return value;
}

Value random_filter(Interpreter& in, const Value& input, Arguments& arguments) {
  expect_positional("do_random", arguments, 0, 0);
  auto size = length_of(input);
  if (size == 0) return in.undefined("No random item, sequence was empty.");
  return in.get_item(input, Value(static_cast<std::int64_t>(in.random() % size)));
}

}  // namespace

void add_sequence_filters(Filters& filters) {
  filters["default"] = filters["d"] = {default_filter};
  filters["length"] = filters["count"] = {length_filter};
  filters["first"] = {first};
  filters["last"] = {last};
  filters["list"] = {list_filter};
  filters["items"] = {items_filter};
  filters["join"] = {join};
  filters["reverse"] = {reverse};
  filters["sum"] = {sum};
  filters["batch"] = {batch};
  filters["slice"] = {slice_filter};
  filters["attr"] = {attr};
  filters["random"] = {random_filter};
}

}  // namespace rb::jinja
