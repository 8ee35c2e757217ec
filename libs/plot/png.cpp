// PNG (ISO/IEC 15948) through libdeflate: flat pictures of charts compress well without row filters, and
// Cairo's own writer spends ten times as long. A palette where 256 colours are enough, give or take a shade
// at smoothed edges, else RGB.
#include <libdeflate.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "plot/paint.hpp"

namespace rb::plot {
namespace {

constexpr int kLevel = 2;

void append_u32(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}

void append_chunk(std::string& out, std::string_view type, std::string_view data) {
  append_u32(out, static_cast<std::uint32_t>(data.size()));
  auto from = out.size();
  out.append(type).append(data);
  append_u32(out, libdeflate_crc32(0, out.data() + from, out.size() - from));
}

constexpr std::size_t kColors = 256;
constexpr std::uint32_t kAreaPixels = 200;  // a colour of so many pixels is more than an edge

// Which index a colour has: an open-addressing table, since every pixel that differs from its neighbour asks.
class Colors {
 public:
  struct Slot {
    std::uint32_t color = kFree, count = 0;
    std::uint8_t index = 0;
  };

  Slot& at(std::uint32_t color) {
    auto place = (color * 0x9E3779B1U) >> (32 - kBits);
    while (slots_[place].color != color && slots_[place].color != kFree) place = (place + 1) % kSlots;
    if (slots_[place].color == kFree) ++size_, slots_[place].color = color;
    return slots_[place];
  }

  bool too_many() const { return size_ > kSlots / 2; }

  std::vector<Slot*> most_frequent_first() {
    std::vector<Slot*> out;
    for (auto& slot : slots_)
      if (slot.color != kFree) out.push_back(&slot);
    std::ranges::sort(out, std::greater{}, &Slot::count);
    return out;
  }

 private:
  static constexpr std::uint32_t kFree = 0xFFFFFFFF;  // no colour: those have 24 bits
  static constexpr unsigned kBits = 13;
  static constexpr std::size_t kSlots = 1U << kBits;
  std::vector<Slot> slots_ = std::vector<Slot>(kSlots);
  std::size_t size_ = 0;
};

constexpr std::size_t kStride = 32;  // pixels that are compared at once in a long run

// Calls `each(color, length)` for every run of equal pixels in a row.
template <class Each>
void for_runs(std::span<const std::uint32_t> row, Each each) {
  for (std::size_t from = 0; from < row.size();) {
    auto color = row[from];
    auto to = from + 1;
    while (to < row.size() && row[to] == color) {
      ++to;
      while (to - from >= kStride && to + kStride <= row.size() &&
             std::memcmp(&row[to], &row[to - kStride], sizeof(std::uint32_t[kStride])) == 0)
        to += kStride;
    }
    each(color & 0xFFFFFF, to - from);
    from = to;
  }
}

bool is_near(std::uint32_t a, std::uint32_t b, int allowed) {
  for (int shift = 0; shift < 24; shift += 8) {
    int difference = static_cast<int>((a >> shift) & 0xFF) - static_cast<int>((b >> shift) & 0xFF);
    if (difference > allowed || difference < -allowed) return false;
  }
  return true;
}

// Gives every colour an index: the frequent ones, which are areas, keep their value; rare ones, which are
// smoothed edges, take one at most `tolerance` away. Empty: 256 are not enough.
std::vector<std::uint32_t> choose(const std::vector<Colors::Slot*>& colors, int tolerance) {
  std::vector<std::uint32_t> out;
  for (auto* slot : colors) {
    int allowed = slot->count >= kAreaPixels ? 0 : tolerance;
    auto near = std::ranges::find_if(out, [&](auto c) { return is_near(c, slot->color, allowed); });
    if (near == out.end()) {
      if (out.size() == kColors) return {};
      near = out.insert(near, slot->color);
    }
    slot->index = static_cast<std::uint8_t>(near - out.begin());
  }
  return out;
}

struct Rows {
  std::string bytes;  // each row begins with its filter, 0: none
  std::string palette;
};

std::optional<Rows> indexed(const Raster& raster) {
  Colors colors;
  std::vector<std::pair<const Colors::Slot*, std::size_t>> runs;
  for (int y = 0; y < raster.height(); ++y) {
    for_runs(raster.row(y), [&](std::uint32_t color, std::size_t length) {
      auto& slot = colors.at(color);
      slot.count += static_cast<std::uint32_t>(length);
      runs.emplace_back(&slot, length);
    });
    if (colors.too_many()) return std::nullopt;
  }
  auto ordered = colors.most_frequent_first();
  std::vector<std::uint32_t> palette;
  for (int tolerance : {0, 4, 8})
    if (palette.empty() && (tolerance > 0 || ordered.size() <= kColors)) palette = choose(ordered, tolerance);
  if (palette.empty()) return std::nullopt;

  Rows out;
  out.bytes.resize(static_cast<std::size_t>(raster.height()) *
                   (static_cast<std::size_t>(raster.width()) + 1));
  auto* to = out.bytes.data();
  auto run = runs.begin();
  for (int y = 0; y < raster.height(); ++y) {
    *to++ = 0;
    for (const auto* end = to + raster.width(); to != end; ++run)
      to = std::fill_n(to, run->second, static_cast<char>(run->first->index));
  }
  for (auto color : palette)
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
