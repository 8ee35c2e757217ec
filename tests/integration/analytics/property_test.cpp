// Whatever happened, in whatever order and batches it is heard of, and whatever breaks between: every answer
// is that of the plain recomputation from the raw events, before and after each batch.
#include <fstream>

#include "examined.hpp"
#include "testkit/process.hpp"

namespace rb::analytics {
namespace {

using Batch = std::vector<Told>;

constexpr std::size_t kEvents = 260;
constexpr int kAlwaysAsked = 14, kAskedOnce = 6;

class Property : public Examined {
 protected:
  // Other lives: --gtest_random_seed=N.
  void live_through(std::size_t era) {
    auto seed = static_cast<std::uint32_t>(GTEST_FLAG_GET(random_seed));
    open(seed * static_cast<std::uint32_t>(eras().size()) + static_cast<std::uint32_t>(era), eras()[era],
         kEvents);
    std::vector<Asked> always;
    for (int i = 0; i < kAlwaysAsked; ++i) always.push_back(random_question(random_, era_));
    auto batches = in_batches();
    auto poisoned = static_cast<std::size_t>(number(1, static_cast<int>(batches.size()) - 1));
    examine(always);
    auto second = !embedded() && chance(50) ? another() : nullptr;  // takes a part of the events
    for (std::size_t i = 0; i < batches.size() && !HasFailure(); ++i) {
      if (i == poisoned)
        survive_poison(batches[i], always);
      else
        tell(batches[i], always);
      examine(always);
      clock_.advance(std::chrono::minutes(chance(50) ? number(1, 20'000) : 0));
      examine(always);
    }
    EXPECT_EQ(differences(), std::vector<std::string>{}) << "seed " << seed_;
  }

 private:
  // Any order, every eighth event twice.
  std::vector<Batch> in_batches() {
    auto all = history_;
    for (std::size_t i = 0; i < history_.size(); i += 8) all.push_back(history_[i]);
    std::ranges::shuffle(all, random_);
    std::vector<Batch> out;
    for (std::size_t next = 0; next < all.size();) {
      auto size = std::min(static_cast<std::size_t>(number(1, 130)), all.size() - next);
      auto from = all.begin() + static_cast<std::ptrdiff_t>(next);
      out.emplace_back(from, from + static_cast<std::ptrdiff_t>(size));
      next += size;
    }
    return out;
  }

  void examine(const std::vector<Asked>& always) {
    for (const auto& asked : always) {
      expect_plain(asked);
      if (chance(20)) expect_plain(asked);
      if (HasFailure()) return;
    }
    for (int i = 0; i < kAskedOnce && !HasFailure(); ++i) expect_plain(random_question(random_, era_));
  }

  // One way or another, perhaps with a restart before all is taken in, or questions while it is.
  void tell(const Batch& batch, const std::vector<Asked>& always) {
    auto manner = number(1, 8);
    auto importing = manner == 1 ? import(batch) : nullptr;
    if (manner == 2 || manner == 3) post("/api/v1/events", as_array(batch));
    if (manner > 3) publish(batch);
    if (!importing && chance(25)) restart();
    if (chance(50))
      for (const auto& asked : always) ask(asked);
    know(batch);
    wait_for_events(known_.size());
    if (importing) EXPECT_EQ(importing->wait(), 0);
  }

  // As a program of its own, beside the service.
  std::unique_ptr<testkit::Process> import(const Batch& batch) {
    auto path = folder_ / "history.ndjson";
    std::ofstream file(path);
    for (const auto& told : batch) file << told.body << "\n";
    file.close();
    return program({"repitbot", "history", "import", path.string()});
  }

  // The database refuses part of what a batch writes, late in its transaction. What is buried then comes
  // again.
  void survive_poison(const Batch& batch, const std::vector<Asked>& always) {
    bool erases = std::ranges::any_of(batch, [](const Told& told) { return told.type == "user.deleted"; });
    poison(erases ? "true" : "new.id in ('', '12', '2')");
    publish(batch);
    auto all = known_;
    know(batch);
    std::swap(all, known_);
    wait_until_taken_or_buried(all.size());
    auto taken = logged();
    Batch arrived;
    for (const auto& told : batch)
      if (taken.contains(told.id)) arrived.push_back(told);
    know(arrived);
    examine(always);
    heal();
    if (erases || chance(50))
      publish(batch);
    else
      requeue_buried();
    know(batch);
    wait_for_events(known_.size());
  }

  void poison(const std::string& when) {
    run(backends_.database->script(
        embedded() ? "create trigger poison before insert on analytics_versions when " + when +
                         " begin select raise(abort, 'no room'); end"
                   : "create function refuse() returns trigger language plpgsql as $$ begin if " + when +
                         " then raise exception 'no room'; end if; return new; end $$; create trigger poison "
                         "before insert on analytics_versions for each row execute function refuse()"));
  }
  void heal() {
    run(backends_.database->script(embedded()
                                       ? "drop trigger poison"
                                       : "drop trigger poison on analytics_versions; drop function refuse"));
  }

  void wait_until_taken_or_buried(std::size_t events) {
    SystemClock real;
    auto deadline = real.now() + std::chrono::minutes(1);
    while (count("select (select count(*) from analytics_event_log) + (select count(distinct body) from "
                 "analytics_dead_letters) as n") < static_cast<std::int64_t>(events)) {
      ASSERT_LT(real.now(), deadline) << "the events went nowhere";
      run(net::sleep_for(loop_, real, std::chrono::milliseconds(5)));
    }
  }

  void requeue_buried() {
    Asked letters;
    letters.path = "dead-letters";
    for (auto items = ask(letters).at("items").as_array(); !items.empty();
         items = ask(letters).at("items").as_array())
      for (const auto& letter : items)
        post("/api/v1/dead-letters/" + std::string(letter.at("id").as_string()) + "/requeue", "{}");
  }
};

TEST_P(Property, answers_are_exact_when_clocks_go_forward) { live_through(0); }
TEST_P(Property, answers_are_exact_when_clocks_go_back) { live_through(1); }
TEST_P(Property, answers_are_exact_where_a_day_is_lost) { live_through(2); }
TEST_P(Property, answers_are_exact_where_offsets_are_odd) { live_through(3); }

INSTANTIATE_TEST_SUITE_P(Backends, Property, testing::Values("embedded", "distributed"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace rb::analytics
