#include "decode/exif.hpp"

#include "decode/byte_reader.hpp"

namespace rollcall::vision {
namespace {

constexpr std::uint32_t kOrientationTag = 0x0112;
constexpr std::uint32_t kShortType = 3;
constexpr std::size_t kEntryBytes = 12;

}  // namespace

int exif_orientation(std::string_view exif) {
  using std::string_view_literals::operator""sv;
  if (exif.starts_with("Exif\0\0"sv)) exif.remove_prefix(6);
  ByteOrder order{};
  if (exif.starts_with("II*\0"sv)) {
    order = ByteOrder::little;
  } else if (exif.starts_with("MM\0*"sv)) {
    order = ByteOrder::big;
  } else {
    return 1;
  }
  const auto directory = read_u32(exif, 4, order);
  if (!directory) return 1;
  const auto entries = read_u16(exif, *directory, order);
  if (!entries) return 1;
  for (std::size_t i = 0; i < *entries; ++i) {
    const std::size_t at = *directory + 2 + i * kEntryBytes;
    const auto tag = read_u16(exif, at, order);
    if (!tag) return 1;
    if (*tag != kOrientationTag) continue;
    const auto value = read_u16(exif, at + 8, order);
    const bool valid = read_u16(exif, at + 2, order) == kShortType && value && *value >= 1 && *value <= 8;
    return valid ? static_cast<int>(*value) : 1;
  }
  return 1;
}

cv::Mat upright(const cv::Mat& image, int orientation) {
  cv::Mat turned;
  // 5 to 8 are 1 to 4 with the axes exchanged.
  switch (orientation) {
    case 2:
      cv::flip(image, turned, 1);
      break;
    case 3:
      cv::rotate(image, turned, cv::ROTATE_180);
      break;
    case 4:
      cv::flip(image, turned, 0);
      break;
    case 5:
      cv::transpose(image, turned);
      break;
    case 6:
      cv::rotate(image, turned, cv::ROTATE_90_CLOCKWISE);
      break;
    case 7:
      cv::transpose(image, turned);
      cv::rotate(turned, turned, cv::ROTATE_180);
      break;
    case 8:
      cv::rotate(image, turned, cv::ROTATE_90_COUNTERCLOCKWISE);
      break;
    default:
      return image;
  }
  return turned;
}

}  // namespace rollcall::vision
