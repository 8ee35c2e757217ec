#include "bus_fixture.hpp"

namespace rb::bus {

using namespace std::chrono_literals;

void BusFixture::SetUp() {
  auto pattern = (std::filesystem::temp_directory_path() / "bus-test-XXXXXX").string();
  ASSERT_NE(mkdtemp(pattern.data()), nullptr);
  folder_ = pattern;
  db_ = wait(db::open(loop_, {.url = "sqlite:///" + folder_.string() + "/test.sqlite3"}));
}

void BusFixture::TearDown() {
  wait(db_->close());
  db_.reset();
  std::filesystem::remove_all(folder_);
}

Deps BusFixture::deps() {
  return {loop_, clock_, *db_,
          [this](const std::string&, const std::string& what) { errors_.push_back(what); }};
}

std::unique_ptr<EventBus> BusFixture::new_rabbit_bus(RabbitSettings settings) {
  return rabbit_bus(deps(), std::move(settings), "test");
}

BusFixture::Running BusFixture::start(std::unique_ptr<EventBus> bus) {
  bus_ = std::move(bus);
  wait(bus_->start());
  return Running(*this);
}

void BusFixture::stop() {
  if (!bus_) return;
  wait(bus_->stop());
  bus_.reset();
}

Consumer BusFixture::acknowledge_into(Log& log) {
  return [&log](Batch batch) -> Task<> {
    for (auto& delivery : batch) {
      log.push_back(delivery->message().body + (delivery->redelivered() ? "*" : ""));
      delivery->ack();
    }
    co_return;
  };
}

void BusFixture::publish(EventBus& bus, std::vector<Message> messages) {
  wait(db_->transaction([&](db::Transaction& tx) -> Task<> {
    for (const auto& message : messages) bus.publish(tx, message);
    co_return;
  }));
  bus.flush();
}

std::vector<Message> BusFixture::numbered(int from, int to, const std::string& key) {
  std::vector<Message> out;
  for (const auto& body : numbers(from, to)) out.push_back({.routing_key = key, .body = body});
  return out;
}

BusFixture::Log BusFixture::numbers(int from, int to) {
  Log out;
  for (int i = from; i < to; ++i) out.push_back(std::to_string(i));
  return out;
}

void BusFixture::until(const std::function<bool()>& condition, std::chrono::seconds patience) {
  auto look = [](BusFixture& test, const std::function<bool()>& holds, Time deadline) -> Task<bool> {
    while (!holds()) {
      if (test.clock_.now() > deadline) co_return false;
      co_await net::sleep_for(test.loop_, test.clock_, 5ms);
    }
    co_return true;
  };
  ASSERT_TRUE(wait(look(*this, condition, clock_.now() + patience))) << "waited in vain";
}

}  // namespace rb::bus
