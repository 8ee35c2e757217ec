#pragma once
// The subcommands of `repitbot`, one a file. Each adds itself to the command line; what it does runs when the
// line has been read, and its result is the exit code.
#include <functional>

#include "commands/line.hpp"
#include "config/settings.hpp"
#include "net/loop.hpp"

namespace rb::app {

struct Program {
  Command line;
  std::function<int()> chosen;  // set by the subcommand that was given

  // The settings, or exit code 2 after a line for each that is wrong.
  config::AppSettings settings() const;

  // What a subcommand that needs a loop does; its result is the exit code.
  using Work = std::function<Task<int>(net::Loop&, config::AppSettings)>;
  void on_loop(Command command, Work work);
};

void add_serve(Program& program);
void add_migrate(Program& program);
void add_token(Program& program);
void add_event(Program& program);
void add_history(Program& program);
void add_analytics(Program& program);
void add_import(Program& program);
void add_link(Program& program);
void add_template(Program& program);
void add_chart(Program& program);
void add_doctor(Program& program);

}  // namespace rb::app
