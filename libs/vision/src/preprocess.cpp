#include "preprocess.hpp"

#include <opencv2/imgproc.hpp>

namespace rollcall::vision {
namespace {

constexpr double kClipLimit = 2;
constexpr int kTiles = 8;

}  // namespace

cv::Mat shrink(const cv::Mat& image, int max_dim) {
  const int longest = std::max(image.cols, image.rows);
  if (max_dim <= 0 || longest <= max_dim) return image;
  const double factor = static_cast<double>(max_dim) / longest;
  const cv::Size size(std::max(1, cvRound(image.cols * factor)), std::max(1, cvRound(image.rows * factor)));
  cv::Mat smaller;
  cv::resize(image, smaller, size, 0, 0, cv::INTER_AREA);
  return smaller;
}

cv::Mat equalise(const cv::Mat& image) {
  cv::Mat luminance_first;
  cv::cvtColor(image, luminance_first, cv::COLOR_BGR2YCrCb);
  cv::Mat luminance;
  cv::extractChannel(luminance_first, luminance, 0);
  cv::createCLAHE(kClipLimit, cv::Size(kTiles, kTiles))->apply(luminance, luminance);
  cv::insertChannel(luminance, luminance_first, 0);
  cv::Mat equalised;
  cv::cvtColor(luminance_first, equalised, cv::COLOR_YCrCb2BGR);
  return equalised;
}

}  // namespace rollcall::vision
