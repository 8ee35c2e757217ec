#include <fmt/format.h>

#include "auth/jwt.hpp"
#include "base/strings.hpp"
#include "commands/commands.hpp"

namespace rb::app {
namespace {

struct TokenOptions {
  std::string user, role, children;
  int ttl = 3600;
};

int print_token(const Program& program, const TokenOptions& options) {
  auto role = auth::parse_role(options.role);
  if (!role) {
    fmt::print(stderr, "--role: одна из ролей admin, tutor, parent, student, service · one of these roles\n");
    return 2;
  }
  auto now = SystemClock().now();
  auth::Identity who{options.user, {*role}, {}, now + std::chrono::seconds(options.ttl)};
  for (auto& child : split(options.children, ','))
    if (!child.empty()) who.children_ids.push_back(std::move(child));
  fmt::print("{}\n", auth::make_token(who, config::jwt_secret(program.settings()), now));
  return 0;
}

}  // namespace

void add_token(Program& program) {
  auto command = program.line.add("token", "Напечатать токен доступа · print an access token (JWT)");
  auto options = std::make_shared<TokenOptions>();
  command.option("--user", options->user, "Чей токен · whose token", Command::required);
  command.option("--role", options->role, "admin, tutor, parent, student, service", Command::required);
  command.option("--ttl", options->ttl, "Сколько секунд действует · seconds it is valid", 1, 365 * 86400);
  command.option("--children", options->children, "Дети родителя: 5,6 · a parent's children");
  command.when_given([&program, options] {
    program.chosen = [&program, options] { return print_token(program, *options); };
  });
}

}  // namespace rb::app
