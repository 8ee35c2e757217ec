#include "db/bind.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.hpp"

namespace rb::db {
namespace {

void check(const Query& query, const Param& param) {
  const auto* text = std::get_if<std::string>(&param.value);
  if (text != nullptr && !is_storable(*text)) {
    throw Broken(
        fmt::format("{}: the text of :{} is not UTF-8 or holds a zero byte", query.name, param.name));
  }
}

}  // namespace

std::vector<Value> in_order(const Query& query, Params params) {
  std::vector<Value> values;
  values.reserve(query.parameters.size());
  for (auto name : query.parameters) {
    auto found = std::ranges::find(params, name, &Param::name);
    if (found == params.end()) throw std::logic_error(fmt::format("{}: :{} is missing", query.name, name));
    check(query, *found);
    values.push_back(std::move(found->value));
    params.erase(found);
  }
  if (!params.empty()) {
    throw std::logic_error(fmt::format("{}: :{} is unknown or given twice", query.name, params[0].name));
  }
  return values;
}

}  // namespace rb::db
