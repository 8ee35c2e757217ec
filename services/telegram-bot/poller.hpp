#pragma once
// Asks Telegram for updates by long polling, has each one carried out, and only then confirms it: an update
// is carried out at least once, and everything it may cause is harmless to repeat. Belongs to the loop's
// thread.
#include "reader.hpp"

namespace rb::bot {

class Poller final : public Reader {
 public:
  explicit Poller(const Surroundings& around);

  Task<> run() override;
  void stop() override;

 private:
  Task<telegram::Answer<void>> poll();
  Task<bool> carry_out(const telegram::Update& update);
  Task<> confirm();

  http::Client polls_http_;  // polls are broken off at the end, other calls are not
  telegram::Client polls_;
  metrics::Labelled<metrics::Counter> answers_;  // of Telegram to our polls, by result
  std::int64_t offset_ = 0, confirmed_ = 0;      // the first update that is not done; not confirmed
};

}  // namespace rb::bot
