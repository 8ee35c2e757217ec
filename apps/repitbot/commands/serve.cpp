#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/strings.hpp"
#include "commands/commands.hpp"
#include "embedded.hpp"
#include "log/log.hpp"

namespace rb::app {
namespace {

int refuse(const std::string& part) {
  fmt::print(stderr, "--only: нет такой части · there is no part \"{}\": {}\n", part,
             fmt::join(kParts, ", "));
  return 2;
}

}  // namespace

void add_serve(Program& program) {
  auto command = program.line.add("serve", "Запустить всё · run all services");
  auto options = std::make_shared<ServeOptions>();
  auto only = std::make_shared<std::string>();
  command.flag("--demo", options->demo, "Маленькая живая школа для знакомства · a small living school");
  command.option("--only", *only, "Только эти части: notification,analytics,bot · only these parts");
  command.when_given([&program, options, only] {
    program.chosen = [&program, options, only] {
      for (auto& part : split(*only, ',')) {
        if (part.empty()) continue;
        if (std::ranges::find(kParts, part) == kParts.end()) return refuse(part);
        options->only.insert(std::move(part));
      }
      auto settings = program.settings();
      log::start(config::log_options(settings.process, "repitbot"));
      net::Loop loop([](const std::string& task, const std::string& what) {
        log::error("a task failed", {{"task", task}, {"reason", what}});
      });
      loop.run_until(serve(loop, std::move(settings), *options));
      return 0;
    };
  });
}

}  // namespace rb::app
