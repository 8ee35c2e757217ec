#pragma once
// Finds the endpoint of a path. Literal segments win over placeholders, `{name}` takes one segment, a last
// `{name*}` takes the rest. A slash at the end is ignored. Pure.
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace rb::http {

struct Endpoint;

struct Match {
  const Endpoint* endpoint = nullptr;
  std::string_view route;       // the template that matched; also set when only the method is wrong
  std::vector<Method> allowed;  // of the path; empty: unknown path
  std::map<std::string, std::string, std::less<>> params;  // decoded
};

class Router {
 public:
  Router();
  ~Router();

  // std::logic_error: the same method and path twice.
  void add(Method method, std::string_view path, const Endpoint& endpoint);
  Match find(Method method, std::string_view path) const;  // HEAD finds GET

 private:
  struct Node;
  void walk(const Node& node, const std::vector<std::string_view>& parts, std::size_t at,
            std::vector<const Node*>& found) const;
  std::unique_ptr<Node> root_;
};

// The names of the placeholders of a path template, in order.
std::vector<std::string> placeholders(std::string_view path);

}  // namespace rb::http
