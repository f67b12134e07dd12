#include "decode/png_chunks.hpp"

#include "decode/byte_reader.hpp"

#include <algorithm>
#include <array>

namespace rollcall::vision {
namespace {

constexpr std::size_t kSignatureBytes = 8;
constexpr std::size_t kFrameBytes = 12;  // length, type and checksum around a chunk's data
constexpr std::array<std::string_view, 7> kPixelChunks = {"IHDR", "PLTE", "tRNS", "gAMA",
                                                          "sRGB", "IDAT", "IEND"};

}  // namespace

PngChunks read_png_chunks(std::string_view png) {
  PngChunks chunks;
  chunks.pixels_only.reserve(png.size());
  chunks.pixels_only = png.substr(0, kSignatureBytes);
  bool pixels_seen = false;
  std::size_t at = kSignatureBytes;
  while (const auto length = read_u32(png, at, ByteOrder::big)) {
    const auto type = png.substr(std::min(at + 4, png.size()), 4);
    const auto whole = png.substr(at, kFrameBytes + std::size_t{*length});
    const auto data = png.substr(std::min(at + 8, png.size()), *length);
    if (std::ranges::find(kPixelChunks, type) != kPixelChunks.end()) chunks.pixels_only += whole;
    if (type == "IHDR") {
      chunks.width_px = read_u32(data, 0, ByteOrder::big).value_or(0);
      chunks.height_px = read_u32(data, 4, ByteOrder::big).value_or(0);
    }
    if (type == "eXIf" && chunks.exif.empty()) chunks.exif = data;
    // After the first pixels the chunk means nothing.
    if (type == "acTL" && !pixels_seen) chunks.animated = read_u32(data, 0, ByteOrder::big).value_or(0) > 1;
    pixels_seen = pixels_seen || type == "IDAT";
    if (type == "IEND") break;
    at += whole.size();
  }
  return chunks;
}

}  // namespace rollcall::vision
