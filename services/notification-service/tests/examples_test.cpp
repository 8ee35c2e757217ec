// The answers that the document of the API shows are such as the service gives.
#include <fstream>
#include <sstream>

#include "http/openapi.hpp"
#include "tests/calls.hpp"

namespace rb::notification {
namespace {

constexpr std::size_t kLongest = 160;
constexpr auto kKept = "services/notification-service/api/examples.json";

class Examples : public EveryEndpoint {
 protected:
  // Long texts (pictures, pages) cut off, and of lists the first.
  static json::value shortened(const json::value& from) {
    if (from.is_string() && from.get_string().size() > kLongest)
      return json::value(std::string(utf8_prefix(from.get_string())) + "…");
    if (const auto* list = from.if_array())
      return list->empty() ? json::array() : json::array{shortened(list->front())};
    const auto* object = from.if_object();
    if (object == nullptr) return from;
    json::object out;
    for (const auto& [name, value] : *object) out[name] = shortened(value);
    return out;
  }
  static std::string_view utf8_prefix(std::string_view text) {
    auto end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end);
  }
  // Names of fields and kinds of values; null may stand for any, and an empty list for any list.
  static bool alike(const json::value& one, const json::value& other) {
    if (one.is_null() || other.is_null()) return true;
    if (one.is_number() && other.is_number()) return true;
    if (one.kind() != other.kind()) return false;
    if (const auto* list = one.if_array())
      return list->empty() || other.get_array().empty() || alike(list->front(), other.get_array().front());
    const auto* object = one.if_object();
    if (object == nullptr) return true;
    if (object->size() != other.get_object().size()) return false;
    return std::ranges::all_of(*object, [&](const auto& member) {
      const auto* there = other.get_object().if_contains(member.key());
      return there != nullptr && alike(member.value(), *there);
    });
  }
  // By «METHOD /path», of the first caller who gets one.
  json::object given() {
    json::object out;
    auto all = calls();
    for (const auto& endpoint : api().endpoints())
      if (endpoint->tag_name == "service" || endpoint->path == "/outbox/letters")
        all.push_back({endpoint->method, endpoint->path, nullptr, {}});
    for (const auto& call : all) {
      const auto* endpoint = api().find(call.method, call.path());
      auto key = std::string(http::name(call.method)) + " " + endpoint->path;
      if (out.contains(key) || endpoint->path == "/openapi.json") continue;
      for (const auto& who : call.allowed.empty() ? std::vector<std::string>{""} : call.allowed) {
        auto answer = ask(call.method, call.target, call.body, who);
        if (answer.status >= 300 || (answer.body.is_null() && answer.text.empty())) continue;
        out[key] = shortened(answer.body.is_null() ? json::value(answer.text) : answer.body);
        break;
      }
    }
    return out;
  }
};

// RB_UPDATE_GOLDEN=1 in the environment writes them anew.
TEST_F(Examples, in_the_document_are_like_real_answers) {
  auto real = given();
  if (std::getenv("RB_UPDATE_GOLDEN") != nullptr) std::ofstream(kKept) << json::to_text(real) << "\n";
  std::ifstream file(kKept);
  std::stringstream text;
  text << file.rdbuf();
  auto kept = json::parse(text.str());
  ASSERT_TRUE(kept) << kept.error().message;
  for (const auto& [key, answer] : real) {
    const auto* example = kept->as_object().if_contains(key);
    ASSERT_NE(example, nullptr) << key << " has no example: run with RB_UPDATE_GOLDEN=1";
    EXPECT_TRUE(alike(*example, answer)) << key << "\n"
                                         << json::to_text(*example) << "\n"
                                         << json::to_text(answer);
  }
}

// A media type's object of the OpenAPI document shows an example, if it has one at all.
bool shown(const json::value& of) {
  const auto* content = of.as_object().if_contains("content");
  if (content == nullptr) return true;
  return std::ranges::any_of(content->as_object(),
                             [](const auto& type) { return type.value().as_object().contains("example"); });
}

TEST_F(Examples, are_given_for_everything_that_is_sent) {
  auto document = http::openapi(api());
  for (const auto& [path, operations] : document.at("paths").as_object())
    for (const auto& [method, operation] : operations.as_object()) {
      const auto* body = operation.as_object().if_contains("requestBody");
      EXPECT_TRUE(body == nullptr || shown(*body)) << method << " " << path << " has no example of its body";
      for (const auto& [status, answer] : operation.at("responses").as_object())
        EXPECT_TRUE(!status.starts_with('2') || shown(answer)) << method << " " << path << " " << status;
    }
}

}  // namespace
}  // namespace rb::notification
