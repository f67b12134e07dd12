// PNG through libpng's simplified interface: any bit depth, palette or interlacing becomes 8-bit BGR.
#include "decode/codecs.hpp"
#include "decode/exif.hpp"
#include "decode/image_error.hpp"
#include "decode/png_chunks.hpp"

#include <png.h>

namespace rollcall::vision {

core::Result<StoredImage> decode_png(std::string_view encoded, const DecodeLimits& limits) {
  const auto chunks = read_png_chunks(encoded);
  if (const auto fits = check_size(chunks.width_px, chunks.height_px, limits); !fits) return fits.error();
  if (chunks.animated) return image_animated();
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, chunks.pixels_only.data(), chunks.pixels_only.size()) == 0) {
    return image_corrupt(image.message);
  }
  // A second header would be refused, but what is allocated below must not depend on that.
  if (image.width != chunks.width_px || image.height != chunks.height_px) {
    png_image_free(&image);
    return image_corrupt("two headers");
  }
  image.format = PNG_FORMAT_BGR;
  // 16-bit photos are stored like 8-bit ones, not as linear light.
  image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
  cv::Mat pixels(static_cast<int>(image.height), static_cast<int>(image.width), CV_8UC3);
  const png_color background{kBackground, kBackground, kBackground};
  const auto stride = static_cast<png_int_32>(pixels.step);
  // Frees the reader in either case.
  if (png_image_finish_read(&image, &background, pixels.data, stride, nullptr) == 0) {
    return image_corrupt(image.message);
  }
  const auto size = pixels.size();
  return StoredImage{std::move(pixels), size, exif_orientation(chunks.exif)};
}

}  // namespace rollcall::vision
