#pragma once
// What `repitbot template` does: templates of the message language, checked and rendered from files. They may
// use the functions of messages; what they include is looked for beside the file, then among the built-in
// templates. Thread-safe.
#include <string>

namespace rb::app {

struct ToolOutput {
  int code = 0;  // 1: the template has an error; 2: a file cannot be read
  std::string out, err;
};

// Compiles the template and lists the variables it expects.
ToolOutput check_template(const std::string& file);

// Renders it with the object in the JSON file `context`.
ToolOutput render_template(const std::string& file, const std::string& context);

}  // namespace rb::app
