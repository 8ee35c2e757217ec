#pragma once
// Many messages that waited, as the data of one digest. Pure.
#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "domain/message.hpp"
#include "domain/render.hpp"

namespace rb::notification {

struct DigestPart {
  std::string icon, title, body;  // plain, plain, HTML
  std::string child_id, child;    // of a parent: whom it is about, by id and name
};

// A part from its text as Telegram would have it: icon, title in bold, an empty line, the body.
DigestPart digest_part(const Message& message, const Person& reader, const Rendered& telegram);

inline constexpr std::size_t kWholeParts = 20;  // told in full
inline constexpr std::size_t kNamedParts = 50;  // then by their titles; the others are counted

// What the text of a digest may refer to: `period`, `items` with `icon`, `title`, `body` and, where parts
// about another child begin, `child`; `more`. In order of time; where there are several children, child by
// child behind what is about none, the child told of first coming first.
boost::json::object digest_context(std::vector<DigestPart> parts, DigestMode period);

// Whether a message is a digest that was made here, of parts.
bool gathers(const Message& message);

// For the counters: how many parts of which type it has, with the state of the digest. Kept in its context as
// `parts`.
boost::json::object part_counts(const std::vector<Message>& parts);
std::vector<Message> counted_parts(const Message& digest);

// "digest:<user>:<channel>:<window>": one digest for each, ever.
std::string digest_key(const std::string& user_id, Channel channel, Time window);

}  // namespace rb::notification
