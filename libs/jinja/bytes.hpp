#pragma once
// What "text".encode() gives: Python's bytes, as far as templates look at them.
#include "jinja/objects.hpp"

namespace rb::jinja {

class Bytes : public Thing {
 public:
  explicit Bytes(std::string bytes) : bytes_(std::move(bytes)) {}
  std::string_view type_name() const override { return "bytes"; }
  std::string show() const override;
  bool is_true() const override { return !bytes_.empty(); }
  std::optional<std::size_t> length() const override { return bytes_.size(); }
  bool sequence() const override { return true; }
  bool has(const Value& needle) override;
  bool same_as(const Thing& other) const override;
  std::uint32_t hash() const override;
  std::optional<Value> attribute(Interpreter& in, std::string_view name) override;
  std::optional<Value> item(Interpreter& in, const Value& index) override;
  std::optional<Value> cut(const Value& start, const Value& stop, const Value& step) override;
  std::optional<Value> iterate() override;

 private:
  std::string bytes_;
};

// In UTF-8 or ASCII; ValueError for another encoding, or for letters that ASCII does not have.
Value encode(const Value& text, const Value& encoding);

}  // namespace rb::jinja
