#include "config/source.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace rb::config {
namespace {

Variables process_variables() {
  Variables out;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    std::string_view pair = *entry;
    if (auto equals = pair.find('='); equals != std::string_view::npos)
      out.emplace(pair.substr(0, equals), pair.substr(equals + 1));
  }
  return out;
}

const std::string* lookup(const Variables& variables, const std::string& name) {
  auto it = variables.find(name);
  return it == variables.end() || it->second.empty() ? nullptr : &it->second;
}

}  // namespace

Result<Source> Source::load(const std::filesystem::path& directory) {
  std::ifstream file(directory / ".env", std::ios::binary);
  if (!file) {
    if (errno == ENOENT) return Source(process_variables());
    return fail(Errc::invalid, std::string(".env: cannot be read: ") + std::strerror(errno));
  }
  auto parsed = parse_dotenv(std::string(std::istreambuf_iterator(file), {}));
  if (!parsed) return fail(Errc::invalid, ".env " + parsed.error().message);
  return Source(process_variables(), *std::move(parsed));
}

Source::Source(Variables process, Variables dotenv)
    : process_(std::move(process)), dotenv_(std::move(dotenv)) {}

std::optional<Source::Found> Source::find(const Option& option) const {
  for (const auto* variables : {&process_, &dotenv_}) {
    if (const auto* value = lookup(*variables, option.name))
      return Found{option.name, *value, variables == &dotenv_};
    for (const auto& alias : option.aliases)
      if (const auto* value = lookup(*variables, alias)) return Found{alias, *value, variables == &dotenv_};
  }
  return std::nullopt;
}

}  // namespace rb::config
