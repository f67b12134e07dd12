// Images made by the tests themselves.
#pragma once

#include <cstdint>
#include <string>

#include <opencv2/core.hpp>

namespace rollcall::vision::testing {

// Each corner has a colour of its own, so that every turn and mirroring can be told.
cv::Mat four_corners(cv::Size size);

enum class JpegKind { baseline, progressive, many_scans, grey, cmyk };

std::string make_jpeg(const cv::Mat& image, JpegKind kind = JpegKind::baseline);

// Right after the start marker, where cameras put it.
std::string with_exif(const std::string& jpeg, const std::string& tiff);

// A TIFF structure that says only the orientation.
std::string exif_of(int orientation, bool big_endian);

// Uncompressed, bottom up, with 24 bits.
std::string make_bmp(const cv::Mat& image);

// The first chunk of a PNG that claims a size, and nothing else.
std::string png_header(std::uint32_t width, std::uint32_t height);

}  // namespace rollcall::vision::testing
