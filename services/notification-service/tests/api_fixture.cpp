#include "tests/api_fixture.hpp"

#include "base/strings.hpp"

namespace rb::notification {
namespace {

const std::string kSecret = "a-secret-of-the-tests-with-enough-bytes";
const Time kNow = std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + std::chrono::hours(12);

config::AppSettings settings() {
  config::Variables variables{{"JWT_SECRET_KEY", kSecret}, {"PUBLIC_URL", "https://school.example"}};
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

ApiFixture::ApiFixture() : clock_(kNow) {
  database_ = wait(db::open(loop_, {.url = "sqlite://:memory:"}));
  bus_ = bus::embedded_bus({loop_, clock_, *database_, [](const std::string& task, const std::string& what) {
                              ADD_FAILURE() << task << ": " << what;
                            }});
  service_ = wait(Service::create({loop_, clock_, *database_, *bus_, registry_, settings(), kSecret}));
  wait(bus_->start());
  in_transaction([](db::Transaction& tx) {
    Directory directory;
    auto ids = add_school(directory);
    save_people(tx, directory, ids, kNow);
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

std::string ApiFixture::token(const std::string& who) {
  auto parts = split(who, ' ');
  auth::Identity identity{
      parts.at(1), {auth::parse_role(parts.at(0)).value()}, {}, kNow + std::chrono::hours(1)};
  return auth::make_token(identity, kSecret, kNow);
}

Answered ApiFixture::ask(http::Method method, const std::string& target, const json::value& body,
                         const std::string& who) {
  http::Request request;
  request.method = method;
  request.target = target;
  if (!body.is_null()) {
    request.body = json::to_text(body);
    request.headers.set("Content-Type", "application/json");
  }
  if (!who.empty()) request.headers.set("Authorization", "Bearer " + token(who));
  return answer(std::move(request));
}

Answered ApiFixture::answer(http::Request request) {
  auto question = request.target.find('?');
  request.path = request.target.substr(0, question);
  if (question != std::string::npos)
    request.query = http::parse_form(request.target.substr(question + 1)).value();
  request.remote = "127.0.0.1";
  auto response = wait(api().handle(request));
  Answered out{response.status, response.headers, response.body, nullptr};
  if (auto parsed = json::parse(response.body)) out.body = *parsed;
  return out;
}

std::string ApiFixture::problems(const Answered& a) {
  EXPECT_EQ(a.status, 422) << a.text;
  std::string out;
  for (const auto& e : a.body.at("errors").as_array())
    out += std::string(e.at("field").as_string()) + " " + std::string(e.at("reason").as_string()) + "; ";
  return out;
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

void ApiFixture::until(const std::function<bool()>& done) {
  SystemClock real;
  auto deadline = real.now() + std::chrono::seconds(5);
  while (!done()) {
    ASSERT_LT(real.now(), deadline) << "never happened";
    wait(net::sleep_for(loop_, real, std::chrono::milliseconds(2)));
  }
}

}  // namespace rb::notification
