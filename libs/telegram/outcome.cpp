#include "telegram/outcome.hpp"

#include <fmt/format.h>

#include <array>

namespace rb::telegram {
namespace {

constexpr std::array<std::string_view, std::variant_size_v<Failure>> kLabels = {
    "retry_after",   "migrated", "gone",      "bad_markup", "bad_request",
    "token_invalid", "conflict", "transient", "unknown"};

struct Describe {
  std::string operator()(const RetryAfter& f) const {
    return fmt::format("Telegram asks to wait {} s", f.wait.count());
  }
  std::string operator()(const Migrated& f) const {
    return fmt::format("the chat has the new id {}", f.chat_id);
  }
  std::string operator()(const auto& f) const { return f.reason; }
};

}  // namespace

std::string_view label(const Failure& failure) { return kLabels[failure.index()]; }
std::string describe(const Failure& failure) { return std::visit(Describe{}, failure); }

Micros pause_after(const Failure& failure, int failures, double random) {
  using namespace std::chrono_literals;
  if (const auto* asked = std::get_if<RetryAfter>(&failure)) return asked->wait;
  Backoff backoff{.first = 1s, .most = 1min};
  if (std::holds_alternative<TokenInvalid>(failure)) backoff = {.first = 1min, .most = 10min};
  return backoff.delay(failures, random);
}

}  // namespace rb::telegram
