#pragma once
// The project's coroutine type. Include this instead of <boost/asio.hpp> in headers.
#include <boost/asio/awaitable.hpp>

namespace rb {

template <class T = void>
using Task = boost::asio::awaitable<T>;

}  // namespace rb
