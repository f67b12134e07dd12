// What happens to a photo before faces are looked for.
#pragma once

#include <opencv2/core.hpp>

#include <rollcall/vision/pipeline.hpp>

namespace rollcall::vision {

// Shrinks to a longest side of `max_dim`; 0 or a smaller image changes nothing.
cv::Mat shrink(const cv::Mat& image, int max_dim);

// Contrast-limited adaptive histogram equalisation of the luminance, 8 x 8 tiles, clip limit 2.
cv::Mat equalise(const cv::Mat& image);

}  // namespace rollcall::vision
