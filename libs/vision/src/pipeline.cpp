#include "rollcall/vision/pipeline.hpp"

#include "alignment.hpp"
#include "augment.hpp"
#include "decode/decode.hpp"
#include "decode/encode_png.hpp"
#include "pack.hpp"
#include "preprocess.hpp"
#include "quality.hpp"
#include "stage_pool.hpp"

#include <opencv2/core.hpp>

#include <rollcall/core/assert.hpp>
#include <rollcall/core/infra_error.hpp>

namespace rollcall::vision {
namespace {

constexpr int kAugmentationsMax = 16;

// Tells the observer how long a call took, also when it throws.
template <class Work>
auto timed(StageObserver* observer, std::string_view stage, const Work& work) {
  struct Report {
    ~Report() {
      if (observer != nullptr) observer->stage_took(stage, std::chrono::steady_clock::now() - start);
    }
    StageObserver* observer;
    std::string_view stage;
    std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  };
  const Report report{observer, stage};
  return work();
}

domain::Box scaled(const domain::Box& box, float factor_x, float factor_y) {
  return {box.x * factor_x, box.y * factor_y, box.width * factor_x, box.height * factor_y};
}

domain::Landmarks scaled(domain::Landmarks points, float factor_x, float factor_y) {
  for (auto& point : points) point = {point.x * factor_x, point.y * factor_y};
  return points;
}

std::vector<StageSet> make_sets(const LoadedPack& pack, std::size_t count) {
  std::vector<StageSet> sets;
  for (std::size_t i = 0; i < count; ++i) sets.push_back(pack.make_stages());
  return sets;
}

class StagedPipeline final : public Pipeline {
 public:
  StagedPipeline(const PipelineSettings& settings, const LoadedPack& pack, StageObserver* observer)
      : settings_(settings),
        facts_(pack.facts),
        observer_(observer),
        pool_(make_sets(pack, std::max<std::size_t>(1, settings.parallel))) {}

  core::Result<attendance::ImageAnalysis> analyze(std::string_view encoded,
                                                  const attendance::AnalyzeOptions& options) override {
    ROLLCALL_ASSERT(options.augmentations >= 0 && options.augmentations <= kAugmentationsMax);
    const auto decoded = timed(observer_, "decode", [&] {
      return decode(encoded, {settings_.decode, settings_.resize_max_dim});
    });
    if (!decoded) return decoded.error();
    try {
      return analyze_image(*decoded, options);
    } catch (const cv::Exception& error) {
      throw core::InfraError(std::string("image processing failed: ") + error.what());
    }
  }

  const domain::ModelId& model() const override { return facts_.model; }
  const PackFacts& facts() const override { return facts_; }

 private:
  attendance::ImageAnalysis analyze_image(const DecodedImage& decoded,
                                          const attendance::AnalyzeOptions& options) {
    const auto image = timed(observer_, "preprocess", [&] { return preprocess(decoded.pixels); });
    // What has been found counts in pixels of the upright photo, however much it was shrunk.
    const auto factor_x = static_cast<float>(decoded.upright_size.width) / static_cast<float>(image.cols);
    const auto factor_y = static_cast<float>(decoded.upright_size.height) / static_cast<float>(image.rows);

    const auto stages = pool_.lend(settings_.lend_wait_max);
    auto detections = timed(observer_, "detect", [&] { return stages->detector->detect(image); });
    std::ranges::stable_sort(detections, std::greater{},
                             [](const Detection& face) { return face.box.area(); });
    if (detections.size() > static_cast<std::size_t>(options.faces_max)) {
      detections.resize(static_cast<std::size_t>(options.faces_max));
    }

    attendance::ImageAnalysis analysis{decoded.upright_size.width, decoded.upright_size.height, {}};
    std::vector<cv::Mat> crops;
    for (auto& detection : detections) {
      crops.push_back(timed(observer_, "align", [&] { return align_face(*stages, image, detection); }));
      attendance::AnalyzedFace face;
      face.box = scaled(detection.box, factor_x, factor_y);
      face.landmarks = scaled(detection.landmarks, factor_x, factor_y);
      face.quality = timed(observer_, "quality", [&] { return measure_quality(detection, crops.back()); });
      analysis.faces.push_back(std::move(face));
    }
    timed(observer_, "embed",
          [&] { embed(*stages->embedder, crops, options.augmentations, analysis.faces); });
    if (options.crop == attendance::CropOutput::png) {
      timed(observer_, "crop", [&] {
        for (std::size_t i = 0; i < crops.size(); ++i) analysis.faces[i].crop_png = encode_png(crops[i]);
      });
    }
    return analysis;
  }

  cv::Mat preprocess(const cv::Mat& decoded) const {
    const auto image = shrink(decoded, settings_.resize_max_dim);
    return settings_.clahe == Clahe::on ? equalise(image) : image;
  }

  // With a mesh, its points replace the detector's.
  static cv::Mat align_face(StageSet& stages, const cv::Mat& image, Detection& detection) {
    if (stages.mesh) detection.landmarks = five_points(stages.mesh->locate(image, detection).points);
    return align(image, detection.landmarks, stages.embedder->alignment());
  }

  // All crops and all their copies in one call, so that an embedder that takes batches gets them.
  static void embed(FaceEmbedder& embedder, const std::vector<cv::Mat>& crops, int augmentations,
                    std::vector<attendance::AnalyzedFace>& faces) {
    std::vector<cv::Mat> inputs;
    for (const auto& crop : crops) {
      inputs.push_back(crop);
      for (int i = 0; i < augmentations; ++i) inputs.push_back(augmented(crop, i));
    }
    auto embeddings = embedder.embed(inputs);
    auto next = embeddings.begin();
    for (auto& face : faces) {
      face.embedding = std::move(*next++);
      for (int i = 0; i < augmentations; ++i) face.augmented.push_back(std::move(*next++));
    }
  }

  const PipelineSettings settings_;
  const PackFacts facts_;
  StageObserver* const observer_;
  StagePool pool_;
};

}  // namespace

std::unique_ptr<Pipeline> make_pipeline(const PipelineSettings& settings, const Manifest& manifest,
                                        StageObserver* observer) {
  return std::make_unique<StagedPipeline>(settings, load_pack(settings, manifest), observer);
}

}  // namespace rollcall::vision
