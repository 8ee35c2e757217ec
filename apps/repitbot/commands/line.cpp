#include "commands/line.hpp"

#include <CLI/CLI.hpp>

namespace rb::app {

Command Command::group(std::string name, std::string description) {
  auto* group = command_.add_subcommand(std::move(name), std::move(description));
  group->require_subcommand(1);
  return Command(*group);
}

Command Command::add(std::string name, std::string description) {
  return Command(*command_.add_subcommand(std::move(name), std::move(description)));
}

void Command::flag(std::string name, bool& to, std::string description) {
  command_.add_flag(std::move(name), to, std::move(description));
}

void Command::option(std::string name, std::string& to, std::string description, Need need) {
  command_.add_option(std::move(name), to, std::move(description))->required(need == required);
}

void Command::option(std::string name, std::vector<std::string>& to, std::string description, Need need) {
  command_.add_option(std::move(name), to, std::move(description))->required(need == required);
}

void Command::option(std::string name, std::optional<std::int64_t>& to, std::string description) {
  command_.add_option(std::move(name), to, std::move(description));
}

void Command::option(std::string name, int& to, std::string description, int least, int most) {
  command_.add_option(std::move(name), to, std::move(description))->check(CLI::Range(least, most));
}

void Command::when_given(std::function<void()> what) { command_.callback(std::move(what)); }

Line::Line(std::string description) : app_(std::make_unique<CLI::App>(std::move(description))) {
  app_->set_version_flag("--version", RB_VERSION);
  app_->require_subcommand(1);
}

Line::~Line() = default;

std::optional<int> Line::read(int argc, char** argv) {
  try {
    app_->parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::ParseError& e) {
    return app_->exit(e);
  }
}

}  // namespace rb::app
