#pragma once
// Several tasks beside each other. Loop thread only.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <tuple>
#include <utility>

#include "net/task.hpp"

namespace rb::net {

// Ends when all of them have ended, also when one fails or the waiting is cancelled, so that they may refer
// to what belongs to the caller; then throws the first failure in the order of the arguments. Cancellation
// reaches each. The results can be made from nothing.
template <class... T>
Task<std::tuple<T...>> together(Task<T>... tasks) {
  namespace asio = boost::asio;
  auto executor = co_await asio::this_coro::executor;
  auto all =
      asio::experimental::make_parallel_group(asio::co_spawn(executor, std::move(tasks), asio::deferred)...);
  auto ended = co_await all.async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
  // After the order of completion: a failure and a result of each.
  co_return [&ended]<std::size_t... I>(std::index_sequence<I...>) {
    for (const auto& failure : {std::get<1 + 2 * I>(ended)...})
      if (failure) std::rethrow_exception(failure);
    return std::tuple<T...>(std::move(std::get<2 + 2 * I>(ended))...);
  }(std::index_sequence_for<T...>());
}

}  // namespace rb::net
