#pragma once
// QR codes (ISO/IEC 18004, by libqrencode). Pure.
#include <string>
#include <string_view>
#include <vector>

namespace rb::notification {

// A square SVG picture, black on white with the quiet zone; scales to any size. Broken: more than fits.
std::string qr_svg(std::string_view text);

// The same for a terminal, two modules in a character: black is the text's colour, white the background's.
std::vector<std::string> qr_lines(std::string_view text);

}  // namespace rb::notification
