#pragma once
// One HTTP endpoint: verb, path, handler, rights and what the OpenAPI document says about it.
//
// A handler is a coroutine `Task<Result<Out>> f([Context&,] [const Request&,] [In])`, a function or a lambda.
//   Context  any object given to Api::provide(); its type selects it
//   In       a described struct: members named like a {placeholder} come from the path, others from the query
//            (GET, DELETE) or the JSON body; json::value is the free JSON body
//   Out      anything json::write() takes; Reply<T> for another status or headers; Ready<T> for what has been
//            written already; Response for files, pages and streams; void for 204
#include <chrono>
#include <memory>
#include <typeindex>

#include "http/message.hpp"
#include "json/json.hpp"

namespace rb::http {

// An answer with a status or headers of its own. status 0: the endpoint's.
template <class T>
struct Reply {
  T body;
  int status = 0;
  Headers headers;
};

// The JSON text of a T, written before.
template <class T>
struct Ready {
  std::string text;
  Headers headers;
};

// The parts of a request that become a handler's In.
struct Input {
  json::value body;    // null: none
  json::object texts;  // from path, query or form
};

struct Answer {
  int status;
  std::string content_type;
  std::string description;
};

struct Endpoint {
  Endpoint& roles(std::vector<std::string> any_of);  // a token with one of these; none: public
  Endpoint& authenticated();                         // any valid token
  Endpoint& ticket();                                // `?ticket=` in place of the header (event streams)
  Endpoint& summary(std::string line);
  Endpoint& description(std::string text);
  Endpoint& tag(std::string name);
  Endpoint& status(int success);
  Endpoint& errors(std::vector<Errc> possible);
  Endpoint& alias(std::string path);  // an older path; the same placeholders
  Endpoint& example(json::value request);
  Endpoint& example_answer(json::value answer);
  Endpoint& body_limit(std::size_t bytes);
  Endpoint& deadline(std::chrono::seconds time);
  Endpoint& form();  // also takes application/x-www-form-urlencoded
  // Also takes a body of this type as it is: the handler reads Request::body, and In comes from the query.
  Endpoint& raw(std::string content_type);
  Endpoint& accepts(std::string content_type);  // of a raw body; repeatable, none: anything
  Endpoint& answers(std::string content_type, std::string what = "", int status = 200);  // of a Response
  Endpoint& hidden();     // not in the OpenAPI document
  Endpoint& unlimited();  // not counted by the rate limit (health, metrics)

  Method method = Method::get;
  std::string path;
  std::vector<std::string> aliases;
  bool needs_token = false, takes_ticket = false, takes_form = false, is_hidden = false, is_unlimited = false;
  std::vector<std::string> any_role;
  std::string summary_line, details, tag_name;
  int success = 200;
  std::vector<Errc> possible_errors;
  std::optional<json::value> request_example, answer_example;
  std::size_t most_body = 1 << 20;
  std::chrono::seconds time_limit{30};
  std::vector<std::string> content_types;
  std::vector<std::string> raw_types;
  std::vector<Answer> raw_answers;

  const json::ObjectType* input = nullptr;  // described In
  bool free_body = false;                   // In is json::value
  const json::Type* output = nullptr;       // nullptr: none or raw
  std::type_index context = typeid(void);   // void: the handler takes none
  // Errc::invalid at once when the input does not fit.
  std::function<Result<Task<Result<Response>>>(void* context, const Request&, const Input&, int success)>
      call;

  bool has_body() const { return method == Method::post || method == Method::put || method == Method::patch; }
};

namespace detail {

Response respond(const json::Type& type, const void* body, int status, const Headers& headers);
Response respond(std::string text, int status, const Headers& headers);
Endpoint bare(Method method, std::string path);

template <class T>
struct Unpacked {
  using Type = T;
};
template <class T>
struct Unpacked<Reply<T>> {
  using Type = T;
};
template <class T>
struct Unpacked<Ready<T>> {
  using Type = T;
};

template <class Out>
Task<Result<Response>> finish(Task<Result<Out>> work, int success) {
  auto out = co_await std::move(work);
  if (!out) co_return fail(std::move(out.error()));
  if constexpr (std::is_void_v<Out>) {
    co_return Response{204, {}, {}, {}};
  } else if constexpr (std::same_as<Out, typename Unpacked<Out>::Type>) {
    co_return respond(json::type_of<Out>(), &*out, success, {});
  } else if constexpr (std::same_as<Out, Ready<typename Unpacked<Out>::Type>>) {
    co_return respond(std::move(out->text), success, out->headers);
  } else {
    using Body = typename Unpacked<Out>::Type;
    co_return respond(json::type_of<Body>(), &out->body, out->status == 0 ? success : out->status,
                      out->headers);
  }
}

struct Call {
  void* context;
  const Request& request;
  void* input;
};

template <class A>
decltype(auto) argument(const Call& call) {
  if constexpr (std::same_as<A, const Request&>) {
    return (call.request);
  } else if constexpr (std::is_lvalue_reference_v<A>) {
    return (*static_cast<std::remove_reference_t<A>*>(call.context));
  } else {
    return std::move(*static_cast<A*>(call.input));
  }
}

template <class A>
void note_argument(Endpoint& endpoint) {
  if constexpr (std::same_as<A, const Request&>) {
    return;
  } else if constexpr (std::is_lvalue_reference_v<A>) {
    static_assert(!std::is_const_v<std::remove_reference_t<A>>, "a handler takes its context as Context&");
    endpoint.context = typeid(A);
  } else if constexpr (std::same_as<A, json::value>) {
    endpoint.free_body = true;
  } else {
    endpoint.input = &json::object_type<A>();
  }
}

// The by-value argument among A…, or void.
template <class... A>
struct InputOf {
  using Type = void;
};
template <class First, class... Rest>
struct InputOf<First, Rest...> {
  using Type = std::conditional_t<std::is_reference_v<First>, typename InputOf<Rest...>::Type, First>;
};

template <class Signature>
struct Handler;
template <class Out, class... A>
struct Handler<Task<Result<Out>>(A...)> {
  template <class F>
  static Endpoint endpoint(Method method, std::string path, F f) {
    auto out = bare(method, std::move(path));
    (note_argument<A>(out), ...);
    using Body = typename Unpacked<Out>::Type;
    if constexpr (std::is_void_v<Out>) {
      out.success = 204;
    } else if constexpr (!std::same_as<Body, Response>) {
      out.output = &json::type_of<Body>();
    }
    out.call = [f = std::move(f)](void* context, const Request& request, const Input& in,
                                  int success) -> Result<Task<Result<Response>>> {
      using In = typename InputOf<A...>::Type;
      if constexpr (std::is_void_v<In>) {
        return started<Out>(f(argument<A>({context, request, nullptr})...), success);
      } else if constexpr (std::same_as<In, json::value>) {
        auto body = in.body;
        return started<Out>(f(argument<A>({context, request, &body})...), success);
      } else {
        In body{};
        if (auto read = json::read_parts(json::object_type<In>(), &body, in.body, in.texts); !read)
          return fail(std::move(read.error()));
        return started<Out>(f(argument<A>({context, request, &body})...), success);
      }
    };
    return out;
  }

  template <class O>
  static Task<Result<Response>> started(Task<Result<O>> work, int success) {
    if constexpr (std::same_as<O, Response>) {
      return work;
    } else {
      return finish<O>(std::move(work), success);
    }
  }
};

template <class R, class... A>
Endpoint endpoint_of(Method method, std::string path, R (*f)(A...)) {
  return Handler<R(A...)>::endpoint(method, std::move(path), f);
}

template <class F>
struct Callable;
template <class F, class R, class... A>
struct Callable<R (F::*)(A...) const> {
  using Signature = R(A...);
};

template <class F>
Endpoint endpoint_of(Method method, std::string path, F f) {
  using Signature = typename Callable<decltype(&F::operator())>::Signature;
  return Handler<Signature>::endpoint(method, std::move(path), std::move(f));
}

}  // namespace detail

template <class F>
Endpoint get(std::string path, F handler) {
  return detail::endpoint_of(Method::get, std::move(path), std::move(handler));
}
template <class F>
Endpoint post(std::string path, F handler) {
  return detail::endpoint_of(Method::post, std::move(path), std::move(handler));
}
template <class F>
Endpoint put(std::string path, F handler) {
  return detail::endpoint_of(Method::put, std::move(path), std::move(handler));
}
template <class F>
Endpoint patch(std::string path, F handler) {
  return detail::endpoint_of(Method::patch, std::move(path), std::move(handler));
}
template <class F>
Endpoint del(std::string path, F handler) {
  return detail::endpoint_of(Method::delete_, std::move(path), std::move(handler));
}

}  // namespace rb::http
