#pragma once
// A school whose every answer is compared with the plain recomputation.
#include "asking.hpp"
#include "school.hpp"

namespace rb::analytics {

class Examined : public School {
 protected:
  void SetUp() override {}  // a test opens its school when it knows which
  void open(std::uint32_t seed, const Era& era, std::size_t events);

  int number(int least, int most) { return std::uniform_int_distribution(least, most)(random_); }
  bool chance(int percent) { return number(1, 100) <= percent; }

  static std::string as_array(const std::vector<Told>& events);  // JSON
  json::value ask(const Asked& asked);
  json::value post(const std::string& target, const std::string& body);

  // From now on these have happened.
  void know(const std::vector<Told>& events);
  // Compares the answer; a failure tells all that is needed to see it again.
  void expect_plain(const Asked& asked);

  std::uint32_t seed_ = 0;
  Era era_;
  std::mt19937 random_;
  std::vector<Told> history_;
  std::map<std::string, events::Event> known_;  // by source and id

 private:
  http::Response answer_to(http::Request request, const std::string& role, const std::string& id);
  json::value comparable(json::value answer, const Asked& asked) const;

  plain::History read_;
  bool erased_ = false;
};

}  // namespace rb::analytics
