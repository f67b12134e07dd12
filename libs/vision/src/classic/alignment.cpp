#include "classic/alignment.hpp"

#include <complex>

namespace rollcall::vision::classic {

domain::Landmarks landmarks_from_eyes(const cv::Point2f& left, const cv::Point2f& right) {
  // A similarity of the plane is z -> factor * z + offset with complex numbers.
  using Complex = std::complex<float>;
  const Complex from_left{kReferencePoints[0].x, kReferencePoints[0].y};
  const Complex from_right{kReferencePoints[1].x, kReferencePoints[1].y};
  const Complex to_left{left.x, left.y};
  const Complex to_right{right.x, right.y};
  const auto factor = (to_right - to_left) / (from_right - from_left);

  domain::Landmarks landmarks;
  for (std::size_t i = 0; i < landmarks.size(); ++i) {
    const auto moved = to_left + factor * (Complex{kReferencePoints[i].x, kReferencePoints[i].y} - from_left);
    landmarks[i] = {moved.real(), moved.imag()};
  }
  return landmarks;
}

}  // namespace rollcall::vision::classic
