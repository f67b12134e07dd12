#include "quality.hpp"

#include <cmath>
#include <numbers>

#include <opencv2/imgproc.hpp>

namespace rollcall::vision {
namespace {

// Sharpness depends on the crop's scale, so all models are measured on one.
constexpr int kCropSide = 112;
constexpr int kDarkEnd = 5;
constexpr int kBrightEnd = 250;

// Eyes, nose tip and corners of the mouth of an average head, from MediaPipe's canonical face model
// (Apache-2.0), in centimetres around their mean: x to the image's right, y down, z towards the camera.
using Point3 = cv::Vec3d;
constexpr std::size_t kPoints = 5;
const std::array<Point3, kPoints> kHead = {Point3{-3.1512, -2.6245, 3.4657}, Point3{3.1512, -2.6245, 3.4657},
                                           Point3{0, 1.1269, 7.4756}, Point3{-2.4562, 4.3426, 4.2839},
                                           Point3{2.4562, 4.3426, 4.2839}};

float degrees(double radians) {
  return static_cast<float>(radians * 180 / std::numbers::pi);
}

}  // namespace

HeadPose estimate_pose(const domain::Landmarks& landmarks) {
  // Each image coordinate is a linear function of the head's: solve both by least squares, (x, y, z, 1) ->
  // pixel.
  cv::Matx<double, kPoints, 4> head;
  cv::Matx<double, kPoints, 2> seen;
  for (int i = 0; i < static_cast<int>(kPoints); ++i) {
    const auto& point = kHead[static_cast<std::size_t>(i)];
    for (int k = 0; k < 3; ++k) head(i, k) = point[k];
    head(i, 3) = 1;
    seen(i, 0) = landmarks[static_cast<std::size_t>(i)].x;
    seen(i, 1) = landmarks[static_cast<std::size_t>(i)].y;
  }
  cv::Matx<double, 4, 2> camera;
  cv::solve(head, seen, camera, cv::DECOMP_SVD);
  const Point3 right(camera(0, 0), camera(1, 0), camera(2, 0));
  const Point3 down(camera(0, 1), camera(1, 1), camera(2, 1));
  const double scale = (cv::norm(right) + cv::norm(down)) / 2;
  if (!(scale > 0)) return {};
  // The third column of the two rows is where the nose points to in the image.
  const double roll = std::atan2(down[0], right[0]);
  const double c = std::cos(roll);
  const double s = std::sin(roll);
  const double sideways = (c * right[2] + s * down[2]) / scale;
  const double downwards = (-s * right[2] + c * down[2]) / scale;
  return {degrees(std::asin(std::clamp(sideways, -1.0, 1.0))),
          degrees(-std::asin(std::clamp(downwards, -1.0, 1.0))), degrees(roll)};
}

domain::Quality measure_quality(const Detection& detection, const cv::Mat& crop) {
  cv::Mat grey;
  cv::cvtColor(crop, grey, cv::COLOR_BGR2GRAY);
  if (grey.rows != kCropSide) cv::resize(grey, grey, cv::Size(kCropSide, kCropSide), 0, 0, cv::INTER_AREA);
  cv::Mat edges;
  cv::Laplacian(grey, edges, CV_32F);
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(edges, mean, deviation);

  const auto pose = estimate_pose(detection.landmarks);
  domain::Quality quality;
  quality.size_px = detection.box.size_px();
  quality.detection_score = detection.score;
  quality.sharpness = static_cast<float>(deviation[0] * deviation[0]);
  quality.brightness = static_cast<float>(cv::mean(grey)[0]);
  const int clipped = cv::countNonZero(grey <= kDarkEnd) + cv::countNonZero(grey >= kBrightEnd);
  quality.clipped = static_cast<float>(clipped) / static_cast<float>(grey.total());
  quality.yaw_deg = pose.yaw_deg;
  quality.pitch_deg = pose.pitch_deg;
  quality.roll_deg = pose.roll_deg;
  return quality;
}

}  // namespace rollcall::vision
