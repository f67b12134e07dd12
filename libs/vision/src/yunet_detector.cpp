#include "yunet_detector.hpp"

#include "planar.hpp"

#include <cmath>

#include <opencv2/imgproc.hpp>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::vision {
namespace {

constexpr std::array<int, 3> kStrides = {8, 16, 32};
constexpr int kSizeMultiple = 32;
constexpr float kOverlapMax = 0.3F;
// A crowd has some hundreds of faces; noise must not make the quadratic suppression slow.
constexpr std::size_t kCandidatesMax = 2000;
// Images up to this size are looked at twice as large when no face was found.
constexpr int kSmallSide = 320;
// Faces that fill a large image are found at this size.
constexpr int kCloseUpSide = 320;

// For each stride, in the order of kStrides: class score, objectness, box, landmarks.
const std::vector<std::string> kOutputs = {"cls_8",   "obj_8",  "bbox_8", "kps_8",  "cls_16",  "obj_16",
                                           "bbox_16", "kps_16", "cls_32", "obj_32", "bbox_32", "kps_32"};

int padded(int side) {
  return (side + kSizeMultiple - 1) / kSizeMultiple * kSizeMultiple;
}

float unit(float value) {
  return std::clamp(value, 0.0F, 1.0F);
}

// Adds the cells of one stride whose score is at least `score_min`.
void decode_stride(std::span<const Tensor> outputs, int stride, int columns, float score_min,
                   std::vector<Detection>& found) {
  const auto& cls = outputs[0].values;
  const auto& obj = outputs[1].values;
  const auto& box = outputs[2].values;
  const auto& points = outputs[3].values;
  const auto size = static_cast<float>(stride);
  for (std::size_t cell = 0; cell < cls.size(); ++cell) {
    const float score = std::sqrt(unit(cls[cell]) * unit(obj[cell]));
    if (!(score >= score_min)) continue;
    const auto row = static_cast<float>(cell / static_cast<std::size_t>(columns));
    const auto column = static_cast<float>(cell % static_cast<std::size_t>(columns));
    const float width = std::exp(box[cell * 4 + 2]) * size;
    const float height = std::exp(box[cell * 4 + 3]) * size;
    Detection detection;
    detection.score = score;
    detection.box = {(column + box[cell * 4]) * size - width / 2,
                     (row + box[cell * 4 + 1]) * size - height / 2, width, height};
    for (std::size_t k = 0; k < detection.landmarks.size(); ++k) {
      detection.landmarks[k] = {(points[cell * 10 + 2 * k] + column) * size,
                                (points[cell * 10 + 2 * k + 1] + row) * size};
    }
    found.push_back(detection);
  }
}

float overlap(const domain::Box& a, const domain::Box& b) {
  const float width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
  const float height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const float common = width * height;
  return common / (a.area() + b.area() - common);
}

// Best first; what overlaps a better one is dropped.
std::vector<Detection> suppress(std::vector<Detection> candidates) {
  std::ranges::stable_sort(candidates, std::greater{}, &Detection::score);
  if (candidates.size() > kCandidatesMax) candidates.resize(kCandidatesMax);
  std::vector<Detection> kept;
  for (const auto& candidate : candidates) {
    const bool covered = std::ranges::any_of(
        kept, [&](const Detection& better) { return overlap(better.box, candidate.box) > kOverlapMax; });
    if (!covered) kept.push_back(candidate);
  }
  return kept;
}

void scale(Detection& detection, float factor_x, float factor_y) {
  auto& box = detection.box;
  box = {box.x * factor_x, box.y * factor_y, box.width * factor_x, box.height * factor_y};
  for (auto& point : detection.landmarks) point = {point.x * factor_x, point.y * factor_y};
}

class YunetDetector final : public FaceDetector {
 public:
  YunetDetector(std::unique_ptr<InferenceEngine> engine, YunetSettings settings)
      : engine_(std::move(engine)), settings_(std::move(settings)) {}

  std::vector<Detection> detect(const cv::Mat& image) override {
    const int longest = std::max(image.cols, image.rows);
    const int first = std::min(longest, settings_.detect_max_dim);
    auto found = detect_at(image, first);
    if (!found.empty()) return found;
    const int second = longest <= kSmallSide ? 2 * longest : kCloseUpSide;
    return detect_at(image, second);
  }

 private:
  std::vector<Detection> detect_at(const cv::Mat& image, int longest_side) {
    const double factor = static_cast<double>(longest_side) / std::max(image.cols, image.rows);
    const cv::Size size(std::max(1, cvRound(image.cols * factor)), std::max(1, cvRound(image.rows * factor)));
    cv::Mat resized = image;
    if (size != image.size())
      cv::resize(image, resized, size, 0, 0, factor < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    auto found = detect_in(resized);
    const auto factor_x = static_cast<float>(image.cols) / static_cast<float>(size.width);
    const auto factor_y = static_cast<float>(image.rows) / static_cast<float>(size.height);
    for (auto& detection : found) scale(detection, factor_x, factor_y);
    return found;
  }

  std::vector<Detection> detect_in(const cv::Mat& image) {
    const int width = padded(image.cols);
    const int height = padded(image.rows);
    cv::Mat framed;
    cv::copyMakeBorder(image, framed, 0, height - image.rows, 0, width - image.cols, cv::BORDER_CONSTANT);
    input_.resize(3 * framed.total());
    write_planar(framed, ModelInput{}, input_);
    const auto outputs = engine_->run({{settings_.input, {1, 3, height, width}, input_}}, kOutputs);
    std::vector<Detection> found;
    for (std::size_t i = 0; i < kStrides.size(); ++i) {
      const int columns = width / kStrides[i];
      const auto cells = static_cast<std::size_t>(columns * (height / kStrides[i]));
      const auto of_stride = std::span(outputs).subspan(i * 4, 4);
      if (of_stride[0].values.size() != cells || of_stride[1].values.size() != cells ||
          of_stride[2].values.size() != cells * 4 || of_stride[3].values.size() != cells * 10) {
        throw core::InfraError("the detector's output is not that of a YuNet of 2023");
      }
      decode_stride(of_stride, kStrides[i], columns, settings_.score_min, found);
    }
    return suppress(std::move(found));
  }

  std::unique_ptr<InferenceEngine> engine_;
  YunetSettings settings_;
  std::vector<float> input_;  // kept between calls: some megabytes
};

}  // namespace

std::unique_ptr<FaceDetector> make_yunet_detector(std::unique_ptr<InferenceEngine> engine,
                                                  YunetSettings settings) {
  return std::make_unique<YunetDetector>(std::move(engine), std::move(settings));
}

}  // namespace rollcall::vision
