#include "api/send_request.hpp"

namespace rb::notification {

using json::rule;

json::Rules rules(const GivenFile*) {
  return {rule("filename").length(1, 128).doc("with the ending of its type, without a path"),
          rule("content_type").one_of(file_types()), rule("content").doc("base64")};
}

json::Rules rules(const TextRequest*) {
  return {
      rule("type").alias("notification_type").doc("a notification type; custom without one"),
      rule("channel").doc("none: as the person prefers"),
      rule("channels").defaulted().length(0, 2),
      rule("title").alias("subject").length(0, 255),
      rule("message").length(1, 20'000),
      rule("html_message").length(1, 100'000).doc("taken as text where there is no message"),
      rule("template_name").doc("a notification type whose text is used"),
      rule("context_data").alias("template_data").defaulted().doc("what the template may print"),
      rule("language").one_of({"ru", "en"}).doc("none: the person's"),
      rule("priority").doc("none: the type's"),
      rule("correlation_id").defaulted().length(0, 128),
      rule("purpose")
          .defaulted()
          .one_of({"service", "marketing", "requested"})
          .doc(
              "marketing goes only to people who agreed to it; requested: they asked for this very message")};
}

json::Rules rules(const SendRequest*) {
  return with_text_rules(
      {rule("user_id").integer_or_text().length(1, 64).doc("who gets it"),
       rule("recipient_address")
           .length(1, 320)
           .doc("chat id or mailbox in place of the person's own; admins and services only"),
       rule("scheduled_at").alias("send_at").doc("not before; UTC without an offset"), attachments_rule()});
}

json::Rule attachments_rule() {
  return rule("attachments").defaulted().length(0, kMostFiles).doc("at most 7 MB in all");
}

json::Rules with_text_rules(json::Rules own) {
  auto out = rules(static_cast<const TextRequest*>(nullptr));
  out.insert(out.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  return out;
}

}  // namespace rb::notification
