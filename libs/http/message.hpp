#pragma once
// What comes in and what goes out, free of any HTTP library. Plain values; a Writer belongs to the loop's
// thread.
#include <boost/json/value.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "net/task.hpp"

namespace rb::http {

enum class Method { get, head, post, put, patch, delete_, options, other };
std::string_view name(Method method);  // "GET"
Method method_of(std::string_view name);

using Pairs = std::vector<std::pair<std::string, std::string>>;

// Header fields in their order; names compare without case.
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<std::pair<std::string, std::string>> fields) : fields_(fields) {}

  const std::string* find(std::string_view name) const;
  std::string_view get(std::string_view name) const;  // "" when missing
  void set(std::string_view name, std::string value);
  void add(std::string_view name, std::string value) { fields_.emplace_back(name, std::move(value)); }
  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

 private:
  Pairs fields_;
};

// Who asks, as the token says.
struct Caller {
  std::string subject;
  std::vector<std::string> roles;
  std::vector<std::string> children;

  bool has_role(std::string_view role) const;
};

struct Request {
  Method method = Method::get;
  std::string target;  // as sent: "/a%20b?c=d"
  std::string path;    // "/a%20b", still encoded
  std::string route;   // template of the endpoint: "/users/{id}"; "" before routing
  std::map<std::string, std::string, std::less<>> path_params;
  Pairs query;  // decoded
  Headers headers;
  std::string body;
  std::string remote;      // address of the client; behind a proxy of a private network: what that says
  bool forwarded = false;  // came through a proxy
  std::string request_id;
  std::optional<Caller> caller;  // set on endpoints that need a token, and on others when one was sent

  const Caller& who() const;  // the caller of an endpoint with roles; std::logic_error on a public one
  const std::string& path_param(std::string_view name) const;           // std::logic_error: not in the route
  std::optional<std::string> query_value(std::string_view name) const;  // the last one
  bool from_loopback() const;                                           // directly from this machine
  Result<boost::json::value> json() const;
  Result<Pairs> form() const;  // application/x-www-form-urlencoded
};

// "a=1&b=%D0%96": Errc::invalid for a broken escape, broken UTF-8 or a NUL.
Result<Pairs> parse_form(std::string_view text);

// Writes a streamed answer piece by piece.
class Writer {
 public:
  virtual ~Writer() = default;
  virtual Task<bool> write(std::string piece) = 0;  // waits for the client (back-pressure); false: it is gone
  virtual bool gone() const = 0;                    // the client left, or the server stops an event stream
  virtual void on_gone(std::function<void()> told) = 0;
};
using Stream = std::function<Task<>(Writer&)>;

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
  Stream stream;  // when set, it writes the body; the closure lives until it has ended

  static Response json(const boost::json::value& body, int status = 200);
  static Response text(std::string body, std::string content_type = "text/plain; charset=utf-8");
  static Response html(std::string body, int status = 200);
  static Response file(std::string bytes, std::string content_type, std::string_view download_name);
  static Response streamed(std::string content_type, Stream stream);  // NDJSON, CSV
  static Response events(Stream stream);                              // text/event-stream
};

// One server-sent event; `data` may have several lines.
std::string event_text(std::string_view event, std::string_view data, std::string_view id = "");
inline constexpr std::string_view kEventHeartbeat = ": still here\n\n";

}  // namespace rb::http
