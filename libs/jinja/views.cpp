#include "jinja/views.hpp"

#include <algorithm>
#include <limits>

#include "jinja/compare.hpp"
#include "jinja/operators.hpp"
#include "jinja/printing.hpp"

namespace rb::jinja {
namespace {

using Type = Value::Type;

class ViewIterator : public Iterator {
 public:
  ViewIterator(Value dict, DictView::What what)
      : dict_(std::move(dict)), what_(what), size_(dict_.dict().entries.size()) {}
  std::string_view type_name() const override { return "dict_iterator"; }
  bool next(Value& out) override {
    const auto& entries = dict_.dict().entries;
    if (entries.size() != size_) raise(ErrorKind::runtime, "dictionary changed size during iteration");
    if (at_ >= size_) return false;
    out = view_element(entries[at_++], what_);
    return true;
  }

 private:
  Value dict_;
  DictView::What what_;
  std::size_t at_ = 0, size_;
};

class RangeIterator : public Iterator {
 public:
  RangeIterator(Value range, std::size_t size) : range_(std::move(range)), size_(size) {}
  std::string_view type_name() const override { return "range_iterator"; }
  bool next(Value& out) override {
    if (at_ >= size_) return false;
    out = Value(static_cast<Range&>(range_.thing()).at(at_++));
    return true;
  }

 private:
  Value range_;
  std::size_t at_ = 0, size_;
};

// Walks backwards over something with a length; get(i, out) says whether there still is an element.
template <class Get>
class Backwards : public Iterator {
 public:
  Backwards(std::string_view name, std::size_t size, Get get)
      : name_(name), left_(size), get_(std::move(get)) {}
  std::string_view type_name() const override { return name_; }
  bool next(Value& out) override {
    if (left_ == 0 || !get_(left_ - 1, out)) return left_ = 0, false;
    --left_;
    return true;
  }

 private:
  std::string_view name_;
  std::size_t left_;
  Get get_;
};

template <class Get>
Value backwards(std::string_view name, std::size_t size, Get get) {
  return make_thing<Backwards<Get>>(name, size, std::move(get));
}

}  // namespace

Value view_element(const Dict::Entry& entry, DictView::What what) {
  if (what == DictView::What::keys) return entry.key;
  if (what == DictView::What::values) return entry.value;
  return make_tuple({entry.key, entry.value});
}

std::string_view DictView::type_name() const {
  return what_ == What::items ? "dict_items" : what_ == What::keys ? "dict_keys" : "dict_values";
}

std::string DictView::show() const {
  Deeper deeper;
  Values items;
  for (const auto& entry : dict_.dict().entries) items.push_back(view_element(entry, what_));
  return std::string(type_name()) + "(" + repr(make_list(std::move(items))) + ")";
}

std::optional<Value> DictView::iterate() { return make_thing<ViewIterator>(dict_, what_); }

std::uint32_t DictView::hash() const {
  if (what_ == What::values) return Thing::hash();
  raise(ErrorKind::type, "unhashable type: '" + std::string(type_name()) + "'");
}

bool DictView::same_as(const Thing& other) const {
  const auto* view = dynamic_cast<const DictView*>(&other);
  if (!view || view->what_ != what_ || what_ == What::values) return this == &other;
  if (what_ == What::items) return equals(dict_, view->dict_);
  if (*length() != *view->length()) return false;
  for (const auto& entry : dict_.dict().entries)
    if (!view->dict_.dict().find(entry.key)) return false;
  return true;
}

Range::Range(std::int64_t start, std::int64_t stop, std::int64_t step)
    : start_(start), stop_(stop), step_(step) {
  auto span = step > 0 ? static_cast<__int128>(stop) - start : static_cast<__int128>(start) - stop;
  auto stride = step > 0 ? static_cast<__int128>(step) : -static_cast<__int128>(step);
  size_ = span <= 0 ? 0 : static_cast<std::size_t>((span + stride - 1) / stride);
}

std::string Range::show() const {
  auto text = "range(" + std::to_string(start_) + ", " + std::to_string(stop_);
  return text + (step_ == 1 ? ")" : ", " + std::to_string(step_) + ")");
}

bool Range::same_as(const Thing& other) const {
  const auto* range = dynamic_cast<const Range*>(&other);
  if (!range || range->size_ != size_) return false;
  return size_ == 0 || (range->start_ == start_ && (size_ == 1 || range->step_ == step_));
}

bool Range::has(const Value& needle) {
  if (needle.is(Type::integer) || needle.is(Type::boolean)) {
    auto offset = static_cast<__int128>(needle.integer()) - start_;
    return offset % step_ == 0 && offset / step_ >= 0 && static_cast<std::size_t>(offset / step_) < size_;
  }
  return needle.is(Type::real) && contains_by_iteration(*this, needle);
}

std::optional<Value> Range::attribute(Interpreter&, std::string_view name) {
  if (name == "start") return Value(start_);
  if (name == "stop") return Value(stop_);
  if (name == "step") return Value(step_);
  return std::nullopt;
}

std::optional<Value> Range::item(Interpreter&, const Value& index) {
  if (!index.is(Type::integer) && !index.is(Type::boolean)) return std::nullopt;
  auto i = index.integer() < 0 ? index.integer() + static_cast<std::int64_t>(size_) : index.integer();
  if (i < 0 || i >= static_cast<std::int64_t>(size_)) return std::nullopt;
  return Value(at(static_cast<std::size_t>(i)));
}

std::optional<Value> Range::cut(const Value& start, const Value& stop, const Value& step) {
  auto cut = slice_bounds(static_cast<std::int64_t>(size_), start, stop, step);
  using Limits = std::numeric_limits<std::int64_t>;
  auto within = [](__int128 n) {  // what lies beyond is no element
    return static_cast<std::int64_t>(std::clamp<__int128>(n, Limits::min(), Limits::max()));
  };
  auto point = [&](std::int64_t i) { return within(start_ + static_cast<__int128>(i) * step_); };
  return make_thing<Range>(point(cut.start), point(cut.stop),
                           within(static_cast<__int128>(step_) * cut.step));
}

std::optional<Value> Range::iterate() { return make_thing<RangeIterator>(self(), size_); }

void merge_into(Dict& target, const Value& source) {
  if (source.is(Type::dict)) {
    charge_steps(source.dict().entries.size());
    for (const auto& entry : source.dict().entries) target.set(entry.key, entry.value);
    return;
  }
  if (source.is(Type::undefined)) source.undefined().fail();
  std::size_t index = 0;
  Cursor cursor(source);
  for (Value item; cursor.next(item); ++index) {
    auto where = "#" + std::to_string(index);
    if (!iterable(item))
      raise(ErrorKind::type, "cannot convert dictionary update sequence element " + where + " to a sequence");
    auto pair = to_values(item);
    if (pair.size() != 2)
      raise(ErrorKind::value, "dictionary update sequence element " + where + " has length " +
                                  std::to_string(pair.size()) + "; 2 is required");
    target.set(pair[0], std::move(pair[1]));
  }
}

std::optional<Value> reversed(const Value& v) {
  if (v.is(Type::list) || v.is(Type::tuple))
    return backwards("list_reverseiterator", v.items().items.size(), [v](std::size_t i, Value& out) {
      const auto& items = v.items().items;
      if (i < items.size()) out = items[i];
      return i < items.size();
    });
  if (v.is(Type::dict))
    return backwards("dict_reversekeyiterator", v.dict().entries.size(),
                     [v, size = v.dict().entries.size()](std::size_t i, Value& out) {
                       const auto& entries = v.dict().entries;
                       if (entries.size() != size)
                         raise(ErrorKind::runtime, "dictionary changed size during iteration");
                       out = entries[i].key;
                       return true;
                     });
  if (as<Range>(v))
    return backwards("range_iterator", length_of(v), [v](std::size_t i, Value& out) {
      out = Value(static_cast<Range&>(v.thing()).at(i));
      return true;
    });
  bool view = as<DictView>(v) != nullptr;
  if (!v.is_text() && !view && !(v.is(Type::thing) && v.thing().sequence())) return std::nullopt;
  return backwards(view ? "dict_reverseitemiterator" : "reversed", length_of(v),
                   [items = to_values(v)](std::size_t i, Value& out) {
                     out = items[i];
                     return true;
                   });
}

}  // namespace rb::jinja
