#include "charts/painter.hpp"

#include <array>
#include <chrono>

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

Painter::Painter(net::Loop& loop, metrics::Registry& registry)
    : seconds_(
          registry.histograms("repitbot_chart_render_seconds", "Drawing a picture of a chart", {"format"})),
      worker_(loop) {
  worker_.post(&warm_up);
}

Task<Result<plot::Picture>> Painter::draw(boost::json::object figure, plot::DrawOptions options) {
  if (worker_.waiting() >= kMostWaiting)
    co_return fail(Errc::unavailable, "too many pictures are being drawn; try again");
  co_return co_await worker_.run([this, figure = std::move(figure), options = std::move(options)] {
    auto begun = std::chrono::steady_clock::now();
    auto picture = plot::draw(figure, options);
    std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
    seconds_.with({kFormats[static_cast<std::size_t>(options.format)]}).observe(taken.count());
    return picture;
  });
}

}  // namespace rb::analytics
