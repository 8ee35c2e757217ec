#include "domain/lists/lists.hpp"

#include "domain/lists/encoding.hpp"

namespace rb::notification::lists {
namespace {

void read_one(const Given& given, Time now, Lists& out, Problems& problems) {
  auto name = std::string(given.kind ? to_string(*given.kind) : "csv");
  auto text = to_utf8(given.bytes);
  if (!text) {
    problems.push_back({name, 0, "", text.error().message});
    return;
  }
  auto before = problems.size();
  auto sheet = read_sheet(*text, given.kind, problems);
  if (problems.size() != before) return;  // without all columns every row would be wrong again
  bool twice = sheet.kind == Kind::people ? out.people.has_value() : out.lessons.has_value();
  if (twice) {
    problems.push_back(
        {std::string(to_string(sheet.kind)), 0, "", "этот список дан дважды · this list is given twice"});
  } else if (sheet.kind == Kind::people) {
    out.people = read_people(sheet, now, problems);
    out.ignored_people = std::move(sheet.ignored);
  } else {
    out.lessons = read_lessons(sheet, problems);
    out.ignored_lessons = std::move(sheet.ignored);
  }
}

}  // namespace

Lists read_lists(const std::vector<Given>& given, Time now, Problems& problems) {
  Lists out;
  for (const auto& one : given) read_one(one, now, out, problems);
  return out;
}

}  // namespace rb::notification::lists
