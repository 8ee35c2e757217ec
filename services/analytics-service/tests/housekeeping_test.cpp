// The gauges that a job keeps fresh.
#include "jobs/housekeeping.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "net/loop.hpp"
#include "tests/api_fixture.hpp"

namespace rb::analytics {
namespace {

using namespace std::chrono_literals;

class ActiveUsers : public ApiFixture {
 protected:
  ActiveUsers() { jobs_.spawn("counting", housekeeping_.count_people()); }
  ~ActiveUsers() override {
    housekeeping_.stop();
    wait(jobs_.drained());
  }
  static json::value login(int user, const std::string& time) {
    auto out = event(fmt::format("login of {} at {}", user, time), "user.login", {{"user_id", user}});
    out.as_object()["time"] = time;
    return out;
  }
  // Lets time pass until the gauges are so.
  void expect_counted(int day, int week, int month) {
    auto shown = [this](const char* window, int people) {
      auto line = fmt::format("repitbot_active_users{{window=\"{}\"}} {}\n", window, people);
      return registry_.text().contains(line);
    };
    until([&] {
      clock_.advance(10s);
      return shown("day", day) && shown("week", week) && shown("month", month);
    });
  }

  metrics::EventMetrics events_{registry_, "analytics-service"};
  service::Feed news_{loop_};
  Runtime runtime_{loop_, clock_, *database_, *bus_, Rules{}, events_, news_, cache_.get()};
  Housekeeping housekeeping_{runtime_, registry_};
  net::TaskGroup jobs_{loop_};
};

TEST_F(ActiveUsers, are_counted_again_when_data_and_when_the_day_change) {
  expect_counted(0, 0, 0);
  tell({login(2, "2026-03-02T10:00:00Z"), login(3, "2026-03-02T11:00:00Z"), login(2, "2026-03-02T11:30:00Z"),
        login(5, "2026-02-25T10:00:00Z"), login(7, "2026-01-31T22:00:00Z")});
  expect_counted(2, 3, 4);
  clock_.advance(24h);
  expect_counted(0, 3, 3);
}

}  // namespace
}  // namespace rb::analytics
