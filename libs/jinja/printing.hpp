#pragma once
// Python's str() and repr().
#include <string>
#include <string_view>

#include "jinja/objects.hpp"

namespace rb::jinja {

std::string_view type_name(const Value& v);  // "int", "str", "NoneType"...

// What {{ v }} prints. To show a loop may run a part of the template: the caller holds `v`, not only the
// container it lies in.
void append_str(std::string& out, const Value& v);
void append_repr(std::string& out, const Value& v);
std::string str(const Value& v);
std::string repr(const Value& v);
std::string ascii(const Value& v);  // repr with everything outside ASCII escaped
std::string repr_text(std::string_view text);
std::string repr_real(double d);  // the shortest digits that read back as d

// str(v) as a value: a text stays the same object.
Value to_text(const Value& v);

void append_escaped(std::string& out, std::string_view text);  // & < > " ' as entities
Value escape(const Value& v);                                  // markup, unless v is markup already
// What a template prints under autoescape.
void append_output(std::string& out, const Value& v, bool autoescape);

}  // namespace rb::jinja
