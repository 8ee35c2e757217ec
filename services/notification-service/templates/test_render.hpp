#pragma once
// What the tests of the texts share: each text with its sample context, rendered at a fixed moment.
#include <boost/json/object.hpp>
#include <ostream>
#include <string>
#include <vector>

namespace rb::notification::templates {

namespace bj = boost::json;

struct Text {
  std::string language, type, audience;
  std::string path() const { return language + "/" + type + "." + audience + ".html"; }
  friend std::ostream& operator<<(std::ostream& out, const Text& text) { return out << text.path(); }
};

std::vector<Text> all_texts();  // in the order of files()

bj::object sample(const Text& text);   // all fields
bj::object minimal(const Text& text);  // the required fields alone

// `context` with `value` in place of every text that is not a moment, an amount, or what chooses the form of
// the message.
bj::object with_every_value(bj::object context, const std::string& value);

// The finished message; an error of the template fails the test and gives "".
std::string render(const Text& text, const std::string& layout, bj::object context);

}  // namespace rb::notification::templates
