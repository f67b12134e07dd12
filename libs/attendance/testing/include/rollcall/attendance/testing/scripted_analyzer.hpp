// An analyzer whose "photos" are little scripts: "x y" is one good face with the unit embedding of (x, y).
#pragma once

#include <cmath>
#include <map>
#include <string>

#include <rollcall/attendance/ports/face_analyzer.hpp>

namespace rollcall::attendance::testing {

inline domain::Embedding unit(float x, float y) {
  const float length = std::sqrt(x * x + y * y);
  return {x / length, y / length};
}

inline AnalyzedFace good_face(float x, float y, float side = 100) {
  AnalyzedFace face;
  face.box = {10, 10, side, side};
  face.quality = {.size_px = side, .detection_score = 0.9F, .sharpness = 500, .brightness = 120};
  face.embedding = unit(x, y);
  return face;
}

class ScriptedAnalyzer final : public FaceAnalyzer {
 public:
  core::Result<ImageAnalysis> analyze(std::string_view encoded, const AnalyzeOptions& options) override {
    ++calls;
    const auto found = photos.find(std::string(encoded));
    if (found == photos.end())
      return core::Error{core::Errc::invalid_input, "image_corrupt", "Not an image."};
    ImageAnalysis analysis{.width_px = 640, .height_px = 480, .faces = found->second};
    for (auto& face : analysis.faces) {
      face.augmented.assign(static_cast<std::size_t>(options.augmentations), face.embedding);
      if (options.crop == CropOutput::png) face.crop_png = "png";
    }
    return analysis;
  }
  const domain::ModelId& model() const override { return model_; }

  std::map<std::string, std::vector<AnalyzedFace>> photos;
  int calls = 0;

 private:
  domain::ModelId model_{"scripted@1"};
};

}  // namespace rollcall::attendance::testing
