// BMP as cameras and Windows write it: uncompressed, 8 bits with a palette, 24 or 32 bits. Own code because
// the format is tiny and the library for it would bring a hundred others.
#include "decode/byte_reader.hpp"
#include "decode/codecs.hpp"
#include "decode/image_error.hpp"

#include <cstdlib>

namespace rollcall::vision {
namespace {

constexpr std::size_t kFileHeaderBytes = 14;
constexpr std::uint32_t kInfoHeaderBytes = 40;
constexpr std::uint32_t kUncompressed = 0;
constexpr std::uint32_t kBitFields = 3;

struct BmpHeader {
  std::int64_t width = 0;
  std::int64_t height = 0;
  bool top_down = false;
  std::uint32_t bits = 0;
  std::size_t palette_at = 0;
  std::size_t palette_colours = 0;
  std::size_t pixels_at = 0;
};

core::Result<BmpHeader> read_header(std::string_view bmp) {
  const auto u16 = [bmp](std::size_t at) { return read_u16(bmp, at, ByteOrder::little); };
  const auto u32 = [bmp](std::size_t at) { return read_u32(bmp, at, ByteOrder::little); };
  const auto header_bytes = u32(kFileHeaderBytes);
  if (!header_bytes || !u32(kFileHeaderBytes + kInfoHeaderBytes - 4)) return image_corrupt("no BMP header");
  if (*header_bytes < kInfoHeaderBytes) return image_format_unsupported("A BMP of this old kind");

  BmpHeader header;
  header.width = static_cast<std::int32_t>(*u32(18));
  const std::int64_t height = static_cast<std::int32_t>(*u32(22));
  header.height = std::abs(height);
  header.top_down = height < 0;
  header.bits = *u16(28);
  const auto compression = *u32(30);
  const bool standard_masks = compression == kBitFields && header.bits == 32 && u32(54) == 0x00FF0000U &&
                              u32(58) == 0x0000FF00U && u32(62) == 0x000000FFU;
  if (compression != kUncompressed && !standard_masks) return image_format_unsupported("A BMP of this kind");
  if (header.bits != 8 && header.bits != 24 && header.bits != 32) {
    return image_format_unsupported("A BMP of this depth");
  }
  header.palette_at = kFileHeaderBytes + *header_bytes;
  const auto colours = *u32(46);
  header.palette_colours = header.bits == 8 ? (colours == 0 ? 256 : colours) : 0;
  if (header.palette_colours > 256) return image_corrupt("a palette of more than 256 colours");
  header.pixels_at = *u32(10);
  return header;
}

std::array<cv::Vec3b, 256> read_palette(std::string_view entries) {
  std::array<cv::Vec3b, 256> palette{};  // an index beyond the palette is black
  for (std::size_t i = 0; i * 4 + 4 <= entries.size(); ++i) {
    for (std::size_t channel = 0; channel < 3; ++channel) {
      palette[i][static_cast<int>(channel)] = static_cast<unsigned char>(entries[i * 4 + channel]);
    }
  }
  return palette;
}

}  // namespace

core::Result<StoredImage> decode_bmp(std::string_view encoded, const DecodeLimits& limits) {
  const auto header = read_header(encoded);
  if (!header) return header.error();
  if (const auto fits = check_size(header->width, header->height, limits); !fits) return fits.error();

  const auto width = static_cast<std::size_t>(header->width);
  const auto height = static_cast<std::size_t>(header->height);
  const std::size_t bytes_per_pixel = header->bits / 8;
  const std::size_t stride = (width * bytes_per_pixel + 3) / 4 * 4;
  const std::size_t palette_bytes = header->palette_colours * 4;
  // The last row's padding may be missing.
  const std::size_t pixel_bytes = stride * (height - 1) + width * bytes_per_pixel;
  if (header->pixels_at > encoded.size() || encoded.size() - header->pixels_at < pixel_bytes) {
    return image_corrupt("the BMP data ends early");
  }
  if (header->palette_at + palette_bytes > encoded.size()) return image_corrupt("the BMP palette ends early");

  const auto palette = read_palette(encoded.substr(header->palette_at, palette_bytes));
  cv::Mat pixels(static_cast<int>(height), static_cast<int>(width), CV_8UC3);
  for (std::size_t y = 0; y < height; ++y) {
    const auto stored_row = header->top_down ? y : height - 1 - y;
    const auto* from =
        reinterpret_cast<const unsigned char*>(encoded.data()) + header->pixels_at + stored_row * stride;
    auto* to = pixels.ptr<cv::Vec3b>(static_cast<int>(y));
    for (std::size_t x = 0; x < width; ++x, from += bytes_per_pixel) {
      to[x] = header->bits == 8 ? palette[*from] : cv::Vec3b(from[0], from[1], from[2]);
    }
  }
  return StoredImage{std::move(pixels), cv::Size(static_cast<int>(width), static_cast<int>(height)), 1};
}

}  // namespace rollcall::vision
