// repitbot: all services in one program, and the commands around them.
#include <cstdio>

#include "base/error.hpp"
#include "commands/commands.hpp"
#include "log/log.hpp"

namespace rb::app {

struct BadSettings {
  std::string lines;
};

config::AppSettings Program::settings() const {
  auto settings = config::own_settings();
  if (!settings) throw BadSettings{settings.error().message};
  return std::move(*settings);
}

void Program::on_loop(Command command, Work work) {
  command.when_given([this, work = std::move(work)] {
    chosen = [this, work] {
      net::Loop loop([](const std::string& task, const std::string& what) {
        std::fprintf(stderr, "%s: %s\n", task.c_str(), what.c_str());
      });
      return loop.run_until(work(loop, settings()));
    };
  });
}

namespace {

int run(int argc, char** argv) {
  Line line("RepitBot: уведомления и аналитика для репетиторов · notifications and analytics for tutors");
  Program program{line.root(), {}};
  for (auto* add : {&add_serve, &add_migrate, &add_token, &add_event, &add_history, &add_analytics,
                    &add_import, &add_link, &add_template, &add_chart, &add_doctor})
    add(program);
  if (auto code = line.read(argc, argv)) return *code;
  int code = 1;
  try {
    code = program.chosen();
  } catch (const BadSettings& e) {
    std::fprintf(stderr, "%s\n", e.lines.c_str());
    code = 2;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
  }
  log::flush();
  return code;
}

}  // namespace
}  // namespace rb::app

int main(int argc, char** argv) { return rb::app::run(argc, argv); }
