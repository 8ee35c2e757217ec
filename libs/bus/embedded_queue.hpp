#pragma once
// One durable queue of the embedded bus. The table is the truth; what this process publishes is handed over
// in memory after its commit, so that the table is read only at the start, after an overflow and once a
// second while idle (for rows that somebody else wrote). Loop thread only.
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "bus/deps.hpp"
#include "bus/handed_out.hpp"
#include "bus/runner.hpp"

namespace rb::bus {

class EmbeddedQueue final : public Source,
                            public Judge<std::string>,
                            public std::enable_shared_from_this<EmbeddedQueue> {
 public:
  struct Buried {
    std::string id;
    Message letter;
  };
  // Verdicts that are not in the table yet.
  struct Judged {
    std::vector<std::string> accepted;
    std::vector<Buried> buried;
    bool empty() const { return accepted.empty() && buried.empty(); }
  };

  // `own_suffix` ends the ids that this process makes; `on_verdict` is told when the count of open verdicts
  // has grown.
  EmbeddedQueue(Deps deps, QueueSpec spec, std::string own_suffix,
                std::function<void(std::size_t)> on_verdict);

  const std::string& name() const { return spec_.name; }
  void committed(std::string id, Message message);

  Judged take_verdicts();
  void written(const Judged& judged);  // these rows are gone
  void not_written(Judged judged);     // must be written another time

  Task<Batch> next(int most) override;
  void pause() override { paused_ = true; }
  void resume() override;
  void close() override;

  void accept(const std::string& id) override;
  void give_back(const std::string& id, Message message) override;
  void bury(const std::string& id, Message message, std::string reason) override;

 private:
  Batch hand_out(std::size_t most);
  Task<> load();
  void judged();

  Deps deps_;
  QueueSpec spec_;
  std::string own_suffix_;
  std::function<void(std::size_t)> on_verdict_;
  net::Signal changed_;

  std::map<std::string, Message> ready_;         // by id: the order of publishing
  std::unordered_map<std::string, bool> known_;  // rows in memory or judged; true: handed out before
  std::vector<std::string> forget_;              // rows deleted while the table was being read
  Judged open_verdicts_;
  std::size_t handed_out_ = 0;
  bool behind_ = true;  // the table may hold rows that are not known
  bool reading_ = false, paused_ = false, closed_ = false;
};

}  // namespace rb::bus
