#pragma once
// The least that PostgreSQL must do for rows that stand in its tables: they come by COPY, in as many
// transactions.
#include <sys/types.h>

#include <filesystem>
#include <string>

namespace rb::bench {

struct Copied {
  double seconds = 0, cpu = 0;  // of the clock; of the server's processors
};

// Every row of the analytics tables of one database into the same tables of another, which are emptied first.
// The commands lie ready in a file in `folder` before the clock starts. `server` is the process that serves
// both.
Copied copy_rows(const std::string& from, const std::string& to, std::size_t transactions, pid_t server,
                 const std::filesystem::path& folder);

}  // namespace rb::bench
