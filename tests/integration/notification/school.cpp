#include "school.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ids.hpp"
#include "base/strings.hpp"
#include "store/messages.hpp"
#include "testkit/servers.hpp"
#include "time/iso.hpp"

namespace rb::notification {

void School::SetUp() {
  if (bot_ == nullptr) bot_ = new testkit::BotApi();  // one for the whole program; ends with it
  bot_->reset();
  folder_ = std::filesystem::temp_directory_path() / ("school-" + hex(random_bytes(6)));
  std::filesystem::create_directories(folder_);
  environment_ = {{"BOT_TOKEN", std::string(testkit::BotApi::token)},
                  {"TELEGRAM_API_URL", bot_->url()},
                  {"JWT_SECRET_KEY", "a-secret-of-the-tests-with-enough-bytes"},
                  {"NOTIFICATION_RETRY_DELAY", "10"},
                  {"DATABASE_URL", embedded() ? "sqlite:///" + (folder_ / "school.sqlite3").string()
                                              : testkit::fresh_postgres_url()}};
  if (!embedded()) environment_["RABBITMQ_URL"] = testkit::fresh_rabbitmq_url();
  start();
  // Tutor 1; student 2 with mother 3 and father 4, who has mail only.
  happens("user.registered", R"("user_id":1,"role":"tutor","full_name":"Ольга Ли","telegram_id":500000001)");
  happens(
      "user.registered",
      R"("user_id":2,"role":"student","full_name":"Аня Ким","telegram_id":500000002,"address_form":"ты","tutor_ids":[1])");
  happens(
      "user.registered",
      R"("user_id":3,"role":"parent","full_name":"Вера Ким","telegram_id":500000003,"email":"vera@example.test","children_ids":[2])");
  happens(
      "user.registered",
      R"("user_id":4,"role":"parent","full_name":"Пётр Ким","email":"petr@example.test","children_ids":[2])");
  for (const auto* user : {"1", "2", "3", "4"}) wait_for_status(user, "delivered");
  bot_->reset();
}

void School::TearDown() {
  if (service_) stop();
  std::filesystem::remove_all(folder_);
}

void School::start() {
  config::Variables variables(environment_.begin(), environment_.end());
  auto settings = config::read_settings(config::Source(std::move(variables)));
  ASSERT_TRUE(settings) << settings.error().message;
  settings->process.notification_port = port_;
  registry_ = std::make_unique<metrics::Registry>();
  backends_ = run(service::Backends::open(loop_, clock_, *settings, "notification"));
  service_ = run(Service::create({loop_, clock_, database(), *backends_.bus, *registry_, *settings,
                                  settings->jwt.secret, backends_.cache.get()}));
  run(backends_.bus->start());
  auto started = service_->start();
  ASSERT_TRUE(started) << started.error().message;
  port_ = service_->port();
}

void School::stop() {
  run(service_->stop());
  run(backends_.bus->stop());
  run(backends_.database->close());
  service_.reset();
  backends_ = {};
}

// Asked between runs of the loop, so that the question may run it itself.
void School::until(const std::function<bool()>& done, const char* what) {
  SystemClock real;
  auto deadline = real.now() + std::chrono::seconds(10);
  while (!done()) {
    if (real.now() > deadline) throw std::runtime_error(std::string("never happened: ") + what);
    run(net::sleep_for(loop_, real, std::chrono::milliseconds(2)));
  }
}

// What a schedule makes in the first round is planned until the second and goes out in the third.
void School::settle() {
  for (int round = 0; round < 3; ++round) {
    clock_.advance(Micros(1));
    auto done = [&] {
      backends_.bus->wake(kDeliveryTopic);  // again: a look while a message is under way does not count
      return service_->done_until() >= clock_.now();
    };
    until(done, "all that is due has been tried");
  }
}

void School::publish_raw(const std::string& routing_key, const std::string& body) {
  bus::Message message;
  message.routing_key = routing_key;
  message.body = body;
  run(backends_.database->transaction([&](db::Transaction& tx) -> Task<> {
    backends_.bus->publish(tx, message);
    co_return;
  }));
  backends_.bus->flush();
}

double School::events_taken() const {
  double sum = 0;
  for (const auto& line : split(registry_->text(), '\n'))
    if (line.starts_with("repitbot_events_total")) sum += std::stod(line.substr(line.rfind(' ')));
  return sum;
}

void School::happens(const std::string& type, const std::string& data, const std::string& id) {
  newest_type_ = type;
  auto name = id.empty() ? "e" + std::to_string(++events_) : id;
  auto before = events_taken();
  publish_raw(
      type,
      fmt::format(
          R"({{"specversion":"1.0","id":"{}","source":"/school","type":"{}","time":"{}","data":{{{}}}}})",
          name, type, format_iso(clock_.now()), data));
  until([&] { return events_taken() > before; }, "the event is taken");
  clock_.advance(std::chrono::seconds(1));  // so that what comes later is newer
}

std::vector<Message> School::messages_of_user(const std::string& user) {
  return run(messages_of(reading(*backends_.database), {.user_id = user}));
}

Message School::only_message(const std::string& user) {
  auto all = messages_of_user(user);
  std::erase_if(all, [&](const Message& m) { return m.type != newest_type_; });
  EXPECT_EQ(all.size(), 1U);
  return all.empty() ? Message{} : all.front();
}

void School::wait_for_message(const std::string& user, const std::function<bool(const Message&)>& fits) {
  SystemClock real;
  auto deadline = real.now() + std::chrono::seconds(10);
  for (;;) {
    auto all = messages_of_user(user);
    if (std::ranges::any_of(all, fits)) return;
    ASSERT_LT(real.now(), deadline) << "the message never came so far: " << user << ", "
                                    << (all.empty() ? "none" : all.front().status + " " + all.front().reason);
    run(net::sleep_for(loop_, real, std::chrono::milliseconds(2)));
  }
}

void School::wait_for_status(const std::string& user, const std::string& status) {
  auto type = newest_type_;
  wait_for_message(user, [&](const Message& m) { return m.status == status && m.type == type; });
}

std::vector<std::string> School::texts(std::int64_t chat) {
  std::vector<std::string> out;
  for (const auto& message : bot_->messages(chat)) out.emplace_back(message.at("text").as_string());
  return out;
}

}  // namespace rb::notification
