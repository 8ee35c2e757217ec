#include "testkit/examples.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "http/openapi.hpp"
#include "testkit/kept_json.hpp"

namespace rb::testkit {
namespace {

constexpr std::size_t kLongest = 160;

std::string_view beginning(std::string_view text) {
  auto end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

bool is_text(std::string_view type) { return type.starts_with("text/") || type.contains("json"); }

// The OpenAPI document shows an example in each media type that is a text.
bool all_shown(const json::object& content) {
  return std::ranges::all_of(content, [](const auto& type) {
    return !is_text(type.key()) || type.value().as_object().contains("example");
  });
}

bool one_shown(const json::object& content) {
  return std::ranges::any_of(content,
                             [](const auto& type) { return type.value().as_object().contains("example"); });
}

// What is still alike stays as it is kept: only what has changed is written.
json::value renewed(const json::value& before, const json::object& real) {
  json::object out;
  for (const auto& [key, answer] : real) {
    const auto* kept = before.is_object() ? before.get_object().if_contains(key) : nullptr;
    out[key] = kept != nullptr && alike(*kept, answer) ? *kept : answer;
  }
  return out;
}

}  // namespace

json::value shortened(const json::value& answer) {
  if (answer.is_string() && answer.get_string().size() > kLongest)
    return json::value(std::string(beginning(answer.get_string())) + "…");
  if (const auto* list = answer.if_array())
    return list->empty() ? json::array() : json::array{shortened(list->front())};
  const auto* object = answer.if_object();
  if (object == nullptr) return answer;
  json::object out;
  for (const auto& [name, value] : *object) out[name] = shortened(value);
  return out;
}

bool alike(const json::value& one, const json::value& other) {
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

void expect_kept_examples(const std::string& path, const json::object& real) {
  auto kept = kept_json(path, [&](const json::value& before) { return renewed(before, real); });
  ASSERT_TRUE(kept) << kept.error().message;
  for (const auto& [key, answer] : real) {
    const auto* example = kept->as_object().if_contains(key);
    ASSERT_NE(example, nullptr) << key << " has no example: run with RB_UPDATE_GOLDEN=1";
    EXPECT_TRUE(alike(*example, answer)) << key << "\n"
                                         << json::to_text(*example) << "\n"
                                         << json::to_text(answer);
  }
}

void expect_examples_everywhere(const http::Api& api) {
  auto document = http::openapi(api);
  for (const auto& [path, operations] : document.at("paths").as_object())
    for (const auto& [method, operation] : operations.as_object()) {
      const auto* body = operation.as_object().if_contains("requestBody");
      EXPECT_TRUE(body == nullptr || one_shown(body->at("content").as_object()))
          << method << " " << path << " body";
      for (const auto& [status, answer] : operation.at("responses").as_object()) {
        const auto* content = answer.as_object().if_contains("content");
        EXPECT_TRUE(!status.starts_with('2') || content == nullptr || all_shown(content->as_object()))
            << method << " " << path << " " << status;
      }
    }
}

}  // namespace rb::testkit
