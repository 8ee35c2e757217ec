#pragma once
// What dict.items(), keys() and values() give, and ranges.
#include "jinja/iterate.hpp"
#include "jinja/objects.hpp"

namespace rb::jinja {

class DictView : public Thing {
 public:
  enum class What : std::uint8_t { items, keys, values };
  DictView(Value dict, What what) : dict_(std::move(dict)), what_(what) {}
  std::string_view type_name() const override;
  std::string show() const override;
  std::optional<std::size_t> length() const override { return dict_.dict().entries.size(); }
  bool is_true() const override { return !dict_.dict().entries.empty(); }
  std::optional<Value> iterate() override;
  bool same_as(const Thing& other) const override;
  std::uint32_t hash() const override;

 private:
  Value dict_;
  What what_;
};

// The element of a view at an entry.
Value view_element(const Dict::Entry& entry, DictView::What what);

class Range : public Thing {
 public:
  Range(std::int64_t start, std::int64_t stop, std::int64_t step);
  std::string_view type_name() const override { return "range"; }
  std::string show() const override;
  std::optional<std::size_t> length() const override { return size_; }
  bool is_true() const override { return size_ != 0; }
  bool sequence() const override { return true; }
  bool same_as(const Thing& other) const override;
  bool has(const Value& needle) override;
  std::optional<Value> attribute(Interpreter& in, std::string_view name) override;
  std::optional<Value> item(Interpreter& in, const Value& index) override;
  std::optional<Value> cut(const Value& start, const Value& stop, const Value& step) override;
  std::optional<Value> iterate() override;
  std::int64_t at(std::size_t index) const { return start_ + static_cast<std::int64_t>(index) * step_; }

 private:
  std::int64_t start_, stop_, step_;
  std::size_t size_;
};

// dict(source): the entries of a dict, or pairs.
void merge_into(Dict& target, const Value& source);

// Elements in the opposite order; nullopt when there is no such order.
std::optional<Value> reversed(const Value& v);

}  // namespace rb::jinja
