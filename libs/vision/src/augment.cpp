#include "augment.hpp"

#include <array>

#include <opencv2/imgproc.hpp>

namespace rollcall::vision {
namespace {

struct Variation {
  double contrast = 1;
  double brightness = 0;
  double rotation_deg = 0;
};

// The first copy is only mirrored; afterwards each variation is used for a plain and a mirrored one. Enough
// of them for 16 copies of which none is the crop itself.
constexpr std::array<Variation, 9> kVariations = {{{1.0, 0, 0},
                                                   {1.15, 10, 4},
                                                   {0.85, -10, -4},
                                                   {1.0, 25, 2},
                                                   {1.0, -25, -2},
                                                   {1.25, 0, 6},
                                                   {0.75, 0, -6},
                                                   {1.1, -15, 8},
                                                   {0.9, 15, -8}}};

}  // namespace

cv::Mat augmented(const cv::Mat& crop, int index) {
  const auto count = static_cast<int>(kVariations.size());
  const bool mirrored = index % 2 == 0;
  const auto& variation = kVariations[static_cast<std::size_t>((index + 1) / 2 % count)];
  cv::Mat copy;
  if (mirrored) {
    cv::flip(crop, copy, 1);
  } else {
    copy = crop.clone();
  }
  if (variation.rotation_deg != 0) {
    const cv::Point2f centre(static_cast<float>(copy.cols) / 2, static_cast<float>(copy.rows) / 2);
    const auto rotation = cv::getRotationMatrix2D(centre, variation.rotation_deg, 1);
    cv::warpAffine(copy.clone(), copy, rotation, copy.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  }
  // Around mid grey, so that contrast does not change the brightness.
  constexpr double kMidGrey = 128;
  copy.convertTo(copy, -1, variation.contrast, kMidGrey * (1 - variation.contrast) + variation.brightness);
  return copy;
}

}  // namespace rollcall::vision
