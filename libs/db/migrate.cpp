#include "db/migrate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/ids.hpp"
#include "base/strings.hpp"

namespace rb::db {
namespace {

using File = Migrations::File;

struct State {
  bool exists = false;
  std::map<std::string, std::string> checksums;  // of the applied files, by name
  std::string oldest_program = "0";
};

std::vector<int> version_numbers(std::string_view version) {
  std::vector<int> numbers;
  for (const auto& part : split(version, '.')) {
    int number = 0;
    std::from_chars(part.data(), part.data() + part.size(), number);
    numbers.push_back(number);
  }
  return numbers;
}

bool older(std::string_view a, std::string_view b) { return version_numbers(a) < version_numbers(b); }

std::optional<std::string> oldest_program(const File& file) {
  constexpr std::string_view mark = "-- oldest-program:";
  if (!file.text.starts_with(mark)) return std::nullopt;
  auto rest = file.text.substr(mark.size());
  return std::string(trim(rest.substr(0, rest.find('\n'))));
}

// Leaves out what is for the other database.
std::string for_dialect(const File& file, bool postgres) {
  constexpr std::string_view end = "{{end}}";
  std::string out;
  for (auto rest = file.text; !rest.empty();) {
    auto open = rest.find("{{");
    out += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    rest.remove_prefix(open);
    auto mark = rest.substr(0, rest.find("}}") + 2);
    auto close = rest.find(end);
    if ((mark != "{{postgres_only}}" && mark != "{{sqlite_only}}") || close == std::string_view::npos) {
      throw Broken(fmt::format("migration {}: {} is unknown or has no {}", file.name, mark, end));
    }
    if ((mark == "{{postgres_only}}") == postgres) out += rest.substr(mark.size(), close - mark.size());
    rest.remove_prefix(close + end.size());
  }
  return out;
}

void check_names(std::vector<File>& files) {
  std::ranges::sort(files, {}, &File::name);
  for (std::size_t i = 0; i < files.size(); ++i) {
    auto name = files[i].name;
    bool numbered = name.size() > 9 && all_digits(name.substr(0, 4)) && name[4] == '_' &&
                    name.ends_with(".sql") && name.find('\'') == name.npos;
    if (!numbered) throw std::logic_error(fmt::format("migration {} is not named like 0001_name.sql", name));
    if (i > 0 && files[i - 1].name.substr(0, 4) == name.substr(0, 4)) {
      throw std::logic_error(fmt::format("migrations {} and {} have one number", files[i - 1].name, name));
    }
  }
}

// One process at a time: SQLite by its write lock, PostgreSQL by an advisory lock that all services share.
std::string locked(bool postgres, std::string_view statements) {
  constexpr auto lock = "begin; select pg_advisory_xact_lock(7236941);\n";
  return fmt::format("{}{}\ncommit;", postgres ? lock : "begin immediate;\n", statements);
}

Task<State> look(Database& db, const std::string& service) {
  auto exists = fmt::format("select 1 from sqlite_master where name = '{}_schema_info'", service);
  auto exists_pg = fmt::format("select 1 from pg_class where oid = to_regclass('{}_schema_info')", service);
  State state;
  state.exists = !(co_await db.read({"schema_exists", exists, exists_pg, {}}, {})).empty();
  if (!state.exists) co_return state;
  auto applied = fmt::format("select name, checksum from {}_schema_migrations", service);
  auto rows = co_await db.read({"schema_migrations", applied, applied, {}}, {});
  for (std::size_t i = 0; i < rows.size(); ++i)
    state.checksums[rows.text(i, "name")] = rows.text(i, "checksum");
  auto info = fmt::format("select oldest_program from {}_schema_info", service);
  state.oldest_program = (co_await db.read({"schema_info", info, info, {}}, {})).text(0, "oldest_program");
  co_return state;
}

std::vector<File> pending(const Migrations& migrations, const State& state) {
  if (older(migrations.program, state.oldest_program)) {
    throw Broken(
        fmt::format("the tables of {} need program {} or newer, this one is {}: install a newer program",
                    migrations.service, state.oldest_program, migrations.program));
  }
  std::vector<File> out;
  for (const auto& file : migrations.files) {
    auto applied = state.checksums.find(std::string(file.name));
    if (applied == state.checksums.end()) {
      out.push_back(file);
    } else if (applied->second != hex(sha256(file.text))) {
      throw Broken(
          fmt::format("migration {} of {} was changed after it had been applied: restore the file, and "
                      "write a new one for what is to change",
                      file.name, migrations.service));
    }
  }
  return out;
}

// PostgreSQL's own lower() knows only ASCII in a database with the locale C.
constexpr std::string_view kPostgresFunctions = R"sql(
do $do$ begin
  if to_regprocedure('rb_lower(text)') is null then
    execute format('create function rb_lower(text) returns text language sql immutable parallel safe strict as '
                   '$f$ select lower($1 %s) $f$',
                   (select 'collate "und-x-icu"' from pg_collation where collname = 'und-x-icu' limit 1));
  end if;
end $do$;
)sql";

std::string first_tables(const std::string& service, bool postgres) {
  return locked(postgres, fmt::format(R"sql(
create table if not exists {0}_schema_migrations (
  version bigint primary key, name text not null, checksum text not null, applied_at bigint not null);
create table if not exists {0}_schema_info (oldest_program text not null);
insert into {0}_schema_info select '0' where not exists (select 1 from {0}_schema_info);
{1})sql",
                                      service, postgres ? kPostgresFunctions : ""));
}

std::string step(const Migrations& migrations, const File& file, bool postgres, Time now) {
  auto statements = fmt::format(
      "insert into {}_schema_migrations (version, name, checksum, applied_at) values ({}, '{}', '{}', "
      "{});\n{}\n;",
      migrations.service, std::stoi(std::string(file.name.substr(0, 4))), file.name, hex(sha256(file.text)),
      to_micros(now), for_dialect(file, postgres));
  if (auto oldest = oldest_program(file)) {
    statements +=
        fmt::format("update {}_schema_info set oldest_program = '{}';", migrations.service, *oldest);
  }
  return locked(postgres, statements);
}

// False: another process was faster.
Task<bool> apply(Database& db, const Migrations& migrations, File file, Time now) {
  std::exception_ptr failure;
  try {
    co_await db.script(step(migrations, file, db.is_postgres(), now));
    co_return true;
  } catch (const Unavailable&) {
    throw;
  } catch (const Broken& error) {
    failure = std::make_exception_ptr(
        Broken(fmt::format("migration {} of {} failed: {}", file.name, migrations.service, error.what())));
  }
  auto state = co_await look(db, migrations.service);
  if (!state.checksums.contains(std::string(file.name))) std::rethrow_exception(failure);
  co_return false;
}

}  // namespace

Migrations embedded_migrations(std::string service, std::span<const std::string_view> paths,
                               std::optional<std::string_view> (*file)(std::string_view path)) {
  Migrations out{.service = std::move(service), .files = {}};
  for (auto path : paths) out.files.push_back({path, file(path).value()});
  return out;
}

Task<std::vector<std::string>> pending_migrations(Database& database, Migrations migrations) {
  check_names(migrations.files);
  std::vector<std::string> names;
  for (const auto& file : pending(migrations, co_await look(database, migrations.service))) {
    names.emplace_back(file.name);
  }
  co_return names;
}

Task<std::vector<std::string>> migrate(Database& database, Migrations migrations, const Clock& clock) {
  check_names(migrations.files);
  auto state = co_await look(database, migrations.service);
  if (!state.exists) co_await database.script(first_tables(migrations.service, database.is_postgres()));
  std::vector<std::string> applied;
  for (const auto& file : pending(migrations, state)) {
    if (co_await apply(database, migrations, file, clock.now())) applied.emplace_back(file.name);
  }
  co_return applied;
}

}  // namespace rb::db
