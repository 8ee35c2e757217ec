#pragma once
// Keeps a demo school living: sends its events to the service over HTTP, like any other producer. Belongs to
// the loop's thread.
#include "demo_school.hpp"
#include "own_service.hpp"

namespace rb::app {

// Settings of the demo: a database file of its own, nothing that could reach a real person.
config::AppSettings demo_settings(config::AppSettings settings);

class Demo {
 public:
  Demo(net::Loop& loop, const Clock& clock, const config::AppSettings& settings);
  void start();
  Task<> stop();

 private:
  Task<> run();
  Task<> send(boost::json::value events);
  Task<> pause();

  const Clock& clock_;
  OwnService service_;
  DemoSchool school_;
  net::TaskGroup jobs_;
  net::Signal stopping_;
  bool stopped_ = false;
};

}  // namespace rb::app
