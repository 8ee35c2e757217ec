#include "api/qr.hpp"

#include <fmt/format.h>
#include <qrencode.h>

#include <array>
#include <memory>

#include "base/error.hpp"

namespace rb::notification {
namespace {

// The modules with the quiet zone around them.
class Modules {
 public:
  explicit Modules(std::string_view text)
      : code_(QRcode_encodeString(std::string(text).c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), &QRcode_free) {
    if (!code_) throw Broken("this text does not fit into a QR code");
  }

  int side() const { return code_->width + 2 * kQuiet; }
  bool black(int x, int y) const {
    auto inside = [&](int i) { return i >= kQuiet && i < kQuiet + code_->width; };
    return inside(x) && inside(y) && (code_->data[(y - kQuiet) * code_->width + x - kQuiet] & 1) != 0;
  }

 private:
  static constexpr int kQuiet = 4;
  std::unique_ptr<QRcode, decltype(&QRcode_free)> code_;
};

}  // namespace

std::string qr_svg(std::string_view text) {
  Modules modules(text);
  auto out = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" shape-rendering="crispEdges">)"
      R"(<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path d=")",
      modules.side());
  for (int y = 0; y < modules.side(); ++y)
    for (int x = 0; x < modules.side(); ++x)
      if (modules.black(x, y)) out += fmt::format("M{} {}h1v1h-1z", x, y);
  return out + R"("/></svg>)";
}

std::vector<std::string> qr_lines(std::string_view text) {
  constexpr std::array<std::string_view, 4> kHalves = {" ", "▀", "▄", "█"};
  Modules modules(text);
  std::vector<std::string> out;
  for (int y = 0; y < modules.side(); y += 2) {
    auto& line = out.emplace_back();
    for (int x = 0; x < modules.side(); ++x)
      line += kHalves[(modules.black(x, y) ? 1 : 0) + (modules.black(x, y + 1) ? 2 : 0)];
  }
  return out;
}

}  // namespace rb::notification
