#include "domain/attachments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/strings.hpp"

namespace rb::notification {
namespace {

struct Kind {
  std::string_view type, endings;  // separated by spaces
  std::string_view begins;         // the bytes of every such file; "": a text
};

constexpr std::string_view kZip = "PK\x03\x04";

constexpr std::array kKinds = {
    Kind{"application/pdf", "pdf", "%PDF-"},
    Kind{"image/png", "png", "\x89PNG\r\n"},
    Kind{"image/jpeg", "jpg jpeg", "\xFF\xD8\xFF"},
    Kind{"image/gif", "gif", "GIF8"},
    Kind{"image/webp", "webp", "RIFF"},
    Kind{"text/calendar", "ics", "BEGIN:VCALENDAR"},
    Kind{"text/plain", "txt", ""},
    Kind{"text/csv", "csv", ""},
    Kind{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", kZip},
    Kind{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", kZip},
    Kind{"application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx", kZip}};

std::unexpected<Error> wrong(std::size_t index, std::string_view member, std::string reason) {
  auto field = fmt::format("attachments[{}].{}", index, member);
  auto message = field + " " + reason;
  return std::unexpected(Error{Errc::invalid, std::move(message), {{std::move(field), std::move(reason)}}});
}

bool plain_name(const std::string& name) {
  return valid_utf8(name) && !name.starts_with('.') && std::ranges::none_of(name, [](unsigned char c) {
           return c < 0x20 || c == 0x7F || c == '/' || c == '\\';
         });
}

bool ends_as(const std::string& name, const Kind& kind) {
  auto dot = name.rfind('.');
  if (dot == std::string::npos) return false;
  auto endings = split(kind.endings, ' ');
  return std::ranges::find(endings, ascii_lower(name.substr(dot + 1))) != endings.end();
}

bool holds(const std::string& bytes, const Kind& kind) {
  return kind.begins.empty() ? valid_utf8(bytes) : bytes.starts_with(kind.begins);
}

Result<File> read_file(std::size_t index, const GivenFile& given) {
  auto type = ascii_lower(trim(given.content_type.substr(0, given.content_type.find(';'))));
  const auto* kind = std::ranges::find(kKinds, type, &Kind::type);
  if (kind == kKinds.end())
    return wrong(index, "content_type", "must be one of: " + join(file_types(), ", "));
  if (!plain_name(given.filename)) return wrong(index, "filename", "must be a name without a path");
  if (!ends_as(given.filename, *kind))
    return wrong(index, "filename",
                 fmt::format("must end in .{}", replace_all(std::string(kind->endings), " ", " or .")));
  auto bytes = from_base64(given.content);
  if (!bytes) return wrong(index, "content", "must be base64");
  if (bytes->empty()) return wrong(index, "content", "must not be empty");
  if (!holds(*bytes, *kind)) return wrong(index, "content", "is not of the type " + type);
  return File{given.filename, std::move(type), std::move(*bytes)};
}

}  // namespace

std::vector<std::string> file_types() {
  std::vector<std::string> out;
  for (const auto& kind : kKinds) out.emplace_back(kind.type);
  return out;
}

Result<std::vector<File>> read_files(std::span<const GivenFile> given) {
  std::vector<File> out;
  std::size_t size = 0;
  for (std::size_t i = 0; i < given.size(); ++i) {
    auto file = read_file(i, given[i]);
    if (!file) return fail(std::move(file.error()));
    size += file->bytes.size();
    if (size > kMostFileBytes)
      return wrong(i, "content",
                   fmt::format("makes all attachments larger than {} MB", kMostFileBytes >> 20U));
    out.push_back(std::move(*file));
  }
  return out;
}

std::optional<std::string> from_base64(std::string text) {
  std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
  if (text.size() % 4 != 0 || text.find_first_of("-_") != std::string::npos) return std::nullopt;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.pop_back();
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return from_base64url(text);
}

}  // namespace rb::notification
