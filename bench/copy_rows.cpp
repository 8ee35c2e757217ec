#include "copy_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <vector>

#include "base/error.hpp"
#include "base/strings.hpp"
#include "testkit/process.hpp"
#include "usage.hpp"

namespace rb::bench {
namespace {

constexpr auto kCopyPatience = std::chrono::minutes(20);

std::string psql(const std::string& url, const std::string& option, const std::string& value) {
  testkit::Process process({"psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", option, value, url});
  auto out = process.read_all(kCopyPatience);
  if (process.wait() != 0) throw Broken("psql failed");
  return out;
}

// The rows of a table in the order in which they were written, in equal parts.
class Table {
 public:
  Table(const std::string& url, std::string name, const std::filesystem::path& file)
      : name_(std::move(name)) {
    psql(url, "-c", fmt::format("\\copy (select * from {} order by ctid) to '{}'", name_, file.string()));
    std::ifstream all(file);
    rows_ = static_cast<std::size_t>(
        std::count(std::istreambuf_iterator<char>(all), std::istreambuf_iterator<char>(), '\n'));
    in_.open(file);
  }

  void write_part(std::ostream& out, std::size_t part, std::size_t parts) {
    auto until = rows_ * (part + 1) / parts;
    if (given_ == until) return;
    out << "copy " << name_ << " from stdin;\n";
    for (std::string row; given_ < until && std::getline(in_, row); ++given_) out << row << '\n';
    out << "\\.\n";
  }

 private:
  std::string name_;
  std::ifstream in_;
  std::size_t rows_ = 0, given_ = 0;
};

}  // namespace

Copied copy_rows(const std::string& from, const std::string& to, std::size_t transactions, pid_t server,
                 const std::filesystem::path& folder) {
  auto names =
      split(trim(psql(from, "-c",
                      "select relname from pg_class where relkind = 'r' and relname like 'analytics\\_%' "
                      "and relnamespace = 'public'::regnamespace")),
            '\n');
  psql(to, "-c", "truncate " + join(names, ", "));
  std::vector<Table> tables;
  for (const auto& name : names) tables.emplace_back(from, name, folder / (name + ".rows"));
  auto commands = folder / "copy.sql";
  {
    std::ofstream out(commands);
    for (std::size_t part = 0; part < transactions; ++part) {
      out << "begin;\n";
      for (auto& table : tables) table.write_part(out, part, transactions);
      out << "commit;\n";
    }
    if (!out.flush()) throw Broken("cannot write " + commands.string());
  }
  for (const auto& name : names) std::filesystem::remove(folder / (name + ".rows"));
  auto cpu = cpu_seconds(server);
  auto began = std::chrono::steady_clock::now();
  psql(to, "-f", commands);
  Copied out{std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count(),
             cpu_seconds(server) - cpu};
  std::filesystem::remove(commands);
  return out;
}

}  // namespace rb::bench
