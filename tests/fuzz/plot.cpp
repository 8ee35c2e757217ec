// Any JSON as a figure. The last byte chooses format, language and scale; whatever comes must be a picture
// within its limits or an error that names a place.
#include <boost/json.hpp>
#include <cstdlib>
#include <string_view>

#include "json/json.hpp"
#include "plot/draw.hpp"

namespace {

using namespace rb::plot;

DrawOptions options_of(unsigned char flags) {
  DrawOptions out;
  out.format = static_cast<Format>(flags & 3U);
  out.width = 320;
  out.height = 240;
  out.scale = (flags & 4U) != 0 ? 2 : 1;
  out.language = (flags & 8U) != 0 ? "ru" : "en";
  return out;
}

void check(const rb::Error& error) {
  if (error.message.empty() && error.fields.empty()) std::abort();
  for (const auto& field : error.fields)
    if (field.field.empty() || field.reason.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  auto figure = rb::json::parse({reinterpret_cast<const char*>(data), size - 1});
  if (!figure || !figure->is_object()) return 0;
  auto picture = draw(figure->get_object(), options_of(data[size - 1]));
  if (!picture) return check(picture.error()), 0;
  if (picture->bytes.empty() || picture->bytes.size() > (64U << 20)) std::abort();
  for (const auto& warning : picture->warnings)
    if (warning.path.empty() || warning.message.empty()) std::abort();
  return 0;
}
