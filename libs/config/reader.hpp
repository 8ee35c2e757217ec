#pragma once
// Typed values of a room's option table. Every bad value becomes one line in problems(), all of them in one
// run. Asking for a name that no table has is std::logic_error. One thread.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/option.hpp"
#include "config/source.hpp"

namespace rb::config {

class Reader {
 public:
  // `production` refuses placeholders; otherwise they count as unset.
  Reader(const Source& source, const std::vector<Group>& groups, bool production);

  bool is_set(std::string_view name) const;     // also false for a placeholder that counts as unset
  std::string text(std::string_view name);      // "": unset and without a default; of a choice in lower case
  std::int64_t integer(std::string_view name);  // 0: unset and without a default
  double number(std::string_view name);
  bool boolean(std::string_view name);
  std::uint16_t port(std::string_view name);
  std::chrono::seconds seconds(std::string_view name);
  std::vector<std::string> list(std::string_view name);

  void check_all();  // every option of the tables, also those that nobody asks for
  bool production() const { return production_; }

  // Adds the line "NAME: reason".
  void problem(std::string_view name, std::string_view reason);
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  const Option& option(std::string_view name) const;
  std::optional<Source::Found> found(const Option& option) const;
  std::string value(std::string_view name);  // checked; the default when it is unset or wrong

  const Source& source_;
  const std::vector<Group>& groups_;
  bool production_;
  std::vector<std::string> problems_;
};

}  // namespace rb::config
