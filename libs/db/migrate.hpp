#pragma once
// Brings a service's tables up to date by numbered files, `0001_contacts.sql`: each in a transaction of its
// own, by one process at a time, once; its name, checksum and time are kept in <service>_schema_migrations.
// A file is the same SQL for both databases, except between {{postgres_only}} or {{sqlite_only}} and {{end}}.
//
// Migrations only add, so that an older program goes on running beside a newer one. A file that breaks this
// says from which program on the tables may be used, in its first line: `-- oldest-program: 0.3.0`; an older
// program then refuses to start (<service>_schema_info). Newer files than the program knows are fine.
//
// Both databases have the function rb_lower(text): Unicode lower case.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"

namespace rb::db {

struct Migrations {
  struct File {
    std::string_view name, text;
  };
  std::string service;  // prefix of the tables, "notification"
  std::vector<File> files;
  std::string program = RB_VERSION;
};

// From the functions that tools/embed_files writes.
Migrations embedded_migrations(std::string service, std::span<const std::string_view> paths,
                               std::optional<std::string_view> (*file)(std::string_view path));

// The names of what migrate() would apply. Changes nothing.
Task<std::vector<std::string>> pending_migrations(Database& database, Migrations migrations);

// Applies what is pending and returns the names. Throws Broken with one sentence: a file that was applied has
// been changed since, the program is too old, a statement failed (nothing of its file is kept).
Task<std::vector<std::string>> migrate(Database& database, Migrations migrations, const Clock& clock);

}  // namespace rb::db
