// WebP through libwebp.
#include "decode/byte_reader.hpp"
#include "decode/codecs.hpp"
#include "decode/exif.hpp"
#include "decode/image_error.hpp"

#include <opencv2/imgproc.hpp>
#include <webp/decode.h>

namespace rollcall::vision {
namespace {

std::string_view exif_chunk(std::string_view webp) {
  std::size_t at = 12;  // after "RIFF", the length and "WEBP"
  while (const auto length = read_u32(webp, at + 4, ByteOrder::little)) {
    if (webp.substr(at, 4) == "EXIF") return webp.substr(at + 8, *length);
    at += 8 + std::size_t{*length} + (*length & 1U);
    if (at > webp.size()) break;
  }
  return {};
}

void flatten(cv::Mat& bgra) {
  for (int y = 0; y < bgra.rows; ++y) {
    auto* row = bgra.ptr<cv::Vec4b>(y);
    for (int x = 0; x < bgra.cols; ++x) {
      const int alpha = row[x][3];
      if (alpha == 255) continue;
      for (int channel = 0; channel < 3; ++channel) {
        row[x][channel] =
            static_cast<unsigned char>((row[x][channel] * alpha + kBackground * (255 - alpha) + 127) / 255);
      }
    }
  }
}

}  // namespace

core::Result<StoredImage> decode_webp(std::string_view encoded, const DecodeLimits& limits) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(encoded.data());
  WebPBitstreamFeatures features{};
  if (WebPGetFeatures(bytes, encoded.size(), &features) != VP8_STATUS_OK) {
    return image_corrupt("no WebP header");
  }
  if (const auto fits = check_size(features.width, features.height, limits); !fits) return fits.error();
  if (features.has_animation != 0) return image_animated();

  cv::Mat pixels(features.height, features.width, features.has_alpha != 0 ? CV_8UC4 : CV_8UC3);
  const auto size = static_cast<std::size_t>(pixels.rows) * pixels.step;
  const auto stride = static_cast<int>(pixels.step);
  const auto* decoded = features.has_alpha != 0
                            ? WebPDecodeBGRAInto(bytes, encoded.size(), pixels.data, size, stride)
                            : WebPDecodeBGRInto(bytes, encoded.size(), pixels.data, size, stride);
  if (decoded == nullptr) return image_corrupt("the WebP data ends early or is damaged");
  if (features.has_alpha != 0) {
    flatten(pixels);
    cv::cvtColor(pixels, pixels, cv::COLOR_BGRA2BGR);
  }
  return StoredImage{std::move(pixels), cv::Size(features.width, features.height),
                     exif_orientation(exif_chunk(encoded))};
}

}  // namespace rollcall::vision
