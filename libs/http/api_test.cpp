#include "http/api.hpp"

#include <gmock/gmock.h>

#include "net/loop.hpp"

namespace school {

struct NoteQuery {
  std::string id;
  int limit = 50;
  std::vector<std::string> status;
};
BOOST_DESCRIBE_STRUCT(NoteQuery, (), (id, limit, status))
rb::json::Rules rules(const NoteQuery*) {
  using rb::json::rule;
  return {rule("id").integer_or_text(), rule("limit").range(1, 100).defaulted(), rule("status").defaulted()};
}

struct Order {
  std::string id;
  std::string item;
};
BOOST_DESCRIBE_STRUCT(Order, (), (id, item))
rb::json::Rules rules(const Order*) { return {rb::json::rule("item").length(1, 10)}; }

struct Shop {
  int orders = 0;
};

}  // namespace school

namespace rb::http {
namespace {

using namespace std::chrono_literals;
using school::NoteQuery;
using school::Order;
using school::Shop;

// Answers kept in a map: what a service keeps in its database.
class KeptInMemory final : public IdempotencyStore {
 public:
  Task<Claim> claim(std::string key, std::string fingerprint) override {
    auto [found, fresh] = rows.try_emplace(key, Row{fingerprint, {}});
    if (fresh) co_return Claim{};
    if (found->second.fingerprint != fingerprint) co_return Claim{State::different, {}};
    if (!found->second.answer) co_return Claim{State::in_flight, {}};
    co_return Claim{State::kept, found->second.answer};
  }
  Task<> finish(std::string key, KeptAnswer answer) override {
    rows.at(key).answer = std::move(answer);
    co_return;
  }
  Task<> abandon(std::string key) override {
    rows.erase(key);
    co_return;
  }
  struct Row {
    std::string fingerprint;
    std::optional<KeptAnswer> answer;
  };
  std::map<std::string, Row> rows;
};

Result<Caller> check_token(std::string_view token) {
  if (token == "anna") return Caller{"anna", {"tutor"}, {}};
  if (token == "root") return Caller{"root", {"admin"}, {}};
  return fail(Errc::unauthorized, "the token is not valid");
}

Task<Result<Caller>> check_ticket(std::string ticket) {
  if (ticket != "once") co_return fail(Errc::unauthorized, "the ticket is not valid");
  Caller caller{"anna", {"tutor"}, {}};
  co_return caller;
}

Task<Result<NoteQuery>> list(NoteQuery query) { co_return query; }
Task<Result<Order>> order(Shop& shop, Order in) {
  ++shop.orders;
  co_return in;
}
Task<Result<Reply<Order>>> create(Shop&, const Request& request, Order in) {
  in.item = request.who().subject;
  co_return Reply<Order>{in, 201, {{"Location", "/x"}}};
}
Task<Result<Ready<Order>>> ready() { co_return Ready<Order>{R"({"id":"1"})", {{"X-Cache", "hit"}}}; }
Task<Result<void>> remove(Shop&, const Request& request) {
  if (request.path_param("id") != "7") co_return fail(Errc::not_found, "there is no such order");
  co_return Result<void>();
}
Task<Result<json::value>> free_json(json::value body) { co_return body; }
struct Upload {
  std::optional<std::string> text;
  bool dry_run = false;
};
BOOST_DESCRIBE_STRUCT(Upload, (), (text, dry_run))
inline json::Rules rules(const Upload*) { return {json::rule("dry_run").defaulted()}; }
Task<Result<std::string>> upload(const Request& request, Upload in) {
  co_return (in.dry_run ? "dry:" : "wet:") + in.text.value_or(request.body);
}
Task<Result<std::string>> pay(Shop& shop) {
  if (++shop.orders == 1) throw Unavailable("the bank is away");
  co_return "paid";
}
Task<Result<std::string>> crash() {
  throw std::runtime_error("secret detail");
  co_return "";
}
Task<Result<std::string>> whole_path(const Request& request) { co_return request.path_param("rest"); }
Task<Result<std::string>> literal() { co_return "literal"; }

class ApiTest : public testing::Test {
 protected:
  ApiTest() { make({}); }

  void make(ApiSettings settings) {
    settings.authenticate = check_token;
    settings.redeem_ticket = check_ticket;
    settings.on_failure = [this](std::string_view, std::string_view what) { failures.emplace_back(what); };
    api.emplace(clock, std::move(settings), &kept);
    api->provide(shop);
    api->add(get("/notes/{id}", &list).roles({"admin", "tutor"}).alias("/old-notes/{id}"));
    api->add(get("/notes/special", [] { return literal(); }));
    api->add(post("/orders/{id}", &order).roles({"tutor"}));
    api->add(put("/orders/{id}", &create).authenticated().status(200));
    api->add(get("/ready", &ready));
    api->add(del("/orders/{id}", &remove));
    api->add(post("/free", &free_json).form());
    api->add(post("/upload", &upload).raw("text/csv"));
    api->add(post("/pay", &pay).authenticated());
    api->add(get("/crash", [] { return crash(); }));
    api->add(get("/files/{rest*}", &whole_path));
    api->add(get("/stream", [] { return literal(); }).ticket().roles({"tutor"}));
  }

  Response ask(Method method, const std::string& path, std::string body = "", Headers headers = {}) {
    Request request;
    request.method = method;
    request.target = path;
    request.path = path.substr(0, path.find('?'));
    request.query =
        parse_form(path.find('?') == std::string::npos ? "" : path.substr(path.find('?') + 1)).value();
    request.body = std::move(body);
    request.headers = std::move(headers);
    request.remote = "127.0.0.1";
    return loop.run_until(api->handle(request));
  }

  static Headers as(const std::string& who, const std::string& key = "") {
    Headers out{{"Authorization", "Bearer " + who}};
    if (!key.empty()) out.add("Idempotency-Key", key);
    return out;
  }

  net::Loop loop{[](const std::string& task, const std::string& what) { ADD_FAILURE() << task << what; }};
  ManualClock clock{Time(1'700'000'000s)};
  KeptInMemory kept;
  Shop shop;
  std::vector<std::string> failures;
  std::optional<Api> api;
};

TEST_F(ApiTest, reads_input_from_path_and_query) {
  auto answer = ask(Method::get, "/notes/42?limit=5&status=a&status=b&other=1", "", as("anna"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"id":42,"limit":5,"status":["a","b"]})");
}

TEST_F(ApiTest, sends_what_is_written_already_as_it_is) {
  auto answer = ask(Method::get, "/ready");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"id":"1"})");
  EXPECT_EQ(answer.headers.get("Content-Type"), "application/json");
  EXPECT_EQ(answer.headers.get("X-Cache"), "hit");
  EXPECT_EQ(api->find(Method::get, "/ready")->output, &json::type_of<Order>()) << "as the document tells it";
}

TEST_F(ApiTest, answers_aliases_like_the_path_itself) {
  EXPECT_EQ(ask(Method::get, "/old-notes/1", "", as("anna")).status, 200);
}

TEST_F(ApiTest, reads_input_of_a_post_from_path_and_body_and_not_from_the_query) {
  auto answer = ask(Method::post, "/orders/a%20b?item=query", R"({"item":"pen","id":"body"})", as("anna"));
  EXPECT_EQ(answer.body, R"({"id":"a b","item":"pen"})");
  EXPECT_EQ(ask(Method::post, "/orders/1?item=query", "", as("anna")).status, 422);
}

TEST_F(ApiTest, answers_wrong_input_with_a_problem_that_names_the_fields) {
  auto answer = ask(Method::get, "/notes/1?limit=500", "", as("anna"));
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.headers.get("Content-Type"), "application/problem+json");
  auto body = json::parse(answer.body).value();
  EXPECT_EQ(body.at("type"), "urn:repitbot:problem:invalid");
  EXPECT_EQ(body.at("instance"), "/notes/1");
  EXPECT_EQ(body.at("request_id"), json::value(answer.headers.get("X-Request-ID")));
  EXPECT_EQ(json::to_text(body.at("errors")), R"([{"field":"limit","reason":"must be between 1 and 100"}])");
}

TEST_F(ApiTest, tells_broken_json_from_wrong_content_types) {
  EXPECT_EQ(ask(Method::post, "/orders/1", "{", as("anna")).status, 400);
  auto headers = as("anna");
  headers.add("Content-Type", "text/plain");
  EXPECT_EQ(ask(Method::post, "/orders/1", "{}", headers).status, 415);
  EXPECT_EQ(ask(Method::post, "/free", "a=1", {{"Content-Type", "application/x-www-form-urlencoded"}}).status,
            200);
}

TEST_F(ApiTest, takes_and_gives_free_json) {
  EXPECT_EQ(ask(Method::post, "/free", "[1,{\"a\":null}]").body, "[1,{\"a\":null}]");
}

TEST_F(ApiTest, answers_with_status_and_headers_of_a_reply) {
  auto answer = ask(Method::put, "/orders/1", R"({"item":"x"})", as("anna"));
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.headers.get("Location"), "/x");
  EXPECT_EQ(ask(Method::delete_, "/orders/7").status, 204);
  EXPECT_EQ(ask(Method::delete_, "/orders/8").status, 404);
}

TEST_F(ApiTest, takes_a_raw_body_with_the_rest_in_the_query) {
  Headers csv{{"Content-Type", "text/csv; charset=utf-8"}};
  EXPECT_EQ(ask(Method::post, "/upload?dry_run=true", "a;b", csv).body, "\"dry:a;b\"");
  EXPECT_EQ(ask(Method::post, "/upload?dry_run=true", R"({"text":"x"})").body, "\"wet:x\"");
  EXPECT_EQ(ask(Method::post, "/upload?dry_run=maybe", "a", csv).status, 422);
  EXPECT_EQ(ask(Method::post, "/upload", "a", {{"Content-Type", "text/xml"}}).status, 415);
}

TEST_F(ApiTest, demands_a_token_and_a_role) {
  auto nobody = ask(Method::get, "/notes/1");
  EXPECT_EQ(nobody.status, 401);
  EXPECT_EQ(nobody.headers.get("WWW-Authenticate"), "Bearer realm=\"repitbot\"");
  EXPECT_EQ(ask(Method::get, "/notes/1", "", as("mallory")).status, 401);
  EXPECT_EQ(ask(Method::post, "/orders/1", "{}", as("root")).status, 403);
  EXPECT_EQ(ask(Method::get, "/notes/1", "", {{"authorization", "bearer root"}}).status, 200);
}

TEST_F(ApiTest, takes_a_ticket_only_where_one_is_allowed) {
  EXPECT_EQ(ask(Method::get, "/stream?ticket=once").status, 200);
  EXPECT_EQ(ask(Method::get, "/stream?ticket=twice").status, 401);
  EXPECT_EQ(ask(Method::get, "/notes/1?ticket=once").status, 401);
}

TEST_F(ApiTest, prefers_literal_segments_and_tells_unknown_paths_from_wrong_methods) {
  EXPECT_EQ(ask(Method::get, "/notes/special").body, "\"literal\"");
  EXPECT_EQ(ask(Method::get, "/notes/special/").body, "\"literal\"");
  EXPECT_EQ(ask(Method::get, "/files/a/b%20c").body, "\"a/b c\"");
  EXPECT_EQ(ask(Method::get, "/nothing").status, 404);
  EXPECT_EQ(ask(Method::get, "/notes/a/b").status, 404);
  EXPECT_EQ(ask(Method::get, "/files/%00").status, 404);
  auto wrong = ask(Method::patch, "/orders/1");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.headers.get("Allow"), "POST, PUT, DELETE, OPTIONS");
}

TEST_F(ApiTest, hides_what_broke_from_the_client_and_tells_the_log) {
  auto answer = ask(Method::get, "/crash");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.body.find("secret"), std::string::npos);
  EXPECT_THAT(failures, testing::ElementsAre("unexpected: secret detail"));
  auto away = ask(Method::post, "/pay", "", as("anna"));
  EXPECT_EQ(away.status, 503);
  EXPECT_EQ(away.headers.get("Retry-After"), "5");
}

TEST_F(ApiTest, takes_over_a_sane_request_id_and_replaces_others) {
  EXPECT_EQ(ask(Method::get, "/x", "", {{"X-Request-ID", "a-1"}}).headers.get("X-Request-ID"), "a-1");
  EXPECT_EQ(ask(Method::get, "/x", "", {{"X-Request-ID", "a b"}}).headers.get("X-Request-ID").size(), 36U);
  EXPECT_EQ(ask(Method::get, "/x", "", {{"X-Request-ID", std::string(129, 'a')}})
                .headers.get("X-Request-ID")
                .size(),
            36U);
}

TEST_F(ApiTest, gives_the_first_answer_again_for_the_same_idempotency_key) {
  auto first = ask(Method::post, "/orders/1", R"({"item":"pen"})", as("anna", "k"));
  auto again = ask(Method::post, "/orders/1", R"({"item":"pen"})", as("anna", "k"));
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.headers.get("Idempotency-Replayed"), "true");
  EXPECT_EQ(shop.orders, 1);
  EXPECT_EQ(ask(Method::post, "/orders/1", R"({"item":"ink"})", as("anna", "k")).status, 422);
  EXPECT_EQ(ask(Method::post, "/orders/2", R"({"item":"pen"})", as("anna", "k")).status, 422);
  EXPECT_EQ(ask(Method::post, "/pay", "", as("anna", "k")).status, 200);
}

TEST_F(ApiTest, says_that_the_first_request_with_a_key_is_still_in_flight) {
  ask(Method::post, "/orders/1", R"({"item":"pen"})", as("anna", "k"));
  kept.rows.begin()->second.answer.reset();
  auto answer = ask(Method::post, "/orders/1", R"({"item":"pen"})", as("anna", "k"));
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.headers.get("Retry-After"), "1");
}

TEST_F(ApiTest, does_not_keep_a_server_error_under_an_idempotency_key) {
  EXPECT_EQ(ask(Method::post, "/pay", "", as("anna", "k")).status, 503);
  EXPECT_EQ(ask(Method::post, "/pay", "", as("anna", "k")).body, "\"paid\"");
}

TEST_F(ApiTest, limits_the_rate_per_caller) {
  make({.rate_limit_per_minute = 2});
  EXPECT_EQ(ask(Method::get, "/notes/1", "", as("anna")).status, 200);
  EXPECT_EQ(ask(Method::get, "/notes/1", "", as("anna")).status, 200);
  auto refused = ask(Method::get, "/notes/1", "", as("anna"));
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.headers.get("Retry-After"), "30");
  EXPECT_EQ(ask(Method::get, "/notes/1", "", as("root")).status, 200);
  clock.advance(30s);
  EXPECT_EQ(ask(Method::get, "/notes/1", "", as("anna")).status, 200);
}

TEST_F(ApiTest, allows_known_origins_only) {
  make({.cors_origins = {"https://app.example"}});
  Headers preflight{{"Origin", "https://app.example"}, {"Access-Control-Request-Method", "POST"}};
  auto answer = ask(Method::options, "/orders/1", "", preflight);
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.headers.get("Access-Control-Allow-Origin"), "https://app.example");
  EXPECT_EQ(answer.headers.get("Access-Control-Allow-Methods"), "POST, PUT, DELETE, OPTIONS");
  auto other = ask(Method::get, "/notes/special", "", {{"Origin", "https://evil.example"}});
  EXPECT_EQ(other.headers.find("Access-Control-Allow-Origin"), nullptr);
  EXPECT_EQ(other.headers.get("Vary"), "Origin");
}

TEST_F(ApiTest, refuses_at_start_what_could_never_work) {
  EXPECT_THROW(api->add(get("/notes/{id}", &list)), std::logic_error);
  EXPECT_THROW(api->add(get("/lists/{name}", &list)), std::logic_error);
  EXPECT_THROW(api->add(get("/numbers", [](int&) { return literal(); })), std::logic_error);
}

}  // namespace
}  // namespace rb::http
