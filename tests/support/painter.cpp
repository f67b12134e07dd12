#include "support/painter.hpp"

#include <array>
#include <cmath>

namespace rollcall::synthetic {
namespace {

constexpr float kUnitShare = 0.31F;  // of the picture's width, for a head at scale 1
// The part of a head that a turn moves: its inside, not its outline.
constexpr float kTurnHalfWidth = 0.80F;
constexpr float kTurnHalfHeight = 1.05F;

}  // namespace

Painter::Painter(int size_px, const Pose& pose)
    : pose_(pose),
      unit_px_(kUnitShare * pose.scale * static_cast<float>(size_px)),
      picture_(size_px, size_px, Colour{}),
      positions_(size_px, size_px) {
  const float t = pose.half_roll_tan;
  cos_ = (1 - t * t) / (1 + t * t);
  sin_ = 2 * t / (1 + t * t);
  const float middle = static_cast<float>(size_px) * 0.5F;
  for (int y = 0; y < size_px; ++y) {
    for (int x = 0; x < size_px; ++x) {
      const float right = (static_cast<float>(x) + 0.5F - middle) / unit_px_ - pose.shift_u;
      const float down = (static_cast<float>(y) + 0.5F - middle) / unit_px_ - pose.shift_v;
      float u = cos_ * right + sin_ * down;
      const float v = cos_ * down - sin_ * right;
      u -= pose.shear * v;
      u -= pose.turn * faded(ellipse(u, v, kTurnHalfWidth, kTurnHalfHeight));
      positions_(y, x) = {u, v};
    }
  }
}

cv::Rect Painter::pixels_of(const Region& region) const {
  const float slack = std::abs(pose_.turn);
  const float middle = static_cast<float>(picture_.cols) * 0.5F;
  const auto to_pixel = [&](float u, float v) {
    const float sheared = u + pose_.shear * v;
    const float right = cos_ * sheared - sin_ * v + pose_.shift_u;
    const float down = sin_ * sheared + cos_ * v + pose_.shift_v;
    return cv::Point2f{right * unit_px_ + middle, down * unit_px_ + middle};
  };
  const std::array corners{
      to_pixel(region.left - slack, region.top), to_pixel(region.right + slack, region.top),
      to_pixel(region.left - slack, region.bottom), to_pixel(region.right + slack, region.bottom)};
  auto low = corners[0];
  auto high = corners[0];
  for (const auto& corner : corners) {
    low = {std::min(low.x, corner.x), std::min(low.y, corner.y)};
    high = {std::max(high.x, corner.x), std::max(high.y, corner.y)};
  }
  const cv::Rect bounds{
      cv::Point{static_cast<int>(std::floor(low.x)), static_cast<int>(std::floor(low.y))},
      cv::Point{static_cast<int>(std::ceil(high.x)) + 1, static_cast<int>(std::ceil(high.y)) + 1}};
  return bounds & cv::Rect{0, 0, picture_.cols, picture_.rows};
}

}  // namespace rollcall::synthetic
