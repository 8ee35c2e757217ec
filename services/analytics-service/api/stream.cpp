#include "api/stream.hpp"

#include "service/event_stream.hpp"

namespace rb::analytics {
namespace {

constexpr auto kPace = std::chrono::seconds(1);  // of events, and of looks: other instances write, too

class Kpis {
 public:
  // `after`: the version that the client has; nullopt: none.
  Kpis(App& app, const http::Request& request, OverviewQuery query, std::optional<std::int64_t> after)
      : app_(app), query_(std::move(query)), after_(after) {
    request_.caller = request.caller;
    request_.route = request.route;
  }

  Task<std::vector<std::string>> next() {
    std::vector<std::string> out;
    auto now = app_.runtime().clock.now();
    if (told_at_ && now < *told_at_ + kPace) co_return out;
    auto asking = co_await resolve_overview(app_, request_, query_);
    if (!asking) co_return out;
    // Read before the figures: what comes in between is told twice rather than never.
    auto version = asking->fresh.newest;
    if (version == after_) co_return out;
    note_reading(*asking, request_);
    auto figures = co_await overview_of(db::reading(app_.runtime().database), *asking);
    if (!figures) co_return out;
    after_ = version;
    auto values = json::to_text(figures->overview);
    if (values == told_) co_return out;  // what changed shows in none of them
    told_ = std::move(values);
    told_at_ = now;
    out.push_back(http::event_text("kpi", json::to_text(json::write(*figures)), std::to_string(version)));
    co_return out;
  }

 private:
  App& app_;
  http::Request request_;  // as far as it says who asks
  OverviewQuery query_;
  std::optional<std::int64_t> after_;
  std::string told_;
  std::optional<Time> told_at_;
};

}  // namespace

Task<Result<http::Response>> stream(App& app, const http::Request& request, OverviewQuery in) {
  auto first = co_await resolve_overview(app, request, in);  // says whether the caller may ask at all
  if (!first) co_return fail(std::move(first.error()));
  auto kpis =
      std::make_shared<Kpis>(app, request, std::move(in), service::resume_point(request, "last_event_id"));
  co_return http::Response::events([&app, kpis](http::Writer& out) {
    return service::stream_events(out, {app.runtime().news, app.runtime().clock, kPace},
                                  [kpis] { return kpis->next(); });
  });
}

}  // namespace rb::analytics
