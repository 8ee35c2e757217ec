#include "testkit/kept_json.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace rb::testkit {
namespace {

// A member or element a line, as `python3 -m json.tool --indent 1 --no-ensure-ascii` has it.
class Lines {
 public:
  explicit Lines(std::ostream& out) : out_(out) {}

  void write(const json::value& value) {
    if (const auto* object = value.if_object(); object != nullptr && !object->empty()) {
      items('{', '}', *object, [this](const auto& member) {
        out_ << json::to_text(json::value(member.key())) << ": ";
        write(member.value());
      });
    } else if (const auto* list = value.if_array(); list != nullptr && !list->empty()) {
      items('[', ']', *list, [this](const json::value& element) { write(element); });
    } else {
      out_ << json::to_text(value);
    }
  }

 private:
  void items(char open, char close, const auto& all, auto write_one) {
    ++depth_;
    for (char before = open; const auto& one : all) {
      out_ << std::exchange(before, ',');
      new_line();
      write_one(one);
    }
    --depth_;
    new_line();
    out_ << close;
  }
  void new_line() { out_ << '\n' << std::string(depth_, ' '); }

  std::ostream& out_;
  std::size_t depth_ = 0;
};

Result<json::value> read(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return json::parse(text.str());
}

}  // namespace

Result<json::value> kept_json(const std::string& path,
                              const std::function<json::value(const json::value& before)>& renew) {
  auto kept = read(path);
  if (std::getenv("RB_UPDATE_GOLDEN") == nullptr) return kept;
  auto now = renew(kept.value_or(json::value()));
  std::ofstream file(path);
  Lines(file).write(now);
  file << '\n';
  return now;
}

}  // namespace rb::testkit
