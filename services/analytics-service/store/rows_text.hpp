#pragma once
// Writes the JSON text of a statement's rows(:items: …): [{"id":"7","at":1},…]. Pure.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "time/clock.hpp"

namespace rb::analytics {

class RowsText {
 public:
  RowsText& row();  // the next one
  RowsText& text(std::string_view name, std::string_view value);
  RowsText& number(std::string_view name, std::int64_t value);
  RowsText& number(std::string_view name, std::optional<std::int64_t> value);  // none: null, by its absence
  RowsText& time(std::string_view name, Time value) { return number(name, to_micros(value)); }
  RowsText& time(std::string_view name, std::optional<Time> value);
  RowsText& flag(std::string_view name, bool value);

  bool empty() const { return out_.empty(); }
  std::string take();  // and begin anew

 private:
  void member(std::string_view name);
  std::string out_;
  bool first_ = true;
};

}  // namespace rb::analytics
