#include "log/log.hpp"

#include <gmock/gmock.h>
#include <spdlog/logger.h>
#include <unistd.h>

#include <limits>

#include "log/capture.hpp"
#include "log/line.hpp"
#include "log/sink.hpp"

namespace rb::log {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string json(std::string_view message, Fields fields) {
  return to_json({std::chrono::system_clock::time_point(std::chrono::milliseconds(1'767'348'000'045)),
                  Level::info, "notification-service", message, fields});
}

TEST(LogLine, is_one_json_object_with_typed_fields) {
  EXPECT_EQ(json("event accepted", {{"event_id", "e1"}, {"size", 7U}, {"late", true}, {"seconds", 0.25}}),
            R"({"time":"2026-01-02T10:00:00.045Z","level":"info","service":"notification-service",)"
            R"("message":"event accepted","event_id":"e1","size":7,"late":true,"seconds":0.25})");
}

TEST(LogLine, escapes_quotes_controls_and_bytes_that_are_not_utf8) {
  EXPECT_THAT(json("a\"b\\c\nd\x01", {}), HasSubstr(R"("message":"a\"b\\c\nd\u0001")"));
  EXPECT_THAT(json("Аня", {}), HasSubstr(R"("message":"Аня")"));
  EXPECT_THAT(json("x\xD0y", {}), HasSubstr(R"("message":"x\ufffdy")"));
}

TEST(LogLine, writes_numbers_that_json_lacks_as_text) {
  EXPECT_THAT(json("m", {{"rate", std::numeric_limits<double>::infinity()}}), HasSubstr(R"("rate":"inf")"));
}

TEST(LogLine, masks_fields_that_carry_secrets) {
  for (std::string_view name : {"token", "bot_token", "Password", "Authorization", "client_secret"})
    EXPECT_THAT(json("m", {{name, "hunter2"}}), HasSubstr("\":\"***\"}")) << name;
  EXPECT_THAT(json("m", {{"tok", "plain"}}), HasSubstr("plain"));
}

TEST(LogLine, stays_one_line_when_it_is_made_for_people) {
  auto text = to_readable({{}, Level::warn, "bot", "two\nlines", {{"user_id", 7}}});
  EXPECT_THAT(text, HasSubstr("two\\nlines"));
  EXPECT_THAT(text, HasSubstr("user_id=\x1b[0m7"));
  EXPECT_EQ(text.find('\n'), std::string::npos);
}

TEST(Log, says_nothing_below_its_level) {
  Capture capture;
  start({.service = "s", .level = Level::warn});
  info("quiet");
  warn("loud");
  start({});
  EXPECT_THAT(capture.lines, ElementsAre(HasSubstr("loud")));
}

TEST(Log, names_the_service_that_speaks) {
  Capture capture;
  info("first");
  start({.service = "telegram-bot"});
  info("second");
  start({});
  EXPECT_THAT(capture.lines,
              ElementsAre(HasSubstr(R"("service":"repitbot")"), HasSubstr(R"("service":"telegram-bot")")));
}

TEST(Log, reads_the_names_of_levels) {
  EXPECT_EQ(parse_level("WARNING"), Level::warn);
  EXPECT_EQ(parse_level("debug"), Level::debug);
  EXPECT_EQ(parse_level("loud"), std::nullopt);
}

class Pipe {
 public:
  Pipe() { EXPECT_EQ(::pipe(ends_), 0); }
  ~Pipe() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }
  int input() const { return ends_[1]; }
  std::string read() const {
    std::string out(1 << 16, '\0');
    auto size = ::read(ends_[0], out.data(), out.size());
    out.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return out;
  }

 private:
  int ends_[2] = {-1, -1};
};

TEST(WriterSink, writes_what_gathered_without_being_asked) {
  Pipe pipe;
  WriterSink sink(pipe.input());
  sink.log({"l", spdlog::level::info, "one"});
  EXPECT_EQ(pipe.read(), "one\n");  // blocks until the thread has written
}

TEST(WriterSink, loses_nothing_when_it_ends) {
  Pipe pipe;
  {
    WriterSink sink(pipe.input());
    for (int i = 0; i < 3; ++i) sink.log({"l", spdlog::level::info, "line"});
  }
  EXPECT_EQ(pipe.read(), "line\nline\nline\n");
}

TEST(WriterSink, keeps_lines_whole_and_in_order_when_many_threads_write) {
  Pipe pipe;
  {
    WriterSink sink(pipe.input());
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&] {
        for (int i = 0; i < 100; ++i) {
          sink.log({"l", spdlog::level::info, "0123456789"});
          if (i % 10 == 0) sink.flush();
        }
      });
    for (auto& thread : threads) thread.join();
  }
  auto text = pipe.read();
  EXPECT_EQ(text.size(), 4400U);
  for (std::size_t at = 0; at < text.size(); at += 11) ASSERT_EQ(text.substr(at, 11), "0123456789\n");
}

}  // namespace
}  // namespace rb::log
