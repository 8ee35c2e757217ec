#include "api/qr.hpp"

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>

#include "base/error.hpp"

namespace rb::notification {

std::string qr_svg(std::string_view text) {
  constexpr int kQuiet = 4;  // modules around the code
  std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString(std::string(text).c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), &QRcode_free);
  if (!code) throw Broken("this text does not fit into a QR code");
  int side = code->width + 2 * kQuiet;
  auto out = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" shape-rendering="crispEdges">)"
      R"(<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path d=")",
      side);
  for (int y = 0; y < code->width; ++y)
    for (int x = 0; x < code->width; ++x)
      if (code->data[y * code->width + x] & 1) out += fmt::format("M{} {}h1v1h-1z", x + kQuiet, y + kQuiet);
  return out + R"("/></svg>)";
}

}  // namespace rb::notification
