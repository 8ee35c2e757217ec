#pragma once
// A command of the command line. Hides CLI11, whose templates would cost every file with a command ten
// seconds of compilation. What is told to fill must live until the line has been read.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace rb::app {

class Command {
 public:
  enum Need { optional, required };

  explicit Command(CLI::App& command) : command_(command) {}

  Command group(std::string name, std::string description);  // one of its commands must follow
  Command add(std::string name, std::string description);

  void flag(std::string name, bool& to, std::string description);
  void option(std::string name, std::string& to, std::string description, Need need = optional);
  void option(std::string name, std::vector<std::string>& to, std::string description, Need need = optional);
  void option(std::string name, std::optional<std::int64_t>& to, std::string description);
  void option(std::string name, int& to, std::string description, int least, int most);

  // Called when the line names this command and all of the line is right.
  void when_given(std::function<void()> what);

 private:
  CLI::App& command_;
};

// The whole command line, with --help and --version.
class Line {
 public:
  explicit Line(std::string description);
  ~Line();
  Command root() { return Command(*app_); }

  // Nothing: a command was given and told so. Else the exit code, after help or a complaint.
  std::optional<int> read(int argc, char** argv);

 private:
  std::unique_ptr<CLI::App> app_;
};

}  // namespace rb::app
