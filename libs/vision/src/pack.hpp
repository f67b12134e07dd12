// The one place where a kind of pack becomes stages.
#pragma once

#include "face_mesh.hpp"
#include "stages.hpp"

#include <functional>
#include <memory>
#include <optional>

#include <rollcall/vision/pipeline.hpp>

namespace rollcall::vision {

// What one photo needs at a time. `mesh` is absent unless the alignment asks for it.
struct StageSet {
  std::unique_ptr<FaceDetector> detector;
  std::unique_ptr<FaceMesh> mesh;
  std::unique_ptr<FaceEmbedder> embedder;
};

struct LoadedPack {
  PackFacts facts;
  // Makes another independent set of stages.
  std::function<StageSet()> make_stages;
};

// Reads and verifies the files that these settings need. Throws core::InfraError.
LoadedPack load_pack(const PipelineSettings& settings, const Manifest& manifest);

}  // namespace rollcall::vision
