#pragma once
// For tests: the answers that the document of an API shows are such as the service gives.
#include <string>

#include "http/api.hpp"

namespace rb::testkit {

// What stands in the document of an answer: long texts (pictures, pages) cut off, and of lists the first.
json::value shortened(const json::value& answer);

// Names of fields and kinds of values; null may stand for any, and an empty list for any list.
bool alike(const json::value& one, const json::value& other);

// Whether the examples kept at `path`, by «METHOD /path», are like the real answers. RB_UPDATE_GOLDEN=1 in
// the environment writes them anew.
void expect_kept_examples(const std::string& path, const json::object& real);

// Whether the document shows an example of each body and of each good answer that is a text.
void expect_examples_everywhere(const http::Api& api);

}  // namespace rb::testkit
