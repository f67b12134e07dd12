// MediaPipe's face mesh, used for five steadier landmarks than a detector gives.
#pragma once

#include "inference_engine.hpp"
#include "stages.hpp"

#include <memory>

namespace rollcall::vision {

inline constexpr std::size_t kMeshPoints = 468;
using MeshPoints = std::array<cv::Point2d, kMeshPoints>;  // in pixels of the image

struct Mesh {
  MeshPoints points{};
  double face_probability = 0;  // that the crop shows a face
};

// Input: an image and a detection in it. Cost: two inferences, 7 ms on one core. Keeps buffers: one thread at
// a time.
class FaceMesh {
 public:
  FaceMesh(std::unique_ptr<InferenceEngine> engine, std::string input);

  // Two passes: the second starts from the first one's points, which halves the error.
  Mesh locate(const cv::Mat& image, const Detection& detection);

 private:
  struct Square {
    cv::Point2d centre;
    double side = 0;
    double angle = 0;  // of the eye line, radians
  };

  Mesh locate_in(const cv::Mat& image, const Square& square);
  static Square around(const MeshPoints& points);

  std::unique_ptr<InferenceEngine> engine_;
  std::string input_;
};

// Eyes, nose tip and corners of the mouth.
domain::Landmarks five_points(const MeshPoints& points);

}  // namespace rollcall::vision
