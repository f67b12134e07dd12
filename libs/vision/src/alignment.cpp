#include "alignment.hpp"

#include <opencv2/imgproc.hpp>

namespace rollcall::vision {
namespace {

constexpr domain::Landmarks kArcface112 = {{{38.2946F, 51.6963F},
                                            {73.5318F, 51.5014F},
                                            {56.0252F, 71.7366F},
                                            {41.5493F, 92.3655F},
                                            {70.7299F, 92.2041F}}};

// Intel gives them as shares of the side.
constexpr float kReidSide = 128;
constexpr domain::Landmarks kReid128 = {{{0.315569F * kReidSide, 0.461574F * kReidSide},
                                         {0.682623F * kReidSide, 0.461574F * kReidSide},
                                         {0.500262F * kReidSide, 0.640505F * kReidSide},
                                         {0.349472F * kReidSide, 0.824692F * kReidSide},
                                         {0.653436F * kReidSide, 0.824692F * kReidSide}}};

cv::Point2d mean_of(const domain::Landmarks& points) {
  cv::Point2d sum;
  for (const auto& point : points) sum += cv::Point2d(point.x, point.y);
  return sum / static_cast<double>(points.size());
}

}  // namespace

std::optional<AlignmentTemplate> find_alignment(std::string_view name) {
  if (name == "arcface112") return AlignmentTemplate{cv::Size(112, 112), kArcface112};
  if (name == "reid128") return AlignmentTemplate{cv::Size(128, 128), kReid128};
  return std::nullopt;
}

cv::Matx23d similarity_transform(const domain::Landmarks& from, const domain::Landmarks& to) {
  // In the plane the singular value decomposition has a closed form: with the points as complex numbers
  // around their means, the best scale and rotation are sum(conj(from) * to) / sum(|from|^2).
  const auto from_mean = mean_of(from);
  const auto to_mean = mean_of(to);
  double real = 0;
  double imaginary = 0;
  double spread = 0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const auto a = cv::Point2d(from[i].x, from[i].y) - from_mean;
    const auto b = cv::Point2d(to[i].x, to[i].y) - to_mean;
    real += a.dot(b);
    imaginary += a.cross(b);
    spread += a.dot(a);
  }
  const double c = spread > 0 ? real / spread : 1;
  const double s = spread > 0 ? imaginary / spread : 0;
  return {c, -s, to_mean.x - c * from_mean.x + s * from_mean.y,  //
          s, c,  to_mean.y - s * from_mean.x - c * from_mean.y};
}

cv::Mat align(const cv::Mat& image, const domain::Landmarks& landmarks, const AlignmentTemplate& target) {
  cv::Mat crop;
  cv::warpAffine(image, crop, similarity_transform(landmarks, target.points), target.size, cv::INTER_LINEAR);
  return crop;
}

}  // namespace rollcall::vision
