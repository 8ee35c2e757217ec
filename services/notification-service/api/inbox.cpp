#include "api/inbox.hpp"

#include <limits>

#include "api/access.hpp"
#include "api/paging.hpp"
#include "service/event_stream.hpp"
#include "store/attachments.hpp"
#include "store/inbox.hpp"

namespace rb::notification {
namespace {

constexpr auto kLookAtInbox = std::chrono::seconds(1);  // another instance may have written
constexpr int kEntriesAtOnce = 100;                     // of one look of a stream

InboxItem item_of(InboxEntry entry) {
  InboxItem out;
  out.id = std::move(entry.id);
  out.type = std::move(entry.type);
  out.title = std::move(entry.title);
  out.text = std::move(entry.plain);
  out.html = std::move(entry.html);
  out.data = std::move(entry.about);
  out.attachments = std::move(entry.files);
  out.created_at = entry.created;
  out.read_at = entry.read;
  return out;
}

class InboxNews {
 public:
  InboxNews(App& app, std::string user_id, std::int64_t after)
      : app_(app), user_id_(std::move(user_id)), after_(after) {}

  Task<std::vector<std::string>> next() {
    auto entries = co_await inbox_after(reading(app_.runtime().database), user_id_, after_, kEntriesAtOnce);
    std::vector<std::string> out;
    for (auto& entry : entries) {
      after_ = entry.place;
      auto data = json::to_text(json::write(item_of(std::move(entry))));
      out.push_back(http::event_text("notification", data, std::to_string(after_)));
    }
    co_return out;
  }

 private:
  App& app_;
  std::string user_id_;
  std::int64_t after_;  // place of the last one told
};

}  // namespace

json::Rules rules(const InboxRequest*) {
  using json::rule;
  return {rule("user_id").integer_or_text().doc("whose; none: the caller's own"),
          rule("unread").defaulted().doc("only what is not read"), rule("limit").defaulted().range(1, 100),
          rule("offset").defaulted().range(0, 1e9), rule("with_total").defaulted()};
}

json::Rules rules(const InboxItem*) {
  using json::rule;
  return {rule("text").doc("without markup"),
          rule("html").doc("ready to be shown in a browser: nothing in it runs"),
          rule("data").doc("what an app may open: lesson_id, student_id, event_id …"),
          rule("attachments").doc("n, filename, content_type, size and url of each")};
}

json::Rules rules(const InboxAnswer*) {
  using json::rule;
  return {rule("unread_count").doc("in the whole inbox"),
          rule("last_event_id").doc("from here the stream goes on: ?last_event_id="),
          rule("total").omit_null()};
}

json::Rules rules(const ReadAllRequest*) {
  return {json::rule("last_event_id").doc("up to what the app has shown; none: all")};
}

Task<Result<InboxAnswer>> get_inbox(App& app, const http::Request& request, InboxRequest in) {
  InboxQuestion question{.user_id = in.user_id.value_or(request.who().subject), .unread = in.unread};
  if (in.type) question.type = canonical_notification_type(*in.type);
  auto before = read_number_cursor(in.cursor, question.before);
  if (!before) co_return fail(std::move(before.error()));
  question.before = *before;
  question.limit = in.limit + 1;  // one more tells whether there is a next page
  question.offset = in.offset;
  auto known = co_await person_for(app, request, Action::read, question.user_id);
  if (!known) co_return fail(std::move(known.error()));

  auto read = reading(app.runtime().database);
  // Before the page: what comes in between is told twice rather than never.
  auto state = co_await inbox_state(read, question.user_id);
  auto entries = co_await inbox_page(read, question);
  InboxAnswer out;
  out.unread_count = state.unread;
  out.last_event_id = state.newest;
  if (entries.size() > static_cast<std::size_t>(in.limit)) {
    entries.pop_back();
    out.next_cursor = std::to_string(entries.back().place);
  }
  for (auto& entry : entries) out.items.push_back(item_of(std::move(entry)));
  if (in.with_total) out.total = co_await count_inbox(read, question);
  co_return out;
}

Task<Result<http::Response>> get_attachment(App& app, const http::Request& request, AttachmentPath in) {
  auto found = co_await file_of_message(reading(app.runtime().database), std::move(in.id), in.n);
  if (!found) co_return fail(Errc::not_found, "this message has no such file");
  auto known = co_await person_for(app, request, Action::read, found->user_id);
  if (!known) co_return fail(std::move(known.error()));
  auto& file = found->file;
  co_return http::Response::file(std::move(file.bytes), std::move(file.content_type), file.filename);
}

Task<Result<ReadAnswer>> read_one(App& app, const http::Request& request, InboxPath in) {
  auto& rt = app.runtime();
  const auto& who = request.who().subject;
  auto read_at = co_await read_in_inbox(rt.database, who, in.id, rt.clock.now());
  if (!read_at) co_return fail(Errc::not_found, "there is no such message in your inbox");
  auto state = co_await inbox_state(reading(rt.database), who);
  co_return ReadAnswer{true, std::move(in.id), *read_at, state.unread};
}

Task<Result<ReadAllAnswer>> read_all(App& app, const http::Request& request, ReadAllRequest in) {
  auto& rt = app.runtime();
  const auto& who = request.who().subject;
  auto up_to = in.last_event_id.value_or(std::numeric_limits<std::int64_t>::max());
  auto read = co_await read_all_in_inbox(rt.database, who, up_to, rt.clock.now());
  auto state = co_await inbox_state(reading(rt.database), who);
  co_return ReadAllAnswer{true, read, state.unread};
}

Task<Result<http::Response>> stream_inbox(App& app, const http::Request& request) {
  const auto& who = request.who().subject;
  auto after = service::resume_point(request, "last_event_id");
  if (!after) after = (co_await inbox_state(reading(app.runtime().database), who)).newest;
  auto news = std::make_shared<InboxNews>(app, who, *after);
  co_return http::Response::events([&app, news](http::Writer& out) {
    return service::stream_events(out, {app.inbox(), app.runtime().clock, kLookAtInbox},
                                  [news] { return news->next(); });
  });
}

}  // namespace rb::notification
