#pragma once
// Where settings come from: the process environment, else .env. An empty value counts as unset.
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "config/dotenv.hpp"
#include "config/option.hpp"

namespace rb::config {

class Source {
 public:
  // The environment of this process and `directory`/.env, if there is one. Errc::invalid: .env cannot be
  // read.
  static Result<Source> load(const std::filesystem::path& directory);
  explicit Source(Variables process, Variables dotenv = {});

  struct Found {
    std::string name;  // which of the option's names it was
    std::string value;
    bool in_dotenv = false;
  };
  // Its own name before its aliases, the process before .env.
  std::optional<Found> find(const Option& option) const;

 private:
  Variables process_, dotenv_;
};

}  // namespace rb::config
