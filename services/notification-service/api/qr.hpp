#pragma once
// QR codes (ISO/IEC 18004, by libqrencode). Pure.
#include <string>
#include <string_view>

namespace rb::notification {

// A square SVG picture, black on white with the quiet zone; scales to any size. Broken: more than fits.
std::string qr_svg(std::string_view text);

}  // namespace rb::notification
