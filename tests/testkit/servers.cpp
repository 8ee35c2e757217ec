#include "testkit/servers.hpp"

#include <unistd.h>

#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace rb::testkit {
namespace {

constexpr int kUnsupported = 3;

// Tests run in the source folder.
std::vector<std::string> command(std::string_view verb, std::string_view name,
                                 const std::filesystem::path& folder) {
  std::vector<std::string> argv{"tests/testkit/servers", std::string(verb)};
  if (!name.empty()) argv.emplace_back(name);
  argv.insert(argv.end(), {"--dir", folder.string()});
  return argv;
}

Settings parse(const std::string& lines) {
  Settings settings;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) {
    const std::size_t equals = line.find('=');
    settings[line.substr(0, equals)] = line.substr(equals + 1);
  }
  return settings;
}

std::vector<std::string> start_command(std::string_view name, const std::filesystem::path& folder,
                                       bool fsync = false) {
  std::vector<std::string> argv = command("start", name, folder);
  if (!fsync) argv.insert(argv.end(), {"--fsync", "off"});
  return argv;
}

// The servers of the whole run (script/test names their folder), or else of this program.
const std::filesystem::path& shared_folder() {
  static const std::filesystem::path folder = [] {
    if (const char* given = std::getenv("RB_TEST_SERVERS")) return std::filesystem::path(given);
    static const Servers own;
    return own.folder();
  }();
  return folder;
}

Settings fresh_of_shared(std::string_view name) {
  run(start_command(name, shared_folder()));
  return parse(run(command("fresh", name, shared_folder())));
}

}  // namespace

std::string fresh_postgres_url() { return fresh_of_shared("pg").at("DATABASE_URL"); }
std::string fresh_rabbitmq_url() { return fresh_rabbitmq().at("RABBITMQ_URL"); }
Settings fresh_rabbitmq() { return fresh_of_shared("rabbit"); }
std::string fresh_redis_url() { return fresh_of_shared("redis").at("REDIS_URL"); }

std::optional<Settings> shared_mail() {
  Process process(start_command("mail", shared_folder()));
  const std::string output = process.read_all();
  const int code = process.wait();
  if (code == kUnsupported) return std::nullopt;
  if (code != 0) throw std::runtime_error("the mail server did not start");
  return parse(output);
}

Servers::Servers(bool fsync) : fsync_(fsync) {
  std::string pattern = (std::filesystem::temp_directory_path() / "repitbot-test.XXXXXX").string();
  if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder: " + pattern);
  folder_ = pattern;
  std::vector<std::string> argv = command("watch", "", folder_);
  argv.insert(argv.end(), {"--pid", std::to_string(::getpid())});
  run(std::move(argv));
}

Servers::~Servers() {
  Process process(command("wipe", "", folder_));
  process.wait();
}

Settings Servers::start(std::string_view name) const {
  return parse(run(start_command(name, folder_, fsync_)));
}
void Servers::stop(std::string_view name) const { run(command("stop", name, folder_)); }
void Servers::kill(std::string_view name) const { run(command("kill", name, folder_)); }
void Servers::restart(std::string_view name) const { run(command("restart", name, folder_)); }
Settings Servers::fresh(std::string_view name) const { return parse(run(command("fresh", name, folder_))); }

}  // namespace rb::testkit
