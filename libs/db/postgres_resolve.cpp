#include "db/postgres_resolve.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/tcp.hpp>

#include "base/error.hpp"
#include "net/latch.hpp"

namespace rb::db {
namespace {

namespace asio = boost::asio;

struct Lookup {
  explicit Lookup(net::Loop& loop) : done(loop) {}
  net::Latch done;
  boost::system::error_code error = asio::error::timed_out;
  std::vector<std::string> addresses;
};

}  // namespace

Task<PostgresAddress> resolved(net::Loop& loop, PostgresAddress address, Micros deadline) {
  auto host = address.get("host");
  if (host.starts_with('/') || host.contains(',') || !address.get("hostaddr").empty()) co_return address;
  auto lookup = std::make_shared<Lookup>(loop);
  asio::ip::tcp::resolver resolver(loop.context());
  resolver.async_resolve(host, address.get("port"),
                         [lookup](const boost::system::error_code& error, const auto& found) {
                           lookup->error = error;
                           for (const auto& entry : found)
                             lookup->addresses.push_back(entry.endpoint().address().to_string());
                           lookup->done.open();
                         });
  asio::steady_timer timer(loop.context(), deadline);
  timer.async_wait([lookup](const boost::system::error_code& error) {
    if (!error) lookup->done.open();
  });
  co_await lookup->done.wait();
  if (lookup->error || lookup->addresses.empty()) {
    throw Unavailable(fmt::format("{} (user {}) cannot be reached: the host is unknown ({})", address.where(),
                                  address.get("user"), lookup->error.message()));
  }
  // libpq wants one name for each address.
  auto& parameters = address.parameters;
  for (const auto& one : lookup->addresses) {
    auto more = parameters["hostaddr"].empty() ? "" : ",";
    parameters["hostaddr"] += more + one;
    if (*more != '\0') parameters["host"] += more + host;
  }
  co_return address;
}

}  // namespace rb::db
