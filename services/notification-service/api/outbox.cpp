#include "api/outbox.hpp"

#include <boost/describe.hpp>
#include <set>

#include "api/outbox_page.hpp"
#include "base/strings.hpp"
#include "service/event_stream.hpp"
#include "store/letters.hpp"
#include "time/iso.hpp"

namespace rb::notification {
namespace {

constexpr int kOnOnePage = 40;
constexpr int kMostPeople = 200;
constexpr int kLettersAtOnce = 200;  // of one look of a stream
// Letters are committed in about the order of their times: a stream looks back this far.
constexpr auto kOverlap = std::chrono::seconds(2);

// Only what comes from here runs; mails bring styles and pictures of their own.
constexpr auto kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; "
    "connect-src 'self'; frame-src 'none'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

struct LettersQuery {
  std::string channel, person, cursor;
  int limit = 50;
};
BOOST_DESCRIBE_STRUCT(LettersQuery, (), (channel, person, cursor, limit))
json::Rules rules(const LettersQuery*) {
  return {json::rule("channel").one_of({"", "telegram", "email"}).defaulted(),
          json::rule("person").defaulted(), json::rule("cursor").defaulted(),
          json::rule("limit").range(1, 100).defaulted()};
}

struct LetterItem {
  std::string id, notification_id, user_id, name;
  std::vector<std::string> roles;
  std::string channel, address, subject, html, plain;
  Time sent_at;
};
BOOST_DESCRIBE_STRUCT(LetterItem, (),
                      (id, notification_id, user_id, name, roles, channel, address, subject, html, plain,
                       sent_at))

struct LettersAnswer {
  std::vector<LetterItem> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(LettersAnswer, (), (items, next_cursor))

// A page of another site may make a browser ask us under a name of its own; the address tells that one.
bool asked_as_this_machine(const http::Request& request) {
  auto host = std::string(request.headers.get("Host"));
  if (auto colon = host.rfind(':'); colon != std::string::npos && !host.ends_with(']')) host.resize(colon);
  return host.empty() || host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

Result<void> admit(const http::Request& request) {
  if (request.from_loopback() && asked_as_this_machine(request)) return {};
  if (request.caller && request.caller->has_role("admin")) return {};
  return fail(Errc::forbidden,
              "the outbox is for browsers on this machine (http://localhost), or an admin's token");
}

OutboxView view_of(const http::Request& request) {
  OutboxView view;
  if (request.query_value("lang") == "en") view.language = "en";
  view.channel = parse_channel(request.query_value("channel").value_or(""));
  view.person = request.query_value("person").value_or("");
  return view;
}

LetterFilter filter_of(const OutboxView& view) {
  return {.channel = view.channel, .user_id = view.person, .before = "", .since = Time()};
}

Task<Result<http::Response>> page(App& app, const http::Request& request, const OutboxPage& pages) {
  if (auto allowed = admit(request); !allowed) co_return fail(std::move(allowed.error()));
  auto view = view_of(request);
  auto filter = filter_of(view);
  filter.before = request.query_value("cursor").value_or("");
  OutboxContent content;
  content.now = app.runtime().clock.now();
  content.live = filter.before.empty();
  auto& database = app.runtime().database;
  content.people = co_await letter_readers(reading(database), view.channel, kMostPeople);
  content.letters = co_await kept_letters(reading(database), std::move(filter), kOnOnePage + 1);
  content.more = content.letters.size() > kOnOnePage;
  if (content.more) content.letters.pop_back();
  auto out = http::Response::html(pages.page(view, content));
  out.headers.set("Content-Security-Policy", kPolicy);
  out.headers.set("Referrer-Policy", "no-referrer");
  out.headers.set("Cache-Control", "no-store");
  co_return out;
}

Task<Result<http::Response>> asset(const http::Request& request) {
  const auto& name = request.path_param("file");
  auto bytes = outbox_asset(name);
  if (!bytes) co_return fail(Errc::not_found, "the outbox page has no such file");
  std::string_view type = name.ends_with(".css")  ? "text/css; charset=utf-8"
                          : name.ends_with(".js") ? "text/javascript; charset=utf-8"
                                                  : "image/svg+xml";
  auto out = http::Response::text(std::string(*bytes), std::string(type));
  out.headers.set("Cache-Control", "no-cache");
  co_return out;
}

Task<Result<LettersAnswer>> letters(App& app, const http::Request& request, LettersQuery in) {
  if (auto allowed = admit(request); !allowed) co_return fail(std::move(allowed.error()));
  LetterFilter filter{
      .channel = parse_channel(in.channel), .user_id = in.person, .before = in.cursor, .since = Time()};
  auto found = co_await kept_letters(reading(app.runtime().database), std::move(filter), in.limit + 1);
  LettersAnswer out;
  if (static_cast<int>(found.size()) > in.limit) {
    found.pop_back();
    out.next_cursor = found.back().id;
  }
  for (auto& letter : found) {
    LetterItem item;
    item.id = std::move(letter.id);
    item.notification_id = std::move(letter.message_id);
    item.user_id = std::move(letter.to.user_id);
    item.name = std::move(letter.to.name);
    for (auto role : letter.to.roles) item.roles.emplace_back(to_string(role));
    item.channel = to_string(letter.channel);
    item.address = std::move(letter.address);
    item.subject = std::move(letter.subject);
    item.html = std::move(letter.html);
    item.plain = std::move(letter.plain);
    item.sent_at = letter.sent;
    out.items.push_back(std::move(item));
  }
  co_return out;
}

// What a stream has told, and what is new since.
class LetterNews {
 public:
  LetterNews(App& app, const OutboxPage& pages, OutboxView view, Time since)
      : app_(app), pages_(pages), view_(std::move(view)), since_(since) {}

  Task<std::vector<std::string>> next() {
    auto filter = filter_of(view_);
    filter.since = since_ - kOverlap;
    auto found = co_await kept_letters(reading(app_.runtime().database), std::move(filter), kLettersAtOnce);
    std::set<std::string> seen;
    std::vector<std::string> out;
    for (auto letter = found.rbegin(); letter != found.rend(); ++letter) {
      since_ = std::max(since_, letter->sent);
      seen.insert(letter->id);
      if (told_.contains(letter->id)) continue;
      out.push_back(
          http::event_text("letter", pages_.letter(view_, *letter), std::to_string(to_micros(since_))));
    }
    told_ = std::move(seen);
    co_return out;
  }

 private:
  App& app_;
  const OutboxPage& pages_;
  OutboxView view_;
  Time since_;
  std::set<std::string> told_;  // those that the next look may meet again
};

Task<Result<http::Response>> stream(App& app, const http::Request& request, const OutboxPage& pages) {
  if (auto allowed = admit(request); !allowed) co_return fail(std::move(allowed.error()));
  // Where the page, or the stream before a broken connection, has ended.
  auto micros = service::resume_point(request, "since");
  auto since = micros ? from_micros(*micros) : app.runtime().clock.now();
  auto news = std::make_shared<LetterNews>(app, pages, view_of(request), since);
  co_return http::Response::events([&app, news](http::Writer& out) {
    return service::stream_events(out, {app.outbox(), app.runtime().clock}, [news] { return news->next(); });
  });
}

}  // namespace

void add_outbox(http::Api& api, App& app) {
  if (app.settings().process.production) return;
  auto pages = std::make_shared<const OutboxPage>();
  api.add(
      http::get("/outbox", [pages](App& a, const http::Request& request) { return page(a, request, *pages); })
          .summary("Messages of channels that are not connected, as their recipients would see them")
          .tag("outbox")
          .answers("text/html")
          .example_answer("<!doctype html><title>Исходящие</title>…")
          .errors({Errc::forbidden}));
  api.add(http::get("/outbox/letters", &letters)
              .summary("The same letters as data, newest first")
              .tag("outbox")
              .errors({Errc::forbidden}));
  api.add(http::get("/outbox/stream",
                    [pages](App& a, const http::Request& request) { return stream(a, request, *pages); })
              .summary("New letters as ready HTML, the moment they are written")
              .tag("outbox")
              .answers("text/event-stream")
              .example_answer("id: 17\nevent: letter\ndata: <article>…</article>\n\n")
              .errors({Errc::forbidden}));
  api.add(http::get("/outbox/assets/{file}", &asset).hidden().unlimited());
}

}  // namespace rb::notification
