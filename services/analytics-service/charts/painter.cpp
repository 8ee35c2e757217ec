#include "charts/painter.hpp"

#include <array>
#include <chrono>
#include <exception>

#include "plot/figure.hpp"

namespace rb::analytics {
namespace {

constexpr std::size_t kMostWaiting = 64;
constexpr std::array<std::string_view, 4> kFormats = {"png", "jpeg", "svg", "pdf"};  // as plot::Format

// The first picture of a thread loads its fonts.
void warm_up() {
  plot::build::Figure figure("Аа", "ru");
  figure.add(plot::build::Trace::bars({"1"}, {1.0}));
  (void)plot::draw(std::move(figure).json(), {.width = 100, .height = 100, .language = "ru"});
}

}  // namespace

struct Painter::Job {
  Job(net::Loop& loop, boost::json::object figure, plot::DrawOptions options)
      : figure(std::move(figure)), options(std::move(options)), done(loop) {}

  boost::json::object figure;
  plot::DrawOptions options;
  net::Signal done;
  std::optional<Result<plot::Picture>> picture;
  std::exception_ptr thrown;
};

Painter::Painter(net::Loop& loop, metrics::Registry& registry)
    : loop_(loop),
      seconds_(
          registry.histograms("repitbot_chart_render_seconds", "Drawing a picture of a chart", {"format"})),
      thread_([this] { work(); }) {}

Painter::~Painter() {
  jobs_.close();
  thread_.join();
}

Task<Result<plot::Picture>> Painter::draw(boost::json::object figure, plot::DrawOptions options) {
  if (waiting_ >= kMostWaiting)
    co_return fail(Errc::unavailable, "too many pictures are being drawn; try again");
  auto job = std::make_shared<Job>(loop_, std::move(figure), std::move(options));
  ++waiting_;
  jobs_.push(job);
  co_await job->done.wait();
  --waiting_;
  if (job->thrown) std::rethrow_exception(job->thrown);
  co_return std::move(*job->picture);
}

void Painter::work() {
  warm_up();
  while (auto job = jobs_.pop()) {
    const auto& options = (*job)->options;
    auto begun = std::chrono::steady_clock::now();
    try {
      (*job)->picture = plot::draw((*job)->figure, options);
    } catch (...) {
      (*job)->thrown = std::current_exception();
    }
    std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
    seconds_.with({kFormats[static_cast<std::size_t>(options.format)]}).observe(taken.count());
    loop_.post([done = std::move(*job)] { done->done.notify(); });
  }
}

}  // namespace rb::analytics
