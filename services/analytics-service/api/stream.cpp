#include "api/stream.hpp"

#include "service/event_stream.hpp"
#include "store/log.hpp"

namespace rb::analytics {
namespace {

constexpr auto kPace = std::chrono::seconds(1);  // of events, and of looks: other instances write, too

// Whose changes may change a viewer's figures.
Scopes scopes_for(const Viewer& viewer) {
  switch (viewer.role) {
    case Role::admin:
    case Role::service:
      return {{"school", ""}};
    case Role::tutor:
      return {{"tutor", viewer.id}};
    case Role::student:
      return {{"student", viewer.id}};
    case Role::parent:
      break;
  }
  Scopes out;
  for (const auto& child : viewer.children) out.emplace("student", child);
  return out;
}

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
    auto viewer = co_await viewer_of(app_, request_.who());
    if (!viewer) co_return out;
    // Before the figures: what comes in between is told twice rather than never.
    auto version = co_await last_version_of(db::reading(app_.runtime().database), scopes_for(*viewer));
    if (version == after_) co_return out;
    auto figures = co_await overview(app_, request_, query_);
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
  auto first = co_await overview(app, request, in);  // says whether the caller may ask at all
  if (!first) co_return fail(std::move(first.error()));
  auto kpis =
      std::make_shared<Kpis>(app, request, std::move(in), service::resume_point(request, "last_event_id"));
  co_return http::Response::events([&app, kpis](http::Writer& out) {
    return service::stream_events(out, {app.runtime().news, app.runtime().clock, kPace},
                                  [kpis] { return kpis->next(); });
  });
}

}  // namespace rb::analytics
