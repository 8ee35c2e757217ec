// jinja_conformance: one JSON case per line in, one JSON answer per line out.
#include <iostream>

#include "jinja/json_write.hpp"
#include "jinja/requests.hpp"

namespace {

using rb::jinja::Value;

Value answer(const Value& json) {
  Value::Pairs out = {{"id", rb::jinja::text_of(json, "id")}};
  if (auto output = rb::jinja::Request(json).render()) {
    out.emplace_back("output", *output);
  } else {
    const auto& error = output.error();
    out.emplace_back("error", rb::jinja::class_name(error.kind));
    out.emplace_back("line", error.line);
    out.emplace_back("template", error.template_name);
    out.emplace_back("message", error.message);
  }
  return Value::dict(out);
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    if (line.empty()) continue;
    auto json = Value::parse_json(line);
    if (json)
      std::cout << rb::jinja::html_json(answer(*json), Value()) << std::endl;
    else
      std::cout << R"({"error": "broken request"})" << std::endl;
  }
}
