#include "tests/api_fixture.hpp"

namespace rb::notification {
namespace {

config::AppSettings settings(const char* secret) {
  config::Variables variables{{"JWT_SECRET_KEY", secret}, {"PUBLIC_URL", "https://school.example"}};
  return config::read_settings(config::Source(std::move(variables))).value();
}

Person with_role(std::string id, std::string name, Audience role) {
  Person out;
  out.id = std::move(id);
  out.full_name = std::move(name);
  out.roles = {role};
  out.addresses = {{Channel::telegram, "50" + out.id, false, ""},
                   {Channel::email, "user" + out.id + "@example.test", false, ""}};
  return out;
}

std::vector<std::string> add_school(Directory& directory) {
  for (auto [id, tutor, parent] : {std::tuple{"2", "1", "3"}, std::tuple{"5", "6", "7"}}) {
    auto student = with_role(id, "Аня Ким", Audience::student);
    student.tutors = {tutor};
    student.parents = {parent};
    student.minor = true;
    directory.add(std::move(student));
    auto guardian = with_role(parent, "Вера Ким", Audience::parent);
    guardian.children = {id};
    directory.add(std::move(guardian));
    directory.add(with_role(tutor, "Ольга Ли", Audience::tutor));
  }
  directory.add(with_role("9", "Мария Орлова", Audience::admin));
  return {"1", "2", "3", "5", "6", "7", "9"};
}

}  // namespace

ApiFixture::ApiFixture() {
  database_ = wait(db::open(loop_, {.url = "sqlite://:memory:"}));
  bus_ = bus::embedded_bus({loop_, clock_, *database_, [](const std::string& task, const std::string& what) {
                              ADD_FAILURE() << task << ": " << what;
                            }});
  service_ = wait(Service::create({loop_, clock_, *database_, *bus_, registry_, settings(kSecret), kSecret}));
  wait(bus_->start());
  in_transaction([](db::Transaction& tx) {
    Directory directory;
    auto ids = add_school(directory);
    save_people(tx, directory, ids, start_of_time());
  });
}

ApiFixture::~ApiFixture() {
  wait(bus_->stop());
  service_.reset();
  bus_.reset();
  wait(database_->close());
}

void ApiFixture::in_transaction(std::function<void(db::Transaction&)> body) {
  wait(database_->transaction([&](db::Transaction& tx) -> Task<> {
    body(tx);
    co_return;
  }));
}

std::string ApiFixture::message_for(const std::string& user, const std::string& type) {
  Message message;
  message.id = runtime().new_id();
  message.key = message.id;
  message.user_id = user;
  message.type = type;
  message.channel = Channel::telegram;
  message.status = "failed";
  message.reason = "chat not found";
  message.created = message.due = message.event_at = clock_.now();
  wait(database_->transaction(
      [&](db::Transaction& tx) -> Task<> { co_await insert_messages(tx, {message}); }));
  return message.id;
}

Person ApiFixture::person(const std::string& id) {
  return wait(load_people(reading(*database_), {id}, false)).at(id);
}

std::vector<Message> ApiFixture::messages_of_user(const std::string& user) {
  return wait(messages_of(reading(*database_), {.user_id = user}));
}

}  // namespace rb::notification
