#include "face_mesh.hpp"

#include "planar.hpp"

#include <cmath>

#include <opencv2/imgproc.hpp>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::vision {
namespace {

constexpr int kSide = 192;
constexpr double kDetectionMargin = 1.35;
constexpr double kOwnMargin = 1.5;
// Corners of the eyes, in the mesh's numbering; left and right as seen in the image.
constexpr std::size_t kLeftEyeOuter = 33;
constexpr std::size_t kLeftEyeInner = 133;
constexpr std::size_t kRightEyeInner = 362;
constexpr std::size_t kRightEyeOuter = 263;
constexpr std::size_t kNoseTip = 1;
constexpr std::size_t kMouthLeft = 61;
constexpr std::size_t kMouthRight = 291;

double angle_of(cv::Point2d from, cv::Point2d to) {
  return std::atan2(to.y - from.y, to.x - from.x);
}

domain::Point narrow(cv::Point2d point) {
  return {static_cast<float>(point.x), static_cast<float>(point.y)};
}

ModelInput mesh_input() {
  ModelInput input;
  input.colours = ColourOrder::rgb;
  input.scale.fill(1.0F / 255);
  return input;
}

}  // namespace

FaceMesh::FaceMesh(std::unique_ptr<InferenceEngine> engine, std::string input)
    : engine_(std::move(engine)), input_(std::move(input)) {}

Mesh FaceMesh::locate(const cv::Mat& image, const Detection& detection) {
  const auto& box = detection.box;
  const auto& [left_eye, right_eye, nose, mouth_left, mouth_right] = detection.landmarks;
  const Square first{{box.x + box.width / 2.0, box.y + box.height / 2.0},
                     kDetectionMargin * std::max(box.width, box.height),
                     angle_of({left_eye.x, left_eye.y}, {right_eye.x, right_eye.y})};
  return locate_in(image, around(locate_in(image, first).points));
}

Mesh FaceMesh::locate_in(const cv::Mat& image, const Square& square) {
  // From the crop's pixels to the image's: scale, turn, move to the centre.
  const double scale = square.side / kSide;
  const double c = std::cos(square.angle) * scale;
  const double s = std::sin(square.angle) * scale;
  constexpr double kHalf = kSide / 2.0;
  const cv::Matx23d to_image(c, -s, square.centre.x - c * kHalf + s * kHalf,  //
                             s, c, square.centre.y - s * kHalf - c * kHalf);
  cv::Mat crop;
  cv::warpAffine(image, crop, to_image, cv::Size(kSide, kSide), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP);

  static const ModelInput kInput = mesh_input();
  std::vector<float> planes(3 * crop.total());
  write_planar(crop, kInput, planes);
  const auto outputs = engine_->run({{input_, {1, 3, kSide, kSide}, planes}}, {"landmarks", "faceflag"});
  const auto& landmarks = outputs[0].values;
  if (landmarks.size() != 3 * kMeshPoints || outputs[1].values.empty()) {
    throw core::InfraError("the mesh model's output is not that of a mesh of 468 points");
  }
  Mesh mesh;
  for (std::size_t i = 0; i < kMeshPoints; ++i) {
    const double x = landmarks[3 * i];
    const double y = landmarks[3 * i + 1];
    mesh.points[i] = {to_image(0, 0) * x + to_image(0, 1) * y + to_image(0, 2),
                      to_image(1, 0) * x + to_image(1, 1) * y + to_image(1, 2)};
  }
  mesh.face_probability = 1 / (1 + std::exp(-outputs[1].values[0]));
  return mesh;
}

FaceMesh::Square FaceMesh::around(const MeshPoints& points) {
  cv::Point2d low = points[0];
  cv::Point2d high = points[0];
  for (const auto& point : points) {
    low = {std::min(low.x, point.x), std::min(low.y, point.y)};
    high = {std::max(high.x, point.x), std::max(high.y, point.y)};
  }
  return {(low + high) / 2, kOwnMargin * std::max(high.x - low.x, high.y - low.y),
          angle_of(points[kLeftEyeOuter], points[kRightEyeOuter])};
}

domain::Landmarks five_points(const MeshPoints& points) {
  return {narrow((points[kLeftEyeOuter] + points[kLeftEyeInner]) / 2),
          narrow((points[kRightEyeInner] + points[kRightEyeOuter]) / 2), narrow(points[kNoseTip]),
          narrow(points[kMouthLeft]), narrow(points[kMouthRight])};
}

}  // namespace rollcall::vision
