// An embedding network that is described by data only.
#pragma once

#include "inference_engine.hpp"
#include "stages.hpp"

#include <memory>

#include <rollcall/vision/pipeline.hpp>

namespace rollcall::vision {

// "edgeface_xs@9e41ca4e", with "+mesh" where the landmarks come from the mesh.
domain::ModelId model_id_of(const Model& embedder, Alignment alignment);

struct OnnxEmbedderSettings {
  domain::ModelId model;
  FlipAveraging flip_averaging = FlipAveraging::off;
};

// `model` has the role embedder. Throws core::InfraError when the alignment it names does not exist or does
// not have the size of the model's input. Cost: one inference per face, 14 ms with the standard model; models
// with batch_max > 1 take several faces at once.
std::unique_ptr<FaceEmbedder> make_onnx_embedder(std::unique_ptr<InferenceEngine> engine, const Model& model,
                                                 OnnxEmbedderSettings settings);

}  // namespace rollcall::vision
