// From interleaved bytes to the planar floats that networks are fed.
#pragma once

#include <span>

#include <opencv2/core.hpp>

#include <rollcall/vision/model_pack.hpp>

namespace rollcall::vision {

// Writes 3 x height x width floats: (byte - mean) * scale, channels in the order of `input.colours`. `image`
// is CV_8UC3 in BGR and `planes` has exactly its size.
void write_planar(const cv::Mat& image, const ModelInput& input, std::span<float> planes);

}  // namespace rollcall::vision
