#include "decode/encode_png.hpp"

#include <png.h>

#include <rollcall/core/assert.hpp>
#include <rollcall/core/infra_error.hpp>

namespace rollcall::vision {

std::string encode_png(const cv::Mat& image) {
  ROLLCALL_ASSERT(image.type() == CV_8UC3);
  png_image header{};
  header.version = PNG_IMAGE_VERSION;
  header.width = static_cast<png_uint_32>(image.cols);
  header.height = static_cast<png_uint_32>(image.rows);
  header.format = PNG_FORMAT_BGR;
  std::string encoded(PNG_IMAGE_PNG_SIZE_MAX(header), '\0');
  png_alloc_size_t size = encoded.size();
  const auto stride = static_cast<png_int_32>(image.step);
  if (png_image_write_to_memory(&header, encoded.data(), &size, 0, image.data, stride, nullptr) == 0) {
    throw core::InfraError(std::string("cannot write a PNG: ") + header.message);
  }
  encoded.resize(size);
  return encoded;
}

}  // namespace rollcall::vision
