#include "db/postgres_address.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <memory>

#include "base/error.hpp"
#include "base/strings.hpp"

namespace rb::db {

std::string PostgresAddress::get(const std::string& keyword) const {
  auto found = parameters.find(keyword);
  return found == parameters.end() ? "" : found->second;
}

std::string PostgresAddress::where() const {
  return fmt::format("PostgreSQL at {}:{}", get("host"), get("port"));
}

PostgresAddress parse_postgres_url(std::string url) {
  constexpr std::string_view other_driver = "postgresql+asyncpg://";
  if (url.starts_with(other_driver)) url.replace(0, other_driver.size(), "postgresql://");
  std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfoParse(url.c_str(), nullptr),
                                                                       PQconninfoFree);
  if (!options) {
    throw Broken(
        "the database URL is not of the form postgresql://user:password@host:port/database (in a password, "
        "characters other than letters and digits are written %XX)");
  }
  PostgresAddress address;
  for (auto* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) address.parameters[option->keyword] = option->val;
  }
  address.parameters.try_emplace("host", "localhost");
  address.parameters.try_emplace("port", "5432");
  return address;
}

std::string refusal(const PostgresAddress& address, std::string_view libpq_says) {
  auto says = [&](std::string_view words) { return libpq_says.find(words) != libpq_says.npos; };
  auto where = address.where(), user = address.get("user");
  if (says("password authentication failed") || says("no password supplied")) {
    return fmt::format("{} does not accept the password of user {}: is it the one in the database URL?",
                       where, user);
  }
  if (says("database \"") && says("does not exist")) {
    return fmt::format("{0} has no database {1} (user {2}): make it with `createdb -h {3} -p {4} -O {2} {1}`",
                       where, address.get("dbname"), user, address.get("host"), address.get("port"));
  }
  if (says("role \"") && says("does not exist"))
    return fmt::format("{0} has no user {1}: make it with `createuser -h {2} -p {3} -P {1}`", where, user,
                       address.get("host"), address.get("port"));
  if (says("Connection refused")) {
    return fmt::format("{} (user {}) cannot be reached: connection refused; is it running there?", where,
                       user);
  }
  auto lines = split(trim(libpq_says), '\n');
  return fmt::format("{} (user {}) cannot be used: {}", where, user, trim(lines.back()));
}

}  // namespace rb::db
