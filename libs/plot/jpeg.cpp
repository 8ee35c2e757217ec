#include <jpeglib.h>  // needs <cstdio> before it

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "base/error.hpp"
#include "plot/paint.hpp"

namespace rb::plot {
namespace {

constexpr int kQuality = 90;

[[noreturn]] void give_up(j_common_ptr info) {
  char message[JMSG_LENGTH_MAX];
  info->err->format_message(info, message);
  throw Broken(std::string("libjpeg: ") + message);
}

// libjpeg's state, freed also when an error is thrown through it.
class Compressor {
 public:
  Compressor() {
    info.err = jpeg_std_error(&errors_);
    errors_.error_exit = give_up;
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &bytes_, &size_);
  }
  ~Compressor() {
    jpeg_destroy_compress(&info);
    std::free(bytes_);
  }
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  std::string bytes() const { return {reinterpret_cast<const char*>(bytes_), size_}; }

  jpeg_compress_struct info{};

 private:
  jpeg_error_mgr errors_{};
  unsigned char* bytes_ = nullptr;
  unsigned long size_ = 0;
};

}  // namespace

std::string paint_jpeg(const Scene& scene, double scale, double dpi) {
  Raster raster(scene, scale);
  Compressor compressor;
  auto& info = compressor.info;
  info.image_width = static_cast<JDIMENSION>(raster.width());
  info.image_height = static_cast<JDIMENSION>(raster.height());
  info.input_components = 4;
  info.in_color_space = JCS_EXT_BGRX;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, kQuality, TRUE);
  // Thin coloured lines and letters need their colours at full resolution.
  info.comp_info[0].h_samp_factor = info.comp_info[0].v_samp_factor = 1;
  info.density_unit = 1;
  info.X_density = info.Y_density = static_cast<UINT16>(std::lround(dpi));
  jpeg_start_compress(&info, TRUE);
  for (int y = 0; y < raster.height(); ++y) {
    auto* row = const_cast<JSAMPROW>(reinterpret_cast<const JSAMPLE*>(raster.row(y).data()));
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  return compressor.bytes();
}

}  // namespace rb::plot
