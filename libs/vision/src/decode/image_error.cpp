#include "decode/image_error.hpp"

namespace rollcall::vision {

using core::Errc;
using core::Error;

Error image_empty() {
  return {Errc::invalid_input, "image_empty", "The image has no bytes."};
}

Error image_too_large(std::size_t bytes_max) {
  return {Errc::too_large, "image_too_large",
          "The image has more than " + std::to_string(bytes_max) + " bytes."};
}

Error image_too_many_pixels(const DecodeLimits& limits) {
  return {Errc::too_large, "image_too_many_pixels",
          "The image has more than " + std::to_string(limits.pixels_max) + " pixels, or a side longer than " +
              std::to_string(limits.side_px_max) + "."};
}

Error image_too_small(int side_px_min) {
  return {Errc::invalid_input, "image_too_small",
          "The image has a side shorter than " + std::to_string(side_px_min) + " pixels."};
}

Error image_format_unsupported(std::string_view found) {
  return {Errc::unsupported_type, "image_format_unsupported",
          std::string(found) + " is not accepted: send a JPEG, PNG, WebP or BMP image."};
}

Error image_animated() {
  return {Errc::invalid_input, "image_animated", "The image is an animation: send a photo."};
}

Error image_corrupt(std::string detail) {
  return {Errc::invalid_input, "image_corrupt", "The image is damaged or incomplete.", std::move(detail)};
}

core::Result<void> check_size(std::int64_t width_px, std::int64_t height_px, const DecodeLimits& limits) {
  if (width_px <= 0 || height_px <= 0) return image_corrupt("a side of zero");
  // In this order, so that the product cannot overflow.
  if (width_px > limits.side_px_max || height_px > limits.side_px_max) return image_too_many_pixels(limits);
  if (width_px * height_px > limits.pixels_max) return image_too_many_pixels(limits);
  if (width_px < limits.side_px_min || height_px < limits.side_px_min) {
    return image_too_small(limits.side_px_min);
  }
  return {};
}

}  // namespace rollcall::vision
