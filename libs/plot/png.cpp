// PNG (ISO/IEC 15948) through libdeflate: flat pictures of charts compress well without row filters, and
// Cairo's own writer spends ten times as long. A palette where 256 colours are enough, else RGB.
#include <libdeflate.h>

#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "plot/paint.hpp"

namespace rb::plot {
namespace {

constexpr int kLevel = 3;

void append_u32(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}

void append_chunk(std::string& out, std::string_view type, std::string_view data) {
  append_u32(out, static_cast<std::uint32_t>(data.size()));
  auto from = out.size();
  out.append(type).append(data);
  append_u32(out, libdeflate_crc32(0, out.data() + from, out.size() - from));
}

// Colours to indices: an open-addressing table, since every pixel that differs from its neighbour asks.
class Palette {
 public:
  std::optional<std::uint8_t> index_of(std::uint32_t color) {
    auto at = (color * 0x9E3779B1U) >> 22;
    for (;; at = (at + 1) % kSlots) {
      auto& slot = slots_[at];
      if (slot.color == color) return slot.index;
      if (slot.color != kFree) continue;
      if (colors.size() == 256) return std::nullopt;
      slot = {color, static_cast<std::uint8_t>(colors.size())};
      colors.push_back(color);
      return slot.index;
    }
  }

  std::vector<std::uint32_t> colors;

 private:
  static constexpr std::uint32_t kFree = 0xFFFFFFFF;  // no colour: its alpha byte is set
  static constexpr std::size_t kSlots = 1024;
  struct Slot {
    std::uint32_t color = kFree;
    std::uint8_t index = 0;
  };
  std::array<Slot, kSlots> slots_;
};

struct Rows {
  std::string bytes;  // each row begins with its filter, 0: none
  std::string palette;
};

std::optional<Rows> indexed(const Raster& raster) {
  Rows out;
  out.bytes.resize(static_cast<std::size_t>(raster.height()) *
                   (static_cast<std::size_t>(raster.width()) + 1));
  auto* to = out.bytes.data();
  Palette palette;
  std::uint32_t last = ~0U;
  std::uint8_t index = 0;
  for (int y = 0; y < raster.height(); ++y) {
    *to++ = 0;
    for (auto pixel : raster.row(y)) {
      if ((pixel & 0xFFFFFF) != last) {
        last = pixel & 0xFFFFFF;
        auto found = palette.index_of(last);
        if (!found) return std::nullopt;
        index = *found;
      }
      *to++ = static_cast<char>(index);
    }
  }
  for (auto color : palette.colors)
    for (int shift = 16; shift >= 0; shift -= 8) out.palette += static_cast<char>(color >> shift);
  return out;
}

Rows rgb(const Raster& raster) {
  Rows out;
  out.bytes.resize(static_cast<std::size_t>(raster.height()) *
                   (static_cast<std::size_t>(raster.width()) * 3 + 1));
  auto* to = out.bytes.data();
  for (int y = 0; y < raster.height(); ++y) {
    *to++ = 0;
    for (auto pixel : raster.row(y)) {
      *to++ = static_cast<char>(pixel >> 16);
      *to++ = static_cast<char>(pixel >> 8);
      *to++ = static_cast<char>(pixel);
    }
  }
  return out;
}

struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};

std::string compressed(std::string_view bytes) {
  thread_local std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor(
      libdeflate_alloc_compressor(kLevel));
  if (!compressor) throw Broken("libdeflate: no memory");
  std::string out(libdeflate_zlib_compress_bound(compressor.get(), bytes.size()), '\0');
  out.resize(libdeflate_zlib_compress(compressor.get(), bytes.data(), bytes.size(), out.data(), out.size()));
  return out;
}

}  // namespace

std::string paint_png(const Scene& scene, double scale, double dpi) {
  Raster raster(scene, scale);
  auto rows = indexed(raster);
  bool has_palette = rows.has_value();
  if (!has_palette) rows = rgb(raster);

  std::string out = "\x89PNG\r\n\x1a\n", header, density;
  append_u32(header, static_cast<std::uint32_t>(raster.width()));
  append_u32(header, static_cast<std::uint32_t>(raster.height()));
  header += '\x08';                         // bits of a sample
  header += has_palette ? '\x03' : '\x02';  // colour type: palette or RGB
  header.append(3, '\0');                   // deflate, adaptive filters, not interlaced
  append_chunk(out, "IHDR", header);
  auto per_meter = static_cast<std::uint32_t>(std::lround(dpi / 0.0254));
  append_u32(density, per_meter);
  append_u32(density, per_meter);
  density += '\x01';
  append_chunk(out, "pHYs", density);
  if (has_palette) append_chunk(out, "PLTE", rows->palette);
  append_chunk(out, "IDAT", compressed(rows->bytes));
  append_chunk(out, "IEND", "");
  return out;
}

}  // namespace rb::plot
