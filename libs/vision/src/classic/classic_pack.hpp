// The classic pack: a detector and an embedder made only of what Debian packages ship, with no weights of
// ours.
//
// It keeps everything running where no model pack is installed. It is demo grade: it tells drawn people
// apart, not real ones, and is refused in production unless allowed by name.
#pragma once

#include "classic/classic_policy.hpp"
#include "stages.hpp"

#include <filesystem>
#include <memory>

namespace rollcall::vision::classic {

// Where Debian's package opencv-data puts the cascades.
inline constexpr const char* kCascadeDir = "/usr/share/opencv4";

// Finds upright frontal faces. Throws core::InfraError, naming the file and the package, when a cascade is
// missing. Only the eyes are found: nose and mouth lie where an average face has them, so a pose estimated
// from these landmarks knows the roll alone. Keeps buffers: one thread at a time.
std::unique_ptr<FaceDetector> make_detector(float score_min,
                                            const std::filesystem::path& cascade_dir = kCascadeDir);

// Local binary patterns of the aligned 112 x 112 crop, model "classic_lbp@1". Immutable: safe from many
// threads.
std::unique_ptr<FaceEmbedder> make_embedder();

}  // namespace rollcall::vision::classic
