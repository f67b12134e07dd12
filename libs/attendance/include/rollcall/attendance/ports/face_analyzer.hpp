#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <rollcall/core/result.hpp>
#include <rollcall/domain/geometry.hpp>
#include <rollcall/domain/ids.hpp>
#include <rollcall/domain/quality.hpp>
#include <rollcall/domain/recognition.hpp>

namespace rollcall::attendance {

struct AnalyzedFace {
  domain::Box box;
  domain::Landmarks landmarks{};
  domain::Quality quality;
  domain::Embedding embedding;
  // Embeddings of varied copies of the aligned crop, as many as were asked for.
  std::vector<domain::Embedding> augmented;
  // The aligned crop as PNG, when asked for.
  std::string crop_png;
};

struct ImageAnalysis {
  int width_px = 0;  // upright, before any resize; boxes and landmarks are in these pixels
  int height_px = 0;
  std::vector<AnalyzedFace> faces;  // largest first; may be empty
};

enum class CropOutput { discarded, png };

struct AnalyzeOptions {
  int augmentations = 0;  // per face, 0..16
  int faces_max = 16;     // the largest ones are kept
  CropOutput crop = CropOutput::discarded;
};

// From the bytes of a photo to faces with embeddings: decode, detect, align, quality, embed.
//
// Thread safe; one call uses one core for some tens of milliseconds. Throws core::InfraError when a model
// fails.
class FaceAnalyzer {
 public:
  virtual ~FaceAnalyzer() = default;

  // Errors: too_large ("image_too_large", "image_too_many_pixels"), unsupported_type
  // ("image_format_unsupported"), invalid_input ("image_empty", "image_corrupt", "image_too_small",
  // "image_animated").
  virtual core::Result<ImageAnalysis> analyze(std::string_view encoded, const AnalyzeOptions& options) = 0;

  // Which model the embeddings come from: templates of another one are not comparable.
  virtual const domain::ModelId& model() const = 0;
};

}  // namespace rollcall::attendance
