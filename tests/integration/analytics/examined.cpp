#include "examined.hpp"

#include "auth/jwt.hpp"
#include "difference.hpp"
#include "http/api.hpp"
#include "json/json.hpp"
#include "testkit/servers.hpp"
#include "tests/written.hpp"
#include "time/iso.hpp"

namespace rb::analytics {
namespace {

// Only the members that are expected: summaries of charts say some things in words.
json::value only_those_of(const json::value& got, const json::value& expected) {
  json::object out;
  for (const auto& member : expected.as_object())
    if (const auto* value = got.as_object().if_contains(member.key())) out.emplace(member.key(), *value);
  return out;
}

json::array rows_in_utc(const json::array& got, const json::array& expected) {
  json::array out;
  for (const auto& row : got) {
    auto kept = expected.empty() ? row.as_object() : only_those_of(row, expected.front()).as_object();
    for (auto& [name, value] : kept)
      if (value.is_string() && name.ends_with("at"))
        value = format_iso(parse_iso(std::string(value.as_string()), Zone::utc()).value());
    out.push_back(std::move(kept));
  }
  return out;
}

}  // namespace

void Examined::open(std::uint32_t seed, const Era& era, std::size_t events) {
  seed_ = seed;
  era_ = era;
  random_.seed(seed);
  clock_.set(era.until());
  if (!embedded())
    environment_["REDIS_URL"] = testkit::fresh_redis_url();  // what is cached outlives a restart
  School::SetUp();
  history_ = messy_history(seed, era, events);
}

http::Response Examined::answer_to(http::Request request, const std::string& role, const std::string& id) {
  auth::Identity who{id, {auth::parse_role(role).value()}, {}, clock_.now() + std::chrono::hours(1)};
  auto token = auth::make_token(who, environment_.at("JWT_SECRET_KEY"), clock_.now());
  request.headers.set("Authorization", "Bearer " + token);
  request.remote = "127.0.0.1";
  auto question = request.target.find('?');
  request.path = request.target.substr(0, question);
  if (question != std::string::npos)
    request.query = http::parse_form(request.target.substr(question + 1)).value();
  auto response = run(service_->api().handle(request));
  if (response.stream) {
    Written out;
    run(response.stream(out));
    response.body = std::move(out.text);
  }
  return response;
}

std::string Examined::as_array(const std::vector<Told>& events) {
  std::string out;
  for (const auto& told : events) out += (out.empty() ? "[" : ",") + told.body;
  return out + "]";
}

json::value Examined::ask(const Asked& asked) {
  http::Request request;
  request.target = asked.target();
  auto response = answer_to(std::move(request), asked.role, asked.id);
  EXPECT_EQ(response.status, 200) << asked.target() << " of " << asked.role << " " << asked.id << ": "
                                  << response.body;
  return response.status == 200 ? json::parse(response.body).value() : nullptr;
}

json::value Examined::post(const std::string& target, const std::string& body) {
  http::Request request;
  request.method = http::Method::post;
  request.target = target;
  request.body = body;
  request.headers.set("Content-Type", "application/json");
  auto response = answer_to(std::move(request), "admin", "9");
  EXPECT_LT(response.status, 300) << target << ": " << response.body;
  return json::parse(response.body).value_or(nullptr);
}

void Examined::know(const std::vector<Told>& events) {
  for (const auto& told : events) {
    auto event = understood(told);
    known_.emplace(event.source + " " + event.id, std::move(event));
  }
  std::vector<events::Event> all;
  erased_ = false;
  for (const auto& [key, event] : known_) {
    all.push_back(event);
    erased_ = erased_ || event.type == "user.deleted";
  }
  read_ = plain::read_history(plain::without_erased(std::move(all)));
}

// Without the moment at which it was made, and without an order where none is promised.
json::value Examined::comparable(json::value answer, const Asked& asked) const {
  if (answer.is_object())
    for (const auto* made : {"generated_at", "as_of"}) answer.as_object().erase(made);
  if (asked.path == "analytics/dashboard/parent")
    for (const auto* period : {"data", "previous"})
      if (auto* data = answer.as_object().if_contains(period))
        data->at("payment_history") = unordered(data->at("payment_history"));
  return erased_ || answer.is_array() ? unordered(answer) : answer;
}

void Examined::expect_plain(const Asked& asked) {
  auto got = ask(asked);
  if (got.is_null()) return;
  auto expected = plain_answer(read_, asked, clock_.now());
  if (asked.path.starts_with("charts/")) {
    EXPECT_FALSE(got.at("chart").at("layout").as_object().empty());
    got.as_object().erase("chart");
    got.at("summary") = only_those_of(got.at("summary"), expected.at("summary"));
    // Whoever earned most is the first of equals by id, which a pseudonym changes.
    if (erased_ && asked.path == "charts/tutors/earnings")
      got.at("summary").at("top_earner") = expected.at("summary").at("top_earner");
    if (asked.path == "charts/students/progress") {
      got.at("data") = unordered(got.at("data"));
      expected.at("data") = unordered(expected.at("data"));
    }
  }
  if (got.is_array()) got = rows_in_utc(got.as_array(), expected.as_array());
  auto differs = difference(comparable(got, asked), comparable(expected, asked));
  if (differs.empty()) return;
  ADD_FAILURE() << "--gtest_random_seed=" << GTEST_FLAG_GET(random_seed) << ", " << era_.name << ", "
                << GetParam() << ", " << known_.size() << " events\n"
                << asked.target() << " of " << asked.role << " " << asked.id << " at "
                << format_iso(clock_.now()) << "\n"
                << differs;
}

}  // namespace rb::analytics
