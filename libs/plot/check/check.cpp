#include "plot/check/check.hpp"

#include <algorithm>
#include <map>
#include <regex>

#include "base/error.hpp"
#include "plot/check/shows.hpp"
#include "plot/color.hpp"
#include "plot/context.hpp"
#include "plot/node.hpp"

namespace rb::plot {
namespace schema_file {  // embedded by the build
std::optional<std::string_view> file(std::string_view path);
}

namespace {

namespace bj = boost::json;

const bj::object& schema() {
  static const bj::object kSchema = bj::parse(schema_file::file("schema.json").value()).as_object();
  return kSchema;
}

// A number stands for a part that several places share.
const bj::object& part(const bj::value& at) {
  return at.is_object() ? at.get_object()
                        : schema().at("parts").as_array().at(at.to_number<std::size_t>()).as_object();
}

bool has(const bj::object& rule, std::string_view flag) { return rule.contains(flag); }

// Making one costs far more than asking it; the schema has a few dozen.
bool matches(const bj::string& text, std::string_view pattern) {
  thread_local std::map<std::string, std::regex, std::less<>> known;
  auto found = known.find(pattern);
  if (found == known.end())
    found = known.emplace(std::string(pattern), std::regex(std::string(pattern))).first;
  return std::regex_search(text.c_str(), found->second);
}

bool fits_enumerated(const bj::value& value, const bj::object& rule) {
  for (const auto& one : rule.at("values").as_array()) {
    const auto* pattern = one.if_string();
    if (pattern && pattern->size() > 1 && pattern->starts_with('/') && pattern->ends_with('/')) {
      const auto* text = value.if_string();
      if (text && matches(*text, pattern->subview(1, pattern->size() - 2))) return true;
    } else if (one == value ||
               (has(rule, "coerceNumber") && to_number(value) && to_number(value) == to_number(one))) {
      return true;
    }
  }
  return false;
}

bool is_extra(const bj::value& value, const bj::object& rule) {
  const auto* extras = rule.if_contains("extras");
  return extras && std::ranges::find(extras->as_array(), value) != extras->as_array().end();
}

bool fits_number(const bj::value& value, const bj::object& rule, bool whole) {
  if (is_extra(value, rule)) return true;
  auto number = value.is_bool() ? std::nullopt : to_number(value);
  if (!number || (whole && *number != static_cast<double>(static_cast<long long>(*number)))) return false;
  const auto* least = rule.if_contains("min");
  const auto* most = rule.if_contains("max");
  return (!least || *number >= least->to_number<double>()) && (!most || *number <= most->to_number<double>());
}

bool fits_flags(const bj::value& value, const bj::object& rule) {
  if (is_extra(value, rule)) return true;
  const auto* text = value.if_string();
  if (!text) return false;
  std::string_view rest = *text;
  while (true) {
    auto end = std::min(rest.find('+'), rest.size());
    const auto& flags = rule.at("flags").as_array();
    if (std::ranges::find(flags, bj::value(rest.substr(0, end))) == flags.end()) return false;
    if (end == rest.size()) return true;
    rest.remove_prefix(end + 1);
  }
}

bool is_color(const bj::value& value) {
  return value.is_string() && parse_color(value.get_string()).has_value();
}

// "x", "x2", …, and never "x1".
bool fits_subplot(const bj::value& value, const bj::object& rule) {
  const auto* name = rule.at("subplot").if_string();
  if (!name) return true;
  if (!value.is_string() || !value.get_string().starts_with(*name)) return false;
  auto number = std::string_view(value.get_string()).substr(name->size());
  return number.empty() || (number != "1" && number.front() != '0' &&
                            number.find_first_not_of("0123456789") == std::string_view::npos);
}

bool fits(const bj::value& value, const bj::object& rule) {
  if (has(rule, "arrayOk") && value.is_array()) return true;
  std::string_view type = rule.at("valType").as_string();
  if (type == "enumerated") return fits_enumerated(value, rule);
  if (type == "boolean") return value.is_bool();
  if (type == "number" || type == "integer") return fits_number(value, rule, type == "integer");
  if (type == "angle") return value == "auto" || to_number(value).has_value();
  if (type == "color") return is_color(value);
  if (type == "colorlist") return value.is_array() && std::ranges::all_of(value.get_array(), &is_color);
  if (type == "flaglist") return fits_flags(value, rule);
  if (type == "subplotid") return fits_subplot(value, rule);
  if (type == "string")
    return value.is_string() ? !(has(rule, "noBlank") && value.get_string().empty())
                             : value.is_number() && !has(rule, "strict");
  return true;
}

class Checker {
 public:
  Checker(std::string container, std::optional<int> trace)
      : container_(std::move(container)), trace_(trace) {}

  void members(const bj::object& given, const bj::object& rules, const std::string& before) {
    for (const auto& [key, value] : given) {
      auto path = before + (before.empty() ? "" : ".") + std::string(key);
      const auto* rule = rule_of(rules, key);
      if (!rule) {
        note("schema", path);
      } else if (!value.is_null()) {
        one(value, part(*rule), path);
      }
    }
  }

  std::vector<Finding> found;

 private:
  void note(std::string code, std::string path) {
    found.push_back({std::move(code), container_, trace_, std::move(path)});
  }

  // "xaxis2" is as "xaxis".
  static const bj::value* rule_of(const bj::object& rules, std::string_view key) {
    if (key.starts_with('_') || key == "items" || key == "valType") return nullptr;
    if (const auto* own = rules.if_contains(key)) return own;
    auto end = key.find_last_not_of("0123456789") + 1;
    if (end == key.size() || key[end] == '0') return nullptr;
    const auto* rule = rules.if_contains(key.substr(0, end));
    return rule && part(*rule).contains("_isSubplotObj") ? rule : nullptr;
  }

  void one(const bj::value& value, const bj::object& rule, const std::string& path) {
    const auto* type = rule.if_contains("valType");
    if (!type) {
      container(value, rule, path);
    } else if (*type == "data_array") {
      if (!value.is_array() && !(value.is_object() && value.get_object().contains("bdata")))
        note("unused", path);
    } else if (*type == "info_array") {
      list(value, rule, path);
    } else if (*type == "colorscale") {
      if (!Checker::is_scale(value)) note("value", path);
    } else if (!fits(value, rule)) {
      note("value", path);
    }
  }

  void container(const bj::value& value, const bj::object& rule, const std::string& path) {
    const auto* items = rule.if_contains("items");
    if (items && value.is_array()) {
      for (std::size_t i = 0; i < value.get_array().size(); ++i) {
        auto at = path + "[" + std::to_string(i) + "]";
        const auto* item = value.get_array()[i].if_object();
        item ? members(*item, part(*items), at) : note("object", at);
      }
    } else if (items) {
      note("array", path);
    } else if (const auto* object = value.if_object()) {
      members(*object, rule, path);
    } else {
      note("object", path);
    }
  }

  void list(const bj::value& value, const bj::object& rule, const std::string& path) {
    const auto* given = value.if_array();
    if (!given) return note("value", path);
    const auto& items = rule.at("items");
    if (has(rule, "dimensions")) return table(*given, part(items), path);
    const auto* own = items.if_array();
    if (own && given->size() > own->size()) note("unused", path + "[" + std::to_string(own->size()) + "]");
    auto used = own ? std::min(given->size(), own->size()) : given->size();
    for (std::size_t i = 0; i < used; ++i)
      item((*given)[i], part(own ? (*own)[i] : items), path + "[" + std::to_string(i) + "]");
  }

  void table(const bj::array& rows, const bj::object& rule, const std::string& path) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto at = path + "[" + std::to_string(i) + "]";
      const auto* row = rows[i].if_array();
      if (!row) {
        note("array", at);
        continue;
      }
      for (std::size_t j = 0; j < row->size(); ++j) item((*row)[j], rule, at + "[" + std::to_string(j) + "]");
    }
  }

  void item(const bj::value& value, const bj::object& rule, const std::string& path) {
    if (!value.is_null() && !fits(value, rule)) note("value", path);
  }

  // From 0 to 1, never back.
  static bool is_scale(const bj::value& value) {
    if (value.is_string()) return is_named_scale(value.get_string());
    const auto* stops = value.if_array();
    if (!stops || stops->size() < 2) return false;
    double before = 0;
    for (const auto& stop : *stops) {
      const auto* pair = stop.if_array();
      if (!pair || pair->size() != 2 || !is_color((*pair)[1])) return false;
      auto at = to_number((*pair)[0]);
      if (!at || *at < before || (&stop == &stops->front() && *at != 0)) return false;
      before = *at;
    }
    return before == 1;
  }

  static bool is_named_scale(std::string_view name) {
    static constexpr std::array<std::string_view, 18> kNames = {
        "Greys",   "YlGnBu",   "Greens", "YlOrRd", "Bluered",   "RdBu",  "Reds",     "Blues",   "Picnic",
        "Rainbow", "Portland", "Jet",    "Hot",    "Blackbody", "Earth", "Electric", "Viridis", "Cividis"};
    return std::ranges::find(kNames, name) != kNames.end();
  }

  std::string container_;
  std::optional<int> trace_;
};

// As plotly does, what has no kind or one that it does not know is read as a scatter.
std::string_view type_of(const bj::object& trace) {
  const auto* given = trace.if_contains("type");
  if (!given || !given->is_string()) return "scatter";
  const auto& others = schema().at("others").as_array();
  bool known = schema().at("traces").as_object().contains(given->get_string()) ||
               std::ranges::find(others, *given) != others.end();
  return known ? std::string_view(given->get_string()) : "scatter";
}

const bj::object& rules_of(std::string_view type) {
  const auto& traces = schema().at("traces").as_object();
  return part(traces.contains(type) ? traces.at(type) : traces.at("scatter"));
}

}  // namespace

std::string path_of(const Finding& finding) {
  auto start = finding.trace ? "data[" + std::to_string(*finding.trace) + "]" : finding.container;
  return finding.path.empty() ? start : start + "." + finding.path;
}

std::string reason_of(const Finding& finding) {
  if (finding.code == "value") return "is no value that plotly takes here";
  if (finding.code == "object") return "must be an object";
  if (finding.code == "array") return "must be an array";
  if (finding.code == "schema") return "is no attribute of plotly: it is passed over";
  if (finding.code == "invisible") return "has nothing to show";
  return "is not used";
}

std::vector<Finding> check(const bj::object& figure) {
  std::vector<Finding> out;
  const auto* data = figure.if_contains("data");
  if (data && !data->is_array()) out.push_back({"array", "data", std::nullopt, ""});
  int number = 0;
  if (data && data->is_array())
    for (const auto& trace : data->get_array()) {
      Checker checker("data", number++);
      const auto* given = trace.if_object();
      if (!given) {
        out.push_back({"object", "data", number - 1, ""});
        continue;
      }
      auto type = type_of(*given);
      checker.members(*given, rules_of(type), "");
      if (!shows(*given, type)) checker.found.push_back({"invisible", "data", number - 1, ""});
      std::ranges::move(checker.found, std::back_inserter(out));
    }
  const auto* layout = figure.if_contains("layout");
  if (!layout || layout->is_null()) return out;
  Checker checker("layout", std::nullopt);
  if (!layout->is_object()) return out.push_back({"object", "layout", std::nullopt, ""}), out;
  checker.members(layout->get_object(), part(schema().at("layout")), "");
  std::ranges::move(checker.found, std::back_inserter(out));
  return out;
}

}  // namespace rb::plot
