// An embedding without learned weights: histograms of local binary patterns over the middle of the face.
#include "classic/alignment.hpp"
#include "classic/classic_pack.hpp"
#include "classic/local_patterns.hpp"

#include <cmath>

#include <opencv2/imgproc.hpp>

#include <rollcall/core/assert.hpp>

namespace rollcall::vision::classic {
namespace {

// Brows to mouth; hair and background lie outside. With 96 instead of 72 pixels a side, six times as many
// genuine comparisons fall below the best impostor.
const cv::Rect kMiddleOfFace{20, 28, 72, 72};
constexpr int kCellPx = 12;
constexpr std::size_t kCellCount = 36;
constexpr std::size_t kDimension = kCellCount * kPatternCount;

constexpr double kLightSigmaPx = 20;  // light changes slower than a face does
constexpr double kGrainSigmaPx = 1.5;
constexpr float kDarkGuard = 8;  // keeps black areas from being blown up; grey levels
constexpr PatternRule kRule{.radius_px = 3, .tolerance = 0.045F};

// The image divided by its surroundings: 1 is the local mean, whatever the light.
cv::Mat1f without_light(const cv::Mat& crop) {
  cv::Mat grey;
  cv::cvtColor(crop, grey, cv::COLOR_BGR2GRAY);
  cv::Mat1f values;
  cv::Mat1f light;
  grey.convertTo(values, CV_32F);
  cv::GaussianBlur(values, light, {}, kLightSigmaPx);
  cv::divide(values, light + kDarkGuard, values);
  cv::GaussianBlur(values, values, {}, kGrainSigmaPx);
  return values;
}

// Square roots make the dot product the Hellinger affinity of the histograms. The mean over the cells is what
// all places of this face share, above all plain skin; without it different people score 0.7 instead of 0.4.
domain::Embedding centred_roots(const std::vector<PatternHistogram>& cells) {
  PatternHistogram mean{};
  for (const auto& cell : cells) {
    for (std::size_t i = 0; i < kPatternCount; ++i)
      mean[i] += std::sqrt(cell[i]) / static_cast<float>(kCellCount);
  }
  domain::Embedding embedding;
  embedding.reserve(kDimension);
  for (const auto& cell : cells) {
    for (std::size_t i = 0; i < kPatternCount; ++i) embedding.push_back(std::sqrt(cell[i]) - mean[i]);
  }
  return embedding;
}

void normalise(domain::Embedding& embedding) {
  double squares = 0;
  for (const float value : embedding) squares += static_cast<double>(value) * static_cast<double>(value);
  const double length = std::sqrt(squares);
  if (length < 1e-4) {
    // A plain crop has no structure and so no direction; any fixed one keeps the promise of unit length.
    std::fill(embedding.begin(), embedding.end(), 0.0F);
    embedding.front() = 1;
    return;
  }
  for (float& value : embedding) value = static_cast<float>(value / length);
}

class LbpEmbedder final : public FaceEmbedder {
 public:
  std::vector<domain::Embedding> embed(const std::vector<cv::Mat>& crops) override {
    std::vector<domain::Embedding> embeddings;
    embeddings.reserve(crops.size());
    for (const auto& crop : crops) embeddings.push_back(embed_one(crop));
    return embeddings;
  }

  const AlignmentTemplate& alignment() const override { return alignment_; }
  std::size_t dimension() const override { return kDimension; }
  const domain::ModelId& model() const override { return model_; }

 private:
  domain::Embedding embed_one(const cv::Mat& crop) const {
    ROLLCALL_ASSERT(crop.type() == CV_8UC3 && crop.size() == alignment_.size);
    const auto labels = pattern_labels(without_light(crop), kMiddleOfFace, kRule);
    auto embedding = centred_roots(cell_histograms(labels, kCellPx));
    ROLLCALL_ASSERT(embedding.size() == kDimension);
    normalise(embedding);
    return embedding;
  }

  const AlignmentTemplate alignment_{{kCropSizePx, kCropSizePx}, kReferencePoints};
  const domain::ModelId model_{"classic_lbp@1"};
};

}  // namespace

std::unique_ptr<FaceEmbedder> make_embedder() {
  return std::make_unique<LbpEmbedder>();
}

}  // namespace rollcall::vision::classic
