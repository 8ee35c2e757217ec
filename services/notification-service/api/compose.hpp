#pragma once
// A send request → messages for the queue. Pure.
#include <functional>

#include "api/send_request.hpp"
#include "domain/message.hpp"
#include "domain/plan.hpp"
#include "domain/render.hpp"
#include "store/attachments.hpp"

namespace rb::notification {

struct Composing {
  const Channels& channels;
  const Renderer& renderer;
  Time now;
  std::function<std::string()> new_id;
  const StoredTexts* texts = nullptr;  // names of the school's own come from here
  std::string tutor = {};              // who sends, when it is a tutor: their own wording is used
};

struct Composed {
  std::vector<Message> messages;      // one per channel; one without a channel when it is chosen later
  std::string refused;                // why nobody is told; then `messages` holds the one that says so
  std::optional<FileSet> files = {};  // what goes with all of them
};

// Errc::invalid: unknown type or template, no text, an address that does not fit, or the template cannot be
// rendered with this data: tried here, so that a message that was accepted can also be sent.
Result<Composed> compose(const SendRequest& in, const Person& to, const Composing& by);

// Whom a text of this type, or one that exists for these audiences, is for when this person reads it.
Audience audience_of(const TypeInfo& type, const Person& reader);
Audience audience_of(const std::vector<Audience>& audiences, const Person& reader);

}  // namespace rb::notification
