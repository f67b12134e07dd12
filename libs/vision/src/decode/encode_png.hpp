#pragma once

#include <string>

#include <opencv2/core.hpp>

namespace rollcall::vision {

// An 8-bit BGR image as PNG. Throws core::InfraError when memory runs out.
std::string encode_png(const cv::Mat& image);

}  // namespace rollcall::vision
