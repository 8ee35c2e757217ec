#include "domain/timing/digest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "domain/members.hpp"

namespace rb::notification {

namespace bj = boost::json;

namespace {

// What is about no child first, then child by child; the order is kept otherwise.
std::vector<DigestPart> grouped(std::vector<DigestPart> parts) {
  std::vector<std::string> children = {""};
  for (const auto& part : parts)
    if (std::ranges::find(children, part.child_id) == children.end()) children.push_back(part.child_id);
  std::vector<DigestPart> out;
  for (const auto& child : children)
    for (auto& part : parts)
      if (part.child_id == child) out.push_back(std::move(part));
  return out;
}

bool several_children(const std::vector<DigestPart>& parts) {
  std::set<std::string> children;
  for (const auto& part : parts)
    if (!part.child_id.empty()) children.insert(part.child_id);
  return children.size() > 1;
}

}  // namespace

DigestPart digest_part(const Message& message, const Person& reader, const Rendered& telegram) {
  DigestPart part;
  part.title = telegram.title;
  std::string_view html = telegram.html;
  auto head = html.substr(0, html.find("\n\n"));
  if (auto bold = head.find(" <b>"); bold != std::string_view::npos && head.ends_with("</b>")) {
    part.icon = head.substr(0, bold);
    html.remove_prefix(std::min(html.size(), head.size() + 2));
  }
  part.body = html;
  if (std::ranges::find(reader.children, message.student_id) == reader.children.end()) return part;
  part.child_id = message.student_id;
  part.child = text_in(object_in(message.context, "student"), "first_name");
  return part;
}

bj::object digest_context(std::vector<DigestPart> parts, DigestMode period) {
  bool headings = several_children(parts);
  if (headings) parts = grouped(std::move(parts));
  bj::array items;
  std::string child;
  for (std::size_t i = 0; i < std::min(parts.size(), kNamedParts); ++i) {
    auto& part = parts[i];
    bj::object item{{"icon", part.icon}, {"title", part.title}};
    if (i < kWholeParts && !part.body.empty()) item["body"] = part.body;
    if (headings && part.child_id != child) item["child"] = part.child;
    child = part.child_id;
    items.push_back(std::move(item));
  }
  bj::object out{{"period", to_string(period)}, {"items", std::move(items)}};
  if (parts.size() > kNamedParts) out["more"] = parts.size() - kNamedParts;
  return out;
}

bool gathers(const Message& message) {
  return message.type == "digest" && message.key.starts_with("digest:");
}

bj::object part_counts(const std::vector<Message>& parts) {
  std::map<std::string, int> counts;
  for (const auto& part : parts) ++counts[part.type];
  bj::object out;
  for (const auto& [type, count] : counts) out[type] = count;
  return out;
}

std::vector<Message> counted_parts(const Message& digest) {
  std::vector<Message> out;
  for (const auto& [type, count] : object_in(digest.context, "parts")) {
    Message part;
    part.type = type;
    part.channel = digest.channel;
    part.status = digest.status;
    for (std::int64_t i = 0; i < count.to_number<std::int64_t>(); ++i) out.push_back(part);
  }
  return out;
}

std::string digest_key(const std::string& user_id, Channel channel, Time window) {
  return fmt::format("digest:{}:{}:{}", user_id, to_string(channel), to_micros(window));
}

}  // namespace rb::notification
