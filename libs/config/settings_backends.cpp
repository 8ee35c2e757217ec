#include <fmt/format.h>

#include "base/strings.hpp"
#include "config/rooms.hpp"
#include "config/server_url.hpp"

namespace rb::config {

Group database_group() {
  return {
      "Database",
      {
          {.name = "DATABASE_URL",
           .help = "sqlite:///FILE (relative; four slashes: absolute) or postgresql://USER:PASSWORD@HOST/DB",
           .fallback = "sqlite:///repitbot.sqlite3",
           .secret = true},
          {.name = "POSTGRES_HOST", .help = "PostgreSQL host, where DATABASE_URL is not set"},
          {.name = "POSTGRES_PORT", .help = "PostgreSQL port", .kind = Kind::port, .fallback = "5432"},
          {.name = "POSTGRES_USER", .help = "PostgreSQL user", .fallback = "repitbot"},
          {.name = "POSTGRES_PASSWORD",
           .help = "PostgreSQL password",
           .secret = true,
           .placeholders = {"secure_password", "very_secure_database_password", "repitbot_password"},
           .weak_in_development = true},
          {.name = "POSTGRES_DB", .help = "PostgreSQL database", .fallback = "repitbot"},
      }};
}

Group bus_group() {
  return {"Bus",
          {
              {.name = "RABBITMQ_URL",
               .help = "amqp://USER:PASSWORD@HOST:PORT/VHOST; without it and RABBITMQ_HOST the embedded bus",
               .kind = Kind::url,
               .choices = {"amqp", "amqps"},
               .secret = true},
              {.name = "RABBITMQ_HOST", .help = "RabbitMQ host, where RABBITMQ_URL is not set"},
              {.name = "RABBITMQ_PORT", .help = "RabbitMQ port", .kind = Kind::port, .fallback = "5672"},
              {.name = "RABBITMQ_USER", .help = "RabbitMQ user", .fallback = "guest"},
              {.name = "RABBITMQ_PASSWORD", .help = "RabbitMQ password", .fallback = "guest", .secret = true},
              {.name = "RABBITMQ_VHOST", .help = "RabbitMQ virtual host", .fallback = "/"},
              {.name = "LEGACY_EXCHANGES",
               .help = "Exchanges of older producers that are read too; none for none",
               .kind = Kind::list,
               .fallback = "events,analytics,repitbot_events"},
          }};
}

Group cache_group() {
  return {"Cache",
          {
              {.name = "REDIS_URL",
               .help = "redis://:PASSWORD@HOST:PORT/DB; without it and REDIS_HOST a cache in memory",
               .kind = Kind::url,
               .choices = {"redis"},
               .secret = true},
              {.name = "REDIS_HOST", .help = "Redis host, where REDIS_URL is not set"},
              {.name = "REDIS_PORT", .help = "Redis port", .kind = Kind::port, .fallback = "6379"},
              {.name = "REDIS_PASSWORD",
               .help = "Redis password",
               .secret = true,
               .placeholders = {"secure_redis_password", "redis_password"},
               .weak_in_development = true},
              {.name = "REDIS_DB",
               .help = "Redis database",
               .kind = Kind::integer,
               .fallback = "0",
               .most = 1'000'000},
          }};
}

namespace {

constexpr std::string_view kDatabaseForms = "must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DB";

// SQLAlchemy's form: three slashes and a relative path, or four and an absolute one.
bool read_sqlite(std::string_view url, DatabaseSettings& out) {
  for (std::string_view scheme : {"sqlite:///", "sqlite+aiosqlite:///"})
    if (url.starts_with(scheme)) out.file = url.substr(scheme.size());
  out.url = "sqlite:///" + out.file.string();
  return !out.file.empty() && out.file != ":memory:";
}

// "postgresql+asyncpg://…" is what SQLAlchemy writes; libpq wants it without the driver.
bool read_postgres(std::string_view url, DatabaseSettings& out) {
  auto end = url.find("://");
  auto scheme = url.substr(0, end);
  scheme = scheme.substr(0, scheme.find('+'));
  if (scheme != "postgresql" && scheme != "postgres") return false;
  out.url = fmt::format("postgresql{}", url.substr(end));
  out.postgres = parse_server_url(out.url).has_value();
  return out.postgres;
}

}  // namespace

DatabaseSettings read_database(Reader& in) {
  DatabaseSettings out;
  if (!in.is_set("DATABASE_URL") && in.is_set("POSTGRES_HOST")) {
    auto password = in.text("POSTGRES_PASSWORD");
    out.postgres = true;
    out.url = fmt::format("postgresql://{}{}{}@{}:{}/{}", percent_encode(in.text("POSTGRES_USER")),
                          password.empty() ? "" : ":", percent_encode(password),
                          percent_encode(in.text("POSTGRES_HOST")), in.port("POSTGRES_PORT"),
                          percent_encode(in.text("POSTGRES_DB")));
    return out;
  }
  auto url = in.text("DATABASE_URL");
  if (!read_sqlite(url, out) && !read_postgres(url, out)) in.problem("DATABASE_URL", kDatabaseForms);
  return out;
}

BusSettings read_bus(Reader& in) {
  BusSettings out;
  out.legacy_exchanges = in.list("LEGACY_EXCHANGES");
  if (auto url = parse_server_url(in.text("RABBITMQ_URL"))) {
    out.rabbitmq = true;
    out.tls = url->scheme == "amqps";
    out.host = url->host;
    out.port = url->port != 0 ? url->port : (out.tls ? 5671 : 5672);
    out.user = url->user.empty() ? "guest" : url->user;
    out.password = url->password.empty() ? "guest" : url->password;
    out.vhost = url->path.empty() ? "/" : url->path;
  } else if (in.is_set("RABBITMQ_HOST")) {
    out.rabbitmq = true;
    out.host = in.text("RABBITMQ_HOST");
    out.port = in.port("RABBITMQ_PORT");
    out.user = in.text("RABBITMQ_USER");
    out.password = in.text("RABBITMQ_PASSWORD");
    out.vhost = in.text("RABBITMQ_VHOST");
  }
  return out;
}

CacheSettings read_cache(Reader& in) {
  CacheSettings out;
  if (auto url = parse_server_url(in.text("REDIS_URL"))) {
    out = {true, url->host, url->user, url->password, url->port != 0 ? url->port : std::uint16_t{6379}, 0};
    Option database{.name = "", .help = "", .kind = Kind::integer, .most = 1'000'000};
    if (url->path.empty()) return out;
    if (problem_of(database, url->path))
      in.problem("REDIS_URL", "must end in the number of a database, or without a path");
    else
      out.database = std::stoi(url->path);
  } else if (in.is_set("REDIS_HOST")) {
    out = {true,
           in.text("REDIS_HOST"),
           "",
           in.text("REDIS_PASSWORD"),
           in.port("REDIS_PORT"),
           static_cast<int>(in.integer("REDIS_DB"))};
  }
  return out;
}

}  // namespace rb::config
