// The stages of the pipeline as ports. Images are 8-bit BGR cv::Mat, upright.
//
// Every stage is immutable after construction unless it says otherwise; a stage that keeps buffers (a
// network) is used by one thread at a time and lent out by the pipeline.
#pragma once

#include <vector>

#include <opencv2/core.hpp>

#include <rollcall/domain/geometry.hpp>
#include <rollcall/domain/ids.hpp>
#include <rollcall/domain/recognition.hpp>

namespace rollcall::vision {

struct Detection {
  domain::Box box;
  domain::Landmarks landmarks{};
  float score = 0;  // 0..1
};

// Input: any image of at least 32 x 32 pixels. Output: faces after non-maximum suppression, best score first,
// in pixels of the input. Throws core::InfraError when the model fails.
class FaceDetector {
 public:
  virtual ~FaceDetector() = default;
  virtual std::vector<Detection> detect(const cv::Mat& image) = 0;
};

// Five reference points for a crop of `size`, in the order of domain::Landmarks.
struct AlignmentTemplate {
  cv::Size size;
  domain::Landmarks points{};
};

// Input: crops of alignment().size. Output: one L2-normalised embedding of dimension() for each, in order.
class FaceEmbedder {
 public:
  virtual ~FaceEmbedder() = default;
  virtual std::vector<domain::Embedding> embed(const std::vector<cv::Mat>& crops) = 0;
  virtual const AlignmentTemplate& alignment() const = 0;
  virtual std::size_t dimension() const = 0;
  virtual const domain::ModelId& model() const = 0;
};

}  // namespace rollcall::vision
