#include "classic/eye_finder.hpp"

#include "classic/cascade_file.hpp"

#include <cmath>

#include <opencv2/imgproc.hpp>

namespace rollcall::vision::classic {
namespace {

// Every face is searched at this width, so that the cost is bounded and the sizes below are constants.
constexpr int kFaceWidthPx = 200;
constexpr int kEyeSizeMinPx = 28;
constexpr int kEyeSizeMaxPx = 80;
constexpr double kScaleStep = 1.07;
constexpr int kNeighboursMin = 2;

// Where the cascades for frontal faces leave the eyes, as shares of the box.
const cv::Rect2d kLeftWindow{0.08, 0.18, 0.44, 0.42};
const cv::Rect2d kRightWindow{0.48, 0.18, 0.44, 0.42};

// Two eyes of one face: their distance as a share of the box, and the slope between them.
constexpr float kDistanceMin = 0.26F;
constexpr float kDistanceMax = 0.56F;
constexpr float kSlopeMax = 0.36F;  // 20 degrees

cv::Rect window_of(const cv::Rect2d& share, const cv::Size& face) {
  return cv::Rect{cvRound(share.x * face.width), cvRound(share.y * face.height),
                  cvRound(share.width * face.width), cvRound(share.height * face.height)};
}

}  // namespace

EyeFinder::EyeFinder(const std::filesystem::path& cascade_dir)
    : cascade_(load_cascade(cascade_dir, "haarcascades/haarcascade_eye_tree_eyeglasses.xml")) {}

std::optional<cv::Point2f> EyeFinder::find_one(const cv::Mat& window) {
  std::vector<cv::Rect> hits;
  std::vector<int> neighbours;
  cascade_.detectMultiScale(window, hits, neighbours, kScaleStep, kNeighboursMin, 0,
                            {kEyeSizeMinPx, kEyeSizeMinPx}, {kEyeSizeMaxPx, kEyeSizeMaxPx});
  if (hits.empty()) return std::nullopt;
  const auto best = std::max_element(neighbours.begin(), neighbours.end()) - neighbours.begin();
  const auto& hit = hits[static_cast<std::size_t>(best)];
  return cv::Point2f{static_cast<float>(hit.x) + static_cast<float>(hit.width) * 0.5F,
                     static_cast<float>(hit.y) + static_cast<float>(hit.height) * 0.5F};
}

std::optional<EyePair> EyeFinder::find(const cv::Mat& grey, const cv::Rect& face) {
  const auto inside = face & cv::Rect{{0, 0}, grey.size()};
  if (inside.area() < face.area() / 2) return std::nullopt;
  const double scale = static_cast<double>(kFaceWidthPx) / inside.width;
  cv::Mat patch;
  cv::resize(grey(inside), patch, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);

  const auto search = [&](const cv::Rect2d& share) -> std::optional<cv::Point2f> {
    const auto window = window_of(share, patch.size());
    const auto eye = find_one(patch(window));
    if (!eye) return std::nullopt;
    return *eye + cv::Point2f{window.tl()};
  };
  const auto left = search(kLeftWindow);
  const auto right = left ? search(kRightWindow) : std::nullopt;
  if (!right) return std::nullopt;

  const auto between = *right - *left;
  const float distance = between.x / static_cast<float>(kFaceWidthPx);
  if (distance < kDistanceMin || distance > kDistanceMax) return std::nullopt;
  if (std::abs(between.y) > kSlopeMax * between.x) return std::nullopt;
  const auto to_image = [&](const cv::Point2f& point) {
    return point / static_cast<float>(scale) + cv::Point2f{inside.tl()};
  };
  return EyePair{to_image(*left), to_image(*right)};
}

}  // namespace rollcall::vision::classic
