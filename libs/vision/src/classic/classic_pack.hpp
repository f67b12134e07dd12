// The classic pack: a detector and an embedder made only of what Debian packages ship, with no weights of
// ours.
//
// It keeps everything running where no model pack is installed. It is demo grade: it tells drawn people
// apart, not real ones, and is refused in production unless allowed by name.
#pragma once

#include "stages.hpp"

#include <filesystem>
#include <memory>

#include <rollcall/domain/recognition.hpp>

namespace rollcall::vision::classic {

// Where Debian's package opencv-data puts the cascades.
inline constexpr const char* kCascadeDir = "/usr/share/opencv4";

// Thresholds and limits that fit this pack; see the figures in docs/classic-pack.md.
inline constexpr domain::RecognitionPolicy kSuggestedPolicy{
    .identify_score_min = 0.6F, .verify_score_min = 0.6F, .margin_min = 0.05F, .quality = {}};
inline constexpr float kSuggestedDetectScoreMin = 0.5F;

// Finds upright frontal faces. Throws core::InfraError, naming the file and the package, when a cascade is
// missing. Keeps buffers: one thread at a time.
std::unique_ptr<FaceDetector> make_detector(float score_min,
                                            const std::filesystem::path& cascade_dir = kCascadeDir);

// Local binary patterns of the aligned 112 x 112 crop, model "classic_lbp@1". Immutable: safe from many
// threads.
std::unique_ptr<FaceEmbedder> make_embedder();

}  // namespace rollcall::vision::classic
