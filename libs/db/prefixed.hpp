#pragma once
// A statement on tables that several services have, each under its own prefix: <prefix>_outbox. Pure.
#include <string>

#include "base/strings.hpp"
#include "db/database.hpp"

namespace rb::db {

class PrefixedQuery {
 public:
  // `model` names its tables `model_prefix`_something.
  PrefixedQuery(const Query& model, std::string_view model_prefix, const std::string& prefix)
      : name_(prefix + "_" + std::string(model.name)),
        sqlite_(named(model.sqlite, model_prefix, prefix)),
        postgres_(named(model.postgres, model_prefix, prefix)),
        parameters_(model.parameters) {}

  Query query() const { return {name_, sqlite_, postgres_, parameters_}; }

  static std::string named(std::string_view sql, std::string_view model_prefix, const std::string& prefix) {
    return replace_all(std::string(sql), std::string(model_prefix) + "_", prefix + "_");
  }

 private:
  std::string name_, sqlite_, postgres_;
  std::span<const std::string_view> parameters_;
};

}  // namespace rb::db
