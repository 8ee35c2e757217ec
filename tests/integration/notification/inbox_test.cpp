// Messages that reach people's apps: the inbox with its stream, and webhooks.
#include "store/inbox.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "api_calls.hpp"
#include "base/ids.hpp"
#include "base/strings.hpp"
#include "channels/webhook.hpp"
#include "school.hpp"
#include "store/messages.hpp"
#include "store/people.hpp"

namespace rb::notification {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

// Somebody who listens to an event stream.
class Listener final : public http::Writer {
 public:
  Task<bool> write(std::string piece) override {
    if (piece != http::kEventHeartbeat) events.push_back(std::move(piece));
    co_return !left_;
  }
  bool gone() const override { return left_; }
  void on_gone(std::function<void()> told) override { told_ = std::move(told); }

  void leave() {
    left_ = true;
    if (told_) told_();
  }
  std::string last_id() const {
    auto at = events.back().find("id: ") + 4;
    return events.back().substr(at, events.back().find('\n', at) - at);
  }

  std::vector<std::string> events;

 private:
  bool left_ = false;
  std::function<void()> told_;
};

class Apps : public ApiCalls {
 protected:
  std::string send(const std::string& channel, const std::string& text) {
    auto answer = post("/api/v1/notifications/send",
                       {{"user_id", 2}, {"channel", channel}, {"message", text}}, "admin 9");
    EXPECT_EQ(answer.status, 200) << answer.body;
    auto body = json::parse(answer.body)->as_object();
    return body.contains("notification_id") ? std::string(body.at("notification_id").as_string())
                                            : answer.body;
  }
  Message message(const std::string& id) {
    return run(message_by_id(reading(*backends_.database), id)).value();
  }
  void wait_for(const std::string& id, const std::string& status) {
    wait_for_message("2", [&](const Message& m) { return m.id == id && m.status == status; });
  }
  void listen(Listener& listener, const std::string& last_event_id = "") {
    auto request = request_of(http::Method::get, "/api/v1/inbox/stream", "student 2");
    if (!last_event_id.empty()) request.headers.set("Last-Event-ID", last_event_id);
    auto response = run(service_->api().handle(request));
    ASSERT_EQ(response.status, 200);
    ++listening_;
    loop_.spawn("listener", [](http::Stream stream, Listener& to, int& count) -> Task<> {
      co_await stream(to);
      --count;
    }(std::move(response.stream), listener, listening_));
  }
  void leave(Listener& listener) {
    auto before = listening_;
    listener.leave();
    until([&] { return listening_ < before; }, "the stream ends");
  }
  void wait_for_events(const Listener& listener, std::size_t count) {
    until([&] { return listener.events.size() >= count; }, "the events come");
  }

  int listening_ = 0;
};

TEST_P(Apps, inbox_has_a_message_once_in_forms_for_an_app) {
  auto id = send("inbox", "Занятия <не> будет");
  wait_for(id, "delivered");
  auto inbox = json::parse(get("/api/v1/inbox", "student 2").body)->as_object();
  ASSERT_EQ(inbox.at("items").as_array().size(), 1U);
  const auto& item = inbox.at("items").at(0);
  EXPECT_EQ(item.at("id"), json::value(id));
  EXPECT_EQ(item.at("type"), "custom");
  EXPECT_THAT(std::string(item.at("html").as_string()), HasSubstr("&lt;не&gt;"));
  EXPECT_THAT(std::string(item.at("text").as_string()), HasSubstr("<не>"));
  EXPECT_EQ(inbox.at("unread_count"), 1);
}

TEST_P(Apps, inbox_holds_events_messages_for_whom_it_is_switched_on) {
  patch("/api/v1/preferences/2", {{"channels", {{"*", {{"inbox", true}, {"telegram", false}}}}}},
        "student 2");
  happens("homework.assigned", R"("homework_id":1,"student_id":2,"subject":"Физика","description":"№ 12")");
  wait_for_status("2", "delivered");
  auto inbox = json::parse(get("/api/v1/inbox", "student 2").body)->as_object();
  ASSERT_EQ(inbox.at("items").as_array().size(), 1U);
  EXPECT_THAT(std::string(inbox.at("items").at(0).at("html").as_string()), HasSubstr("№ 12"));
  EXPECT_TRUE(texts(chat_of(2)).empty());
}

TEST_P(Apps, stream_tells_of_a_message_at_once_and_goes_on_where_it_broke) {
  Listener first, second;
  listen(first);
  send("inbox", "раз");
  wait_for_events(first, 1);
  EXPECT_THAT(first.events, ElementsAre(HasSubstr("раз")));
  auto last = first.last_id();
  leave(first);
  wait_for(send("inbox", "два"), "delivered");
  wait_for(send("inbox", "три"), "delivered");
  listen(second, last);
  wait_for_events(second, 2);
  EXPECT_THAT(second.events, ElementsAre(HasSubstr("два"), HasSubstr("три")));
  leave(second);
}

TEST_P(Apps, stream_sees_what_another_instance_has_written) {
  Listener listener;
  listen(listener);
  InboxEntry entry;
  entry.id = "from-elsewhere";
  entry.user_id = "2";
  entry.html = entry.plain = entry.title = "x";
  entry.type = "custom";
  run(add_to_inbox(*backends_.database, service_->runtime().rules.secret, entry, clock_.now()));
  auto came = [&] {
    advance(100ms);  // again and again: its first look may still be under way
    return !listener.events.empty();
  };
  until(came, "the stream looks again");
  EXPECT_THAT(listener.events, ElementsAre(HasSubstr("from-elsewhere")));
  leave(listener);
}

class Files : public Apps {
 protected:
  std::string send_file(const std::string& text) {
    const json::object file{
        {"filename", "План.pdf"}, {"content_type", "application/pdf"}, {"content", "JVBERi0xLjcK"}};
    auto answer =
        post("/api/v1/notifications/send",
             {{"user_id", 2}, {"channel", "telegram"}, {"message", text}, {"attachments", json::array{file}}},
             "admin 9");
    EXPECT_EQ(answer.status, 200) << answer.body;
    return std::string(json::parse(answer.body)->as_object().at("notification_id").as_string());
  }
  std::vector<std::string> methods() {
    std::vector<std::string> out;
    for (const auto& sent : bot_->messages(chat_of(2))) out.emplace_back(sent.at("method").as_string());
    return out;
  }
};

TEST_P(Files, go_to_telegram_with_a_short_text_as_their_caption) {
  wait_for(send_file("План на неделю"), "delivered");
  EXPECT_THAT(methods(), ElementsAre("sendDocument"));
  EXPECT_THAT(texts(chat_of(2)), ElementsAre(HasSubstr("План на неделю")));
}

TEST_P(Files, that_fail_do_not_repeat_the_text_before_them) {
  bot_->order({{"kind", "server_error"}, {"chat_id", chat_of(2)}, {"method", "sendDocument"}, {"times", 1}});
  auto id = send_file(std::string(3000, 'x'));
  wait_for_message(
      "2", [&](const Message& m) { return m.id == id && m.status == "pending" && !m.reason.empty(); });
  EXPECT_THAT(methods(), ElementsAre("sendMessage"));
  advance(11s);
  wait_for(id, "delivered");
  EXPECT_THAT(methods(), ElementsAre("sendMessage", "sendDocument"));
}

// A receiver of webhooks that answers what the test wants.
class Hooks : public Apps {
 protected:
  void SetUp() override {
    Apps::SetUp();
    api_ = std::make_unique<http::Api>(clock_, http::ApiSettings{});
    api_->add(http::post("/hook", [this](const http::Request& request) { return take(*this, request); }));
    server_ =
        std::make_unique<http::Server>(loop_, *api_, http::ServerSettings{.host = "127.0.0.1", .port = 0});
    ASSERT_TRUE(server_->start());
    url_ = "http://127.0.0.1:" + std::to_string(server_->port()) + "/hook";
    auto answer = put("/api/v1/contacts/2", {{"webhook_url", url_}}, "student 2");
    ASSERT_EQ(answer.status, 200) << answer.body;
    secret_ = std::string(json::parse(answer.body)->as_object().at("webhook_secret").as_string());
  }
  void TearDown() override {
    run(server_->stop(1s));
    Apps::TearDown();
  }
  static Task<Result<http::Response>> take(Hooks& test, const http::Request& request) {
    test.calls_.push_back(request);
    http::Response out;
    out.status = test.status_;
    if (!test.retry_after_.empty()) out.headers.set("Retry-After", test.retry_after_);
    if (test.status_ == 302) out.headers.set("Location", test.url_);
    co_return out;
  }
  std::string expected_signature(const http::Request& call) const {
    auto key = from_base64url(base64url_of(secret_.substr(6))).value();
    auto text = std::string(call.headers.get("webhook-id")) + "." +
                std::string(call.headers.get("webhook-timestamp")) + "." + call.body;
    return "v1," + base64(hmac_sha256(key, text));
  }
  static std::string base64url_of(std::string text) {
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return text.substr(0, text.find('='));
  }
  bool suspended() {
    return run(load_people(reading(*backends_.database), {"2"}, false))
        .at("2")
        .address(Channel::webhook)
        ->suspended;
  }

  std::unique_ptr<http::Api> api_;
  std::unique_ptr<http::Server> server_;
  std::string url_, secret_, retry_after_;
  int status_ = 204;
  std::vector<http::Request> calls_;
};

TEST_P(Hooks, get_a_signed_message) {
  auto id = send("webhook", "Занятия\nне будет");
  wait_for(id, "delivered");
  ASSERT_EQ(calls_.size(), 1U);
  const auto& call = calls_.front();
  EXPECT_EQ(call.headers.get("webhook-id"), id);
  EXPECT_EQ(call.headers.get("webhook-signature"), expected_signature(call));
  auto body = json::parse(call.body)->as_object();
  EXPECT_EQ(body.at("id"), json::value(id));
  EXPECT_EQ(body.at("user_id"), 2);
  EXPECT_EQ(body.at("text"), "Занятия\nне будет");
  EXPECT_THAT(std::string(body.at("html").as_string()), HasSubstr("Занятия<br>не будет"));
}

TEST_P(Hooks, that_are_gone_are_not_called_again) {
  status_ = 410;
  wait_for(send("webhook", "x"), "failed");
  EXPECT_TRUE(suspended());
  EXPECT_THAT(send("webhook", "y"), HasSubstr("address_suspended"));
  EXPECT_EQ(calls_.size(), 1U);
}

TEST_P(Hooks, are_given_the_time_they_ask_for) {
  status_ = 429;
  retry_after_ = "7";
  auto id = send("webhook", "x");
  wait_for_message("2", [&](const Message& m) { return m.id == id && m.reason == "HTTP 429"; });
  status_ = 200;
  advance(6s);
  settle();
  EXPECT_EQ(calls_.size(), 1U);
  advance(1s);
  wait_for(id, "delivered");
  EXPECT_EQ(calls_.at(0).headers.get("webhook-id"), calls_.at(1).headers.get("webhook-id"));
}

TEST_P(Hooks, that_refuse_or_redirect_keep_their_address_and_are_not_followed) {
  status_ = 302;
  wait_for(send("webhook", "x"), "failed");
  status_ = 400;
  wait_for(send("webhook", "y"), "failed");
  EXPECT_EQ(calls_.size(), 2U);
  EXPECT_FALSE(suspended());
}

TEST_P(Hooks, that_break_are_tried_again) {
  status_ = 500;
  auto id = send("webhook", "x");
  wait_for_message("2", [&](const Message& m) { return m.id == id && m.reason == "HTTP 500"; });
  status_ = 200;
  advance(11s);
  wait_for(id, "delivered");
}

constexpr auto name = [](const auto& info) { return info.param; };
INSTANTIATE_TEST_SUITE_P(Backends, Apps, testing::Values("embedded", "distributed"), name);
INSTANTIATE_TEST_SUITE_P(Backends, Files, testing::Values("embedded", "distributed"), name);
INSTANTIATE_TEST_SUITE_P(Backends, Hooks, testing::Values("embedded", "distributed"), name);

}  // namespace
}  // namespace rb::notification
