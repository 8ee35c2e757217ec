#include "service/paging.hpp"

#include <charconv>

#include "base/strings.hpp"
#include "time/iso.hpp"

namespace rb::service {

std::unexpected<Error> invalid(std::string field, std::string reason) {
  auto message = field + " " + reason;
  return std::unexpected(Error{Errc::invalid, std::move(message), {{std::move(field), std::move(reason)}}});
}

std::unexpected<Error> invalid_sentence(std::string field, std::string sentence) {
  return std::unexpected(Error{Errc::invalid, sentence, {{std::move(field), sentence}}});
}

std::string cursor_of(const Place& place) {
  return base64url(std::to_string(to_micros(place.first)) + ":" + place.second);
}

Result<std::optional<Place>> read_cursor(const std::optional<std::string>& cursor) {
  if (!cursor || cursor->empty()) return std::nullopt;
  auto text = from_base64url(*cursor).value_or("");
  std::int64_t micros = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), micros);
  auto used = static_cast<std::size_t>(end - text.data());
  if (error != std::errc() || used + 1 >= text.size() || text[used] != ':')
    return invalid("cursor", "must be the next_cursor of an earlier answer");
  return Place{from_micros(micros), text.substr(used + 1)};
}

Result<std::optional<Time>> period_start(const std::string& field, const std::optional<std::string>& text) {
  if (!text || text->empty()) return std::nullopt;
  auto moment = parse_iso(*text, Zone::utc());
  if (!moment) return invalid_sentence(field, moment.error().message);
  return *moment;
}

Result<std::optional<Time>> period_end(const std::string& field, const std::optional<std::string>& text) {
  constexpr std::size_t kBareDay = std::string_view("2026-01-02").size();
  auto moment = period_start(field, text);
  if (moment && *moment && text->size() == kBareDay) *moment = **moment + std::chrono::days(1);
  return moment;
}

}  // namespace rb::service
