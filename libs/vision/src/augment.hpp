// Varied copies of an aligned crop, for more templates from one enrolment photo.
#pragma once

#include <opencv2/core.hpp>

namespace rollcall::vision {

// The same `index` always gives the same variation: mirrored on even indices, with light, contrast and
// rotation of up to some 8 degrees that differ from index to index.
cv::Mat augmented(const cv::Mat& crop, int index);

}  // namespace rollcall::vision
