#include "made_images.hpp"

#include <gtest/gtest.h>

// clang-format off
#include <cstdio>
#include <cstdlib>
#include <jpeglib.h>
// clang-format on

namespace rollcall::vision::testing {
namespace {

std::string little(std::uint32_t value, std::size_t bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes; ++i, value /= 256) text += static_cast<char>(value % 256);
  return text;
}

std::string big(std::uint32_t value, std::size_t bytes) {
  const auto text = little(value, bytes);
  return {text.rbegin(), text.rend()};
}

// One scan for the means and then one for each frequency of each component: valid, and absurd.
std::vector<jpeg_scan_info> one_scan_per_frequency() {
  std::vector<jpeg_scan_info> scans = {{3, {0, 1, 2, 0}, 0, 0, 0, 0}};
  for (int component = 0; component < 3; ++component) {
    for (int frequency = 1; frequency < 64; ++frequency) {
      scans.push_back({1, {component, 0, 0, 0}, frequency, frequency, 0, 0});
    }
  }
  return scans;
}

}  // namespace

cv::Mat four_corners(cv::Size size) {
  cv::Mat image(size, CV_8UC3);
  const cv::Size half(size.width / 2, size.height / 2);
  image(cv::Rect(0, 0, half.width, half.height)).setTo(cv::Scalar(0, 0, 255));
  image(cv::Rect(half.width, 0, size.width - half.width, half.height)).setTo(cv::Scalar(0, 255, 0));
  image(cv::Rect(0, half.height, half.width, size.height - half.height)).setTo(cv::Scalar(255, 0, 0));
  image(cv::Rect(half.width, half.height, size.width - half.width, size.height - half.height))
      .setTo(cv::Scalar(255, 255, 255));
  return image;
}

std::string make_jpeg(const cv::Mat& image, JpegKind kind) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &bytes, &size);
  info.image_width = static_cast<JDIMENSION>(image.cols);
  info.image_height = static_cast<JDIMENSION>(image.rows);
  const bool cmyk = kind == JpegKind::cmyk;
  info.input_components = cmyk ? 4 : 3;
  info.in_color_space = cmyk ? JCS_CMYK : JCS_EXT_BGR;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, 95, TRUE);
  if (kind == JpegKind::grey) jpeg_set_colorspace(&info, JCS_GRAYSCALE);
  if (kind == JpegKind::progressive) {
    jpeg_simple_progression(&info);
    // Colour at full resolution, which costs a decoder the most.
    info.comp_info[0].h_samp_factor = 1;
    info.comp_info[0].v_samp_factor = 1;
  }
  const auto scans = one_scan_per_frequency();
  if (kind == JpegKind::many_scans) {
    info.scan_info = scans.data();
    info.num_scans = static_cast<int>(scans.size());
  }
  jpeg_start_compress(&info, TRUE);
  cv::Mat row = image.clone();
  if (cmyk) {
    // As Adobe writes it: inverted, without black.
    cv::Mat inks(image.size(), CV_8UC4, cv::Scalar::all(255));
    const int from_to[] = {2, 0, 1, 1, 0, 2};
    cv::mixChannels(&image, 1, &inks, 1, from_to, 3);
    row = inks;
  }
  for (int y = 0; y < image.rows; ++y) {
    JSAMPROW pixels = row.ptr(y);
    jpeg_write_scanlines(&info, &pixels, 1);
  }
  jpeg_finish_compress(&info);
  std::string jpeg(reinterpret_cast<const char*>(bytes), size);
  jpeg_destroy_compress(&info);
  std::free(bytes);
  return jpeg;
}

std::string with_exif(const std::string& jpeg, const std::string& tiff) {
  const std::string data = std::string("Exif\0\0", 6) + tiff;
  return jpeg.substr(0, 2) + "\xFF\xE1" + big(static_cast<std::uint32_t>(data.size() + 2), 2) + data +
         jpeg.substr(2);
}

std::string exif_of(int orientation, bool big_endian) {
  const auto number = [big_endian](std::uint32_t value, std::size_t bytes) {
    return big_endian ? big(value, bytes) : little(value, bytes);
  };
  return std::string(big_endian ? "MM" : "II") + number(42, 2) + number(8, 4) + number(1, 2) +
         number(0x0112, 2) + number(3, 2) + number(1, 4) +
         number(static_cast<std::uint32_t>(orientation), 2) + number(0, 2) + number(0, 4);
}

std::string make_bmp(const cv::Mat& image) {
  const auto width = static_cast<std::uint32_t>(image.cols);
  const auto height = static_cast<std::uint32_t>(image.rows);
  const std::size_t padding = (4 - width * 3 % 4) % 4;
  std::string pixels;
  for (int y = image.rows - 1; y >= 0; --y) {
    pixels.append(reinterpret_cast<const char*>(image.ptr(y)), width * 3);
    pixels.append(padding, '\0');
  }
  return "BM" + little(static_cast<std::uint32_t>(54 + pixels.size()), 4) + little(0, 4) + little(54, 4) +
         little(40, 4) + little(width, 4) + little(height, 4) + little(1, 2) + little(24, 2) + little(0, 24) +
         pixels;
}

std::string png_header(std::uint32_t width, std::uint32_t height) {
  // The checksum is wrong, which nobody gets to see: the size is refused first or the checksum is.
  return std::string("\x89PNG\r\n\x1A\n", 8) + big(13, 4) + "IHDR" + big(width, 4) + big(height, 4) +
         std::string("\x08\x02\0\0\0", 5) + big(0, 4);
}

}  // namespace rollcall::vision::testing
