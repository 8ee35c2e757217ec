#pragma once
// Where a PostgreSQL is and how its refusals are told to a person. Pure.
#include <map>
#include <string>
#include <string_view>

namespace rb::db {

struct PostgresAddress {
  std::map<std::string, std::string> parameters;  // libpq's connection keywords

  std::string get(const std::string& keyword) const;
  std::string where() const;  // "PostgreSQL at host:port", never with the password
};

// Throws Broken when it is no URL of PostgreSQL.
PostgresAddress parse_postgres_url(std::string url);

// One sentence from what libpq says about a failed connection.
std::string refusal(const PostgresAddress& address, std::string_view libpq_says);

}  // namespace rb::db
