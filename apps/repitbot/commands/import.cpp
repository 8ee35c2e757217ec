#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <map>

#include "commands/commands.hpp"
#include "domain/lists/encoding.hpp"
#include "domain/lists/sheet.hpp"
#include "files.hpp"
#include "own_service.hpp"

namespace rb::app {
namespace {

namespace lists = notification::lists;

constexpr std::size_t kMostLessonsShown = 40;

struct ImportOptions {
  std::vector<std::string> files;
  std::string timezone, url;
  bool dry_run = false, yes = false;
};

std::int64_t number(const json::object& from, std::string_view name) { return from.at(name).as_int64(); }

std::string_view text(const json::object& from, std::string_view name) { return from.at(name).as_string(); }

// The files as the members of one request; which is which is told by their headers.
Result<json::object> read_files(const ImportOptions& options, std::map<std::string, std::string>& names) {
  json::object out;
  for (const auto& file : options.files) {
    auto bytes = read_file(file);
    if (!bytes) return fail(Errc::not_found, unreadable(file));
    auto content = lists::to_utf8(*bytes);
    if (!content) return fail(Errc::invalid, file + ": " + content.error().message);
    auto kind = lists::kind_of(*content);
    if (!kind)
      return fail(Errc::invalid, fmt::format("{}:{}: {}", file, kind.error().line, kind.error().reason));
    auto member = std::string(lists::to_string(*kind));
    if (out.contains(member))
      return fail(Errc::invalid, fmt::format("{} и {} — один и тот же список · {} and {} are the same list",
                                             names[member], file, names[member], file));
    names[member] = file;
    out[member] = *content;
  }
  if (!options.timezone.empty()) out["timezone"] = options.timezone;
  return out;
}

// "lessons:5:начало" → "lessons.csv:5: «начало»".
std::string place(std::string_view field, const std::map<std::string, std::string>& names) {
  auto list = field.substr(0, field.find(':'));
  auto known = names.find(std::string(list));
  std::string out(known == names.end() ? list : std::string_view(known->second));
  if (list.size() == field.size()) return out;
  auto rest = field.substr(list.size() + 1);
  auto line = rest.substr(0, rest.find(':'));
  out += fmt::format(":{}", line);
  if (line.size() < rest.size()) out += fmt::format(": «{}»", rest.substr(line.size() + 1));
  return out;
}

void print_refusal(const json::object& problem, const std::map<std::string, std::string>& names) {
  if (const auto* errors = problem.if_contains("errors"))
    for (const auto& error : errors->as_array())
      fmt::print(stderr, "{}: {}\n", place(text(error.as_object(), "field"), names),
                 text(error.as_object(), "reason"));
  fmt::print(stderr, "{}\n", text(problem, "detail"));
}

void print_counts(std::string_view title, const json::object& plan) {
  constexpr std::pair<std::string_view, std::string_view> kCounts[] = {
      {"created", "новых · new"},
      {"moved", "переносов · moved"},
      {"changed", "изменений · changed"},
      {"cancelled", "отмен · cancelled"},
      {"unchanged", "как было · as before"},
      {"past", "уже прошли · past"},
      {"erased", "удалённых людей · erased"}};
  std::string out;
  for (const auto& [name, label] : kCounts)
    if (auto count = number(plan, name); count > 0)
      out += fmt::format("{}{} {}", out.empty() ? "" : ", ", label, count);
  fmt::print("{}: {}\n", title, out);
  for (const auto& column : plan.at("ignored_columns").as_array())
    fmt::print("  столбец «{0}» не используется · the column “{0}” is not used\n",
               std::string_view(column.as_string()));
}

void print_change(std::string_view label, const json::object& change) {
  auto times = number(change, "lessons");
  const auto* id = change.if_contains("user_id");
  fmt::print(
      "  {:<22} {}{}{}\n", label, text(change, "text"), times > 1 ? fmt::format(" (×{})", times) : "",
      id != nullptr ? " · id " + (id->is_string() ? std::string(id->as_string()) : json::to_text(*id)) : "");
}

void print_changes(const json::array& changes) {
  // What people will hear of stands first.
  constexpr std::pair<std::string_view, std::string_view> kActions[] = {{"cancelled", "отмена · cancelled"},
                                                                        {"moved", "перенос · moved"},
                                                                        {"changed", "изменение · changed"},
                                                                        {"created", "новое · new"}};
  std::size_t lessons = 0;
  for (const auto& [action, label] : kActions) {
    for (const auto& change : changes) {
      const auto& one = change.as_object();
      if (text(one, "action") != action) continue;
      // `repitbot link` needs everybody's id.
      if (one.contains("user_id") || ++lessons <= kMostLessonsShown) print_change(label, one);
    }
  }
  if (lessons > kMostLessonsShown)
    fmt::print("  … ещё занятий · more lessons: {}\n", lessons - kMostLessonsShown);
}

struct Effects {
  std::int64_t all = 0, grave = 0;  // what people hear of: moved and cancelled lessons
};

Effects print_plan(const json::object& plan) {
  Effects out;
  constexpr std::pair<std::string_view, std::string_view> kLists[] = {{"people", "Люди · people"},
                                                                      {"lessons", "Занятия · lessons"}};
  for (const auto& [list, title] : kLists) {
    const auto* counts = plan.if_contains(list);
    if (counts == nullptr) continue;
    print_counts(title, counts->as_object());
    for (auto name : {"created", "moved", "changed", "cancelled"})
      out.all += number(counts->as_object(), name);
    for (auto name : {"moved", "cancelled"}) out.grave += number(counts->as_object(), name);
  }
  print_changes(plan.at("changes").as_array());
  return out;
}

// Moved and cancelled lessons are told to people: nobody does that by a slip of the hand.
Result<bool> may_apply(const Effects& effects, const ImportOptions& options) {
  if (effects.grave == 0 || options.yes) return true;
  if (isatty(STDIN_FILENO) != 1)
    return fail(
        Errc::invalid,
        "занятия переносятся или отменяются, и люди об этом узнают: повторите с --yes · lessons are moved "
        "or cancelled and people will be told: repeat with --yes");
  fmt::print("Людям придут сообщения об этом. Применить? · People will be told. Apply? [y/N] ");
  std::fflush(stdout);
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes" || answer == "д" || answer == "да";
}

Task<Result<json::object>> ask(OwnService& service, json::object body, bool dry_run,
                               const std::map<std::string, std::string>& names) {
  body["dry_run"] = dry_run;
  auto answer = co_await service.call(http::Method::post, "/api/v1/import", std::move(body));
  if (!answer) co_return fail(std::move(answer.error()));
  if (answer->status == 200) co_return std::move(answer->body.as_object());
  print_refusal(answer->body.as_object(), names);
  co_return fail(Errc::invalid, "");
}

Task<Result<void>> import_lists(OwnService& service, ImportOptions options) {
  std::map<std::string, std::string> names;
  auto body = read_files(options, names);
  if (!body) co_return fail(std::move(body.error()));
  auto plan = co_await ask(service, *body, true, names);
  if (!plan) co_return fail(std::move(plan.error()));
  auto effects = print_plan(*plan);
  if (effects.all == 0) {
    fmt::print("Всё уже так и есть · everything is so already\n");
    co_return Result<void>{};
  }
  if (options.dry_run) co_return Result<void>{};
  auto agreed = may_apply(effects, options);
  if (!agreed) co_return fail(std::move(agreed.error()));
  if (!*agreed) co_return fail(Errc::invalid, "ничего не изменено · nothing has been changed");
  auto done = co_await ask(service, std::move(*body), false, names);
  if (!done) co_return fail(std::move(done.error()));
  fmt::print("Готово · done\n");
  co_return Result<void>{};
}

Task<int> run(net::Loop& loop, config::AppSettings settings, ImportOptions options) {
  OwnService service(loop, settings, options.url);
  auto done = co_await import_lists(service, std::move(options));
  if (done) co_return 0;
  if (!done.error().message.empty()) fmt::print(stderr, "{}\n", done.error().message);
  co_return 1;
}

}  // namespace

void add_import(Program& program) {
  auto command = program.line.add(
      "import", "Свои списки: люди и занятия из CSV · a tutor's own lists: people and lessons from CSV");
  auto options = std::make_shared<ImportOptions>();
  command.option("files", options->files, "people.csv, lessons.csv", Command::required);
  command.flag("--dry-run", options->dry_run, "Только показать, что изменится · only show what would change");
  command.option("--timezone", options->timezone,
                 "Часовой пояс занятий, иначе репетитора · time zone of the lessons, else the tutor's");
  command.flag("--yes", options->yes,
               "Не спрашивать о переносах и отменах · do not ask about moves and cancellations");
  command.option("--url", options->url,
                 "Другой сервис, а не этой установки · another service than that of this installation");
  program.on_loop(command, [options](net::Loop& loop, config::AppSettings settings) {
    return run(loop, std::move(settings), *options);
  });
}

}  // namespace rb::app
