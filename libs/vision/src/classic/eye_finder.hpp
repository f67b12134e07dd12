// Finds the eyes inside a face that a cascade found.
#pragma once

#include <filesystem>
#include <optional>

#include <opencv2/objdetect.hpp>

namespace rollcall::vision::classic {

// Centres in pixels of the image, as seen: `left` has the smaller x.
struct EyePair {
  cv::Point2f left;
  cv::Point2f right;
};

// Keeps buffers: one thread at a time.
class EyeFinder {
 public:
  // Throws core::InfraError when the cascade cannot be read.
  explicit EyeFinder(const std::filesystem::path& cascade_dir);

  // `grey` is the whole image. nullopt when one eye is missing or the two do not make a face.
  std::optional<EyePair> find(const cv::Mat& grey, const cv::Rect& face);

 private:
  cv::CascadeClassifier cascade_;
};

}  // namespace rollcall::vision::classic
