#include "onnx_embedder.hpp"

#include "alignment.hpp"
#include "planar.hpp"

#include <cmath>
#include <numeric>

#include <rollcall/core/assert.hpp>
#include <rollcall/core/infra_error.hpp>

namespace rollcall::vision {
namespace {

constexpr std::size_t kHashPrefix = 8;

void normalise(std::span<float> vector, const std::string& model) {
  const double norm = std::sqrt(std::transform_reduce(vector.begin(), vector.end(), 0.0, std::plus{},
                                                      [](double value) { return value * value; }));
  if (!std::isfinite(norm) || norm == 0)
    throw core::InfraError("model " + model + " made no usable embedding");
  for (auto& value : vector) value = static_cast<float>(value / norm);
}

class OnnxEmbedder final : public FaceEmbedder {
 public:
  OnnxEmbedder(std::unique_ptr<InferenceEngine> engine, const Model& model, OnnxEmbedderSettings settings)
      : engine_(std::move(engine)),
        input_(model.input),
        spec_(model.embedder.value()),
        settings_(std::move(settings)) {
    const auto alignment = find_alignment(spec_.alignment);
    if (!alignment || alignment->size != cv::Size(input_.width_px, input_.height_px)) {
      throw core::InfraError("model " + model.id + " has no alignment \"" + spec_.alignment +
                             "\" of its input's size");
    }
    alignment_ = *alignment;
  }

  std::vector<domain::Embedding> embed(const std::vector<cv::Mat>& crops) override {
    auto embeddings = embed_all(crops);
    if (settings_.flip_averaging == FlipAveraging::off) return embeddings;
    std::vector<cv::Mat> mirrored(crops.size());
    for (std::size_t i = 0; i < crops.size(); ++i) cv::flip(crops[i], mirrored[i], 1);
    const auto others = embed_all(mirrored);
    for (std::size_t i = 0; i < embeddings.size(); ++i) {
      std::ranges::transform(embeddings[i], others[i], embeddings[i].begin(), std::plus{});
      normalise(embeddings[i], settings_.model.value);
    }
    return embeddings;
  }

  const AlignmentTemplate& alignment() const override { return alignment_; }
  std::size_t dimension() const override { return static_cast<std::size_t>(spec_.dimension); }
  const domain::ModelId& model() const override { return settings_.model; }

 private:
  std::vector<domain::Embedding> embed_all(std::span<const cv::Mat> crops) {
    std::vector<domain::Embedding> embeddings;
    embeddings.reserve(crops.size());
    const auto batch_max = static_cast<std::size_t>(spec_.batch_max);
    for (std::size_t at = 0; at < crops.size(); at += batch_max) {
      embed_batch(crops.subspan(at, std::min(batch_max, crops.size() - at)), embeddings);
    }
    return embeddings;
  }

  void embed_batch(std::span<const cv::Mat> crops, std::vector<domain::Embedding>& embeddings) {
    const std::size_t crop_size = 3 * static_cast<std::size_t>(alignment_.size.area());
    std::vector<float> planes(crops.size() * crop_size);
    for (std::size_t i = 0; i < crops.size(); ++i) {
      ROLLCALL_ASSERT(crops[i].size() == alignment_.size);
      write_planar(crops[i], input_, std::span(planes).subspan(i * crop_size, crop_size));
    }
    const auto outputs = engine_->run(
        {{input_.name, {static_cast<int>(crops.size()), 3, input_.height_px, input_.width_px}, planes}},
        {spec_.output});
    const auto& values = outputs[0].values;
    if (values.size() != crops.size() * dimension()) {
      throw core::InfraError("model " + settings_.model.value +
                             " has another dimension than the manifest says");
    }
    for (auto from = values.begin(); from != values.end(); from += spec_.dimension) {
      embeddings.emplace_back(from, from + spec_.dimension);
      normalise(embeddings.back(), settings_.model.value);
    }
  }

  std::unique_ptr<InferenceEngine> engine_;
  ModelInput input_;
  EmbedderSpec spec_;
  OnnxEmbedderSettings settings_;
  AlignmentTemplate alignment_;
};

}  // namespace

domain::ModelId model_id_of(const Model& embedder, Alignment alignment) {
  const char* suffix = alignment == Alignment::mesh ? "+mesh" : "";
  return {embedder.id + "@" + embedder.sha256.substr(0, kHashPrefix) + suffix};
}

std::unique_ptr<FaceEmbedder> make_onnx_embedder(std::unique_ptr<InferenceEngine> engine, const Model& model,
                                                 OnnxEmbedderSettings settings) {
  return std::make_unique<OnnxEmbedder>(std::move(engine), model, std::move(settings));
}

}  // namespace rollcall::vision
