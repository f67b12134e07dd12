// EXIF orientation: how a camera was held. Broken EXIF is as good as none.
#pragma once

#include <string_view>

#include <opencv2/core.hpp>

namespace rollcall::vision {

// `exif` is a TIFF structure, with or without "Exif\0\0" before it. 1..8; 1 when it does not say.
int exif_orientation(std::string_view exif);

// Undoes an orientation of 1..8.
cv::Mat upright(const cv::Mat& image, int orientation);

}  // namespace rollcall::vision
