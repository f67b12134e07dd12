// Faces by OpenCV's cascades, eyes inside them by another, nose and mouth by geometry.
#include "classic/alignment.hpp"
#include "classic/cascade_file.hpp"
#include "classic/classic_pack.hpp"
#include "classic/eye_finder.hpp"

#include <algorithm>

#include <opencv2/imgproc.hpp>

#include <rollcall/core/assert.hpp>
#include <rollcall/core/infra_error.hpp>

namespace rollcall::vision::classic {
namespace {

constexpr int kImageSizeMinPx = 32;
// Larger images are searched at this size: the cost of a cascade grows with the area.
constexpr int kSearchSizeMaxPx = 800;
constexpr int kFaceSizeMinPx = 36;  // in the searched image
constexpr double kScaleStep = 1.1;
constexpr int kNeighboursMin = 3;

// Without eyes: where they lie in a box of these cascades.
constexpr float kEyeHeight = 0.39F;
constexpr float kLeftEye = 0.31F;
constexpr float kRightEye = 0.69F;

cv::Mat grey_of(const cv::Mat& image, double scale) {
  cv::Mat grey;
  cv::cvtColor(image, grey, cv::COLOR_BGR2GRAY);
  if (scale < 1) cv::resize(grey, grey, {}, scale, scale, cv::INTER_AREA);
  // Local contrast: when chosen, it found 174 instead of 171 of 180 drawn faces, and as many real ones.
  cv::createCLAHE(2.0, {8, 8})->apply(grey, grey);
  return grey;
}

// A cascade answers with the number of windows that agree; 3 are the least, 40 are many.
float score_of(int neighbours, bool has_eyes) {
  const float agreement = static_cast<float>(neighbours) / (static_cast<float>(neighbours) + 6.0F);
  return has_eyes ? 1 - (1 - agreement) * 0.5F : agreement;
}

class CascadeDetector final : public FaceDetector {
 public:
  CascadeDetector(float score_min, const std::filesystem::path& cascade_dir)
      : score_min_(score_min),
        first_(load_cascade(cascade_dir, "haarcascades/haarcascade_frontalface_alt2.xml")),
        second_(load_cascade(cascade_dir, "lbpcascades/lbpcascade_frontalface_improved.xml")),
        eyes_(cascade_dir) {}

  std::vector<Detection> detect(const cv::Mat& image) override {
    ROLLCALL_ASSERT(image.type() == CV_8UC3);
    if (std::min(image.cols, image.rows) < kImageSizeMinPx) return {};
    const double scale =
        std::min(1.0, static_cast<double>(kSearchSizeMaxPx) / std::max(image.cols, image.rows));
    try {
      return detect_in(grey_of(image, scale), static_cast<float>(scale));
    } catch (const cv::Exception& error) {
      throw core::InfraError(std::string("the cascade detector failed: ") + error.what());
    }
  }

 private:
  std::vector<Detection> detect_in(const cv::Mat& grey, float scale) {
    std::vector<Detection> faces;
    search(first_, grey, scale, faces);
    // The two miss different faces; the second costs time and is asked only when the first finds nobody.
    if (faces.empty()) search(second_, grey, scale, faces);
    std::stable_sort(faces.begin(), faces.end(),
                     [](const Detection& a, const Detection& b) { return a.score > b.score; });
    return faces;
  }

  void search(cv::CascadeClassifier& cascade, const cv::Mat& grey, float scale,
              std::vector<Detection>& faces) {
    std::vector<cv::Rect> boxes;
    std::vector<int> neighbours;
    cascade.detectMultiScale(grey, boxes, neighbours, kScaleStep, kNeighboursMin, 0,
                             {kFaceSizeMinPx, kFaceSizeMinPx});
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      const auto eyes = eyes_.find(grey, boxes[i]);
      const float score = score_of(neighbours[i], eyes.has_value());
      if (score < score_min_) continue;
      faces.push_back({.box = in_image(boxes[i], scale),
                       .landmarks = in_image(eyes.value_or(usual_eyes(boxes[i])), scale),
                       .score = score});
    }
  }

  static EyePair usual_eyes(const cv::Rect& box) {
    const cv::Point2f corner{box.tl()};
    const auto width = static_cast<float>(box.width);
    const float down = kEyeHeight * static_cast<float>(box.height);
    return {corner + cv::Point2f{kLeftEye * width, down}, corner + cv::Point2f{kRightEye * width, down}};
  }

  static domain::Box in_image(const cv::Rect& box, float scale) {
    return {static_cast<float>(box.x) / scale, static_cast<float>(box.y) / scale,
            static_cast<float>(box.width) / scale, static_cast<float>(box.height) / scale};
  }

  static domain::Landmarks in_image(const EyePair& eyes, float scale) {
    return landmarks_from_eyes(eyes.left / scale, eyes.right / scale);
  }

  float score_min_;
  cv::CascadeClassifier first_;
  cv::CascadeClassifier second_;
  EyeFinder eyes_;
};

}  // namespace

std::unique_ptr<FaceDetector> make_detector(float score_min, const std::filesystem::path& cascade_dir) {
  return std::make_unique<CascadeDetector>(score_min, cascade_dir);
}

}  // namespace rollcall::vision::classic
