#include "pack.hpp"

#include "classic/classic_pack.hpp"
#include "default_quality.hpp"
#include "model_files.hpp"
#include "onnx_embedder.hpp"
#include "yunet_detector.hpp"

#include <rollcall/core/infra_error.hpp>

namespace rollcall::vision {
namespace {

struct LoadedModel {
  Model model;
  std::string onnx;

  std::unique_ptr<InferenceEngine> engine() const { return make_opencv_dnn_engine(onnx, model.id); }
};

// The files' bytes, kept only while stages are made from them.
struct LoadedModels {
  LoadedModel detector;
  LoadedModel embedder;
  std::optional<LoadedModel> mesh;
};

LoadedModel load_model(const Manifest& manifest, const std::string& id, ModelRole role,
                       const std::filesystem::path& model_dir) {
  const auto* model = manifest.find_model(id);
  if (model == nullptr || model->role != role) {
    throw core::InfraError("the manifest has no " + std::string(name_of(role)) + " \"" + id + "\"");
  }
  return {*model, read_verified(*model, model_dir)};
}

StageSet make_onnx_stages(const LoadedModels& models, const PipelineSettings& settings) {
  const auto& spec = models.detector.model.detector.value();
  StageSet stages;
  stages.detector = make_yunet_detector(models.detector.engine(),
                                        {.input = models.detector.model.input.name,
                                         .score_min = settings.detector_score_min.value_or(spec.score_min),
                                         .detect_max_dim = settings.detect_max_dim});
  if (models.mesh) {
    stages.mesh = std::make_unique<FaceMesh>(models.mesh->engine(), models.mesh->model.input.name);
  }
  stages.embedder =
      make_onnx_embedder(models.embedder.engine(), models.embedder.model,
                         {model_id_of(models.embedder.model, settings.alignment), settings.flip_averaging});
  return stages;
}

LoadedPack load_onnx_pack(const Pack& pack, const PipelineSettings& settings, const Manifest& manifest) {
  auto models = std::make_shared<LoadedModels>();
  const auto load = [&](const std::string& id, ModelRole role) {
    return load_model(manifest, id, role, settings.model_dir);
  };
  models->detector = load(settings.detector.value_or(pack.detector), ModelRole::detector);
  models->embedder = load(settings.embedder.value_or(pack.embedder), ModelRole::embedder);
  if (settings.alignment == Alignment::mesh) {
    if (!pack.mesh) throw core::InfraError("pack " + pack.name + " has no mesh model to align with");
    models->mesh = load(*pack.mesh, ModelRole::mesh);
  }
  const auto& embedder = models->embedder.model;
  PackFacts facts{.name = pack.name,
                  .grade = pack.grade,
                  .model = model_id_of(embedder, settings.alignment),
                  .dimension = static_cast<std::size_t>(embedder.embedder->dimension),
                  .calibration = embedder.embedder->calibration,
                  .checkin_quality = kCheckinQuality,
                  .enrolment_quality = kEnrolmentQuality};
  return {std::move(facts), [models, settings] { return make_onnx_stages(*models, settings); }};
}

// Made of packaged libraries alone: there is no file of ours to verify, and nothing of it is in the manifest.
LoadedPack load_classic_pack(const PipelineSettings& settings) {
  if (settings.alignment == Alignment::mesh)
    throw core::InfraError("the classic pack has no mesh model to align with");
  const auto embedder = classic::make_embedder();
  PackFacts facts{.name = kClassicPack,
                  .grade = PackGrade::demo,
                  .model = embedder->model(),
                  .dimension = embedder->dimension(),
                  .calibration = {.identify_score_min = classic::kIdentifyScoreMin,
                                  .verify_score_min = classic::kVerifyScoreMin,
                                  .margin_min = classic::kMarginMin},
                  .checkin_quality = classic::kCheckinQuality,
                  .enrolment_quality = classic::kEnrolmentQuality};
  const float score_min = settings.detector_score_min.value_or(classic::kDetectionScoreMin);
  return {std::move(facts), [score_min] {
            return StageSet{.detector = classic::make_detector(score_min),
                            .mesh = nullptr,
                            .embedder = classic::make_embedder()};
          }};
}

}  // namespace

LoadedPack load_pack(const PipelineSettings& settings, const Manifest& manifest) {
  if (settings.pack == kClassicPack) return load_classic_pack(settings);
  const auto* pack = manifest.find_pack(settings.pack);
  if (pack == nullptr) throw core::InfraError("the manifest has no pack \"" + settings.pack + "\"");
  return load_onnx_pack(*pack, settings, manifest);
}

}  // namespace rollcall::vision
