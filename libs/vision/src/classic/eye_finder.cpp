#include "classic/eye_finder.hpp"

#include "classic/cascade_file.hpp"

#include <cmath>

#include <opencv2/imgproc.hpp>

namespace rollcall::vision::classic {
namespace {

// Every face is searched at this width, so that the cost is bounded and the sizes below are constants.
constexpr int kFaceWidthPx = 200;
constexpr int kEyeSizeMinPx = 28;
constexpr int kEyeSizeMaxPx = 96;
constexpr double kScaleStep = 1.07;
constexpr int kNeighboursMin = 2;

// Where to look, as shares of the box. The cascades often box a face too tightly, so it reaches over the
// sides.
const cv::Rect2d kEyeBand{-0.10, 0.02, 1.20, 0.58};

// Two eyes of one face: their distance as a share of the box's width, and the slope between them.
constexpr float kDistanceMin = 0.28F;
constexpr float kDistanceMax = 0.72F;
constexpr float kSlopeMax = 0.36F;      // 20 degrees
constexpr float kOffCentreMax = 0.16F;  // of the point between them, as a share of the width

struct Eye {
  cv::Point2f centre;
  float neighbours;
};

std::vector<Eye> search(cv::CascadeClassifier& cascade, const cv::Mat& band) {
  std::vector<cv::Rect> hits;
  std::vector<int> neighbours;
  cascade.detectMultiScale(band, hits, neighbours, kScaleStep, kNeighboursMin, 0,
                           {kEyeSizeMinPx, kEyeSizeMinPx}, {kEyeSizeMaxPx, kEyeSizeMaxPx});
  std::vector<Eye> eyes;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    const cv::Point2f half{static_cast<float>(hits[i].width) * 0.5F,
                           static_cast<float>(hits[i].height) * 0.5F};
    eyes.push_back({cv::Point2f{hits[i].tl()} + half, static_cast<float>(neighbours[i])});
  }
  return eyes;
}

// Positive for two eyes that can belong to the face whose middle is at `middle_px`; more is better.
float pair_score(const Eye& left, const Eye& right, float middle_px) {
  const auto between = right.centre - left.centre;
  const float width = static_cast<float>(kFaceWidthPx);
  if (between.x < kDistanceMin * width || between.x > kDistanceMax * width) return 0;
  if (std::abs(between.y) > kSlopeMax * between.x) return 0;
  const float off_centre = std::abs((left.centre.x + right.centre.x) * 0.5F - middle_px) / width;
  if (off_centre > kOffCentreMax) return 0;
  return std::min(left.neighbours, right.neighbours) * (1 - off_centre / kOffCentreMax * 0.5F);
}

std::optional<EyePair> best_pair(const std::vector<Eye>& eyes, float middle_px) {
  std::optional<EyePair> best;
  float best_score = 0;
  for (const auto& left : eyes) {
    for (const auto& right : eyes) {
      const float score = pair_score(left, right, middle_px);
      if (score <= best_score) continue;
      best_score = score;
      best = EyePair{left.centre, right.centre};
    }
  }
  return best;
}

}  // namespace

EyeFinder::EyeFinder(const std::filesystem::path& cascade_dir)
    : cascade_(load_cascade(cascade_dir, "haarcascades/haarcascade_eye_tree_eyeglasses.xml")) {}

std::optional<EyePair> EyeFinder::find(const cv::Mat& grey, const cv::Rect& face) {
  const cv::Rect wanted{cvRound(face.x + kEyeBand.x * face.width), cvRound(face.y + kEyeBand.y * face.height),
                        cvRound(kEyeBand.width * face.width), cvRound(kEyeBand.height * face.height)};
  const auto band = wanted & cv::Rect{{0, 0}, grey.size()};
  if (band.area() < wanted.area() / 2) return std::nullopt;

  const double scale = static_cast<double>(kFaceWidthPx) / face.width;
  cv::Mat patch;
  cv::resize(grey(band), patch, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  const double middle_px = (face.x + face.width * 0.5 - band.x) * scale;
  const auto pair = best_pair(search(cascade_, patch), static_cast<float>(middle_px));
  if (!pair) return std::nullopt;
  const auto in_image = [&](const cv::Point2f& point) {
    return point / static_cast<float>(scale) + cv::Point2f{band.tl()};
  };
  return EyePair{in_image(pair->left), in_image(pair->right)};
}

}  // namespace rollcall::vision::classic
