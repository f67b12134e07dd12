// From the bytes of a photo to faces with embeddings: decode, preprocess, detect, align, quality, embed.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <rollcall/attendance/ports/face_analyzer.hpp>
#include <rollcall/domain/recognition.hpp>
#include <rollcall/vision/model_pack.hpp>

namespace rollcall::vision {

// What may be decoded. The size is read from the image's header, before any pixel is made.
struct DecodeLimits {
  std::size_t bytes_max = 8 * 1024 * 1024;
  std::int64_t pixels_max = 25'000'000;
  int side_px_max = 16'384;
  int side_px_min = 32;
};

// Where the five points for alignment come from: the detector (fast) or a face mesh around its box (some 7 ms
// more per face, fewer misses at strict thresholds). Templates of the two are not mixed: the model's id tells
// them apart.
enum class Alignment { detector, mesh };

enum class Clahe { off, on };
enum class FlipAveraging { off, on };  // also embeds the mirrored crop and averages: twice the time

// The pack that is always there: packaged libraries only, demo grade.
inline constexpr auto kClassicPack = "classic";

struct PipelineSettings {
  std::string pack = "standard";
  std::filesystem::path model_dir;
  // Model ids that replace the pack's own.
  std::optional<std::string> detector = {};
  std::optional<std::string> embedder = {};
  // Replaces the manifest's threshold, 0..1.
  std::optional<float> detector_score_min = {};
  // The longest side that detection looks at. Smaller is faster and misses small faces.
  int detect_max_dim = 640;
  // The longest side that is kept of a photo; 0 keeps all of it.
  int resize_max_dim = 1024;
  Clahe clahe = Clahe::off;
  Alignment alignment = Alignment::detector;
  FlipAveraging flip_averaging = FlipAveraging::off;
  DecodeLimits decode = {};
  // Photos that can be analysed at the same time; each has its own copy of the networks.
  std::size_t parallel = 1;
  // How long a call waits for a free copy before it gives up with core::InfraError.
  std::chrono::milliseconds lend_wait_max{10'000};
};

// Told how long each stage took. Called from the thread that analyses; must be thread safe and quick.
class StageObserver {
 public:
  virtual ~StageObserver() = default;
  // "decode", "preprocess", "detect", "align", "quality", "embed", "crop".
  virtual void stage_took(std::string_view stage, std::chrono::duration<double> time) = 0;
};

// What a pack is and which policies suit it; a site may choose others.
struct PackFacts {
  std::string name;
  PackGrade grade = PackGrade::production;
  domain::ModelId model;
  std::size_t dimension = 0;
  Calibration calibration;
  domain::QualityPolicy checkin_quality;    // lenient
  domain::QualityPolicy enrolment_quality;  // strict: a template is used for years
};

// Thread safe: a call borrows one of `parallel` sets of stages for its time.
class Pipeline : public attendance::FaceAnalyzer {
 public:
  virtual const PackFacts& facts() const = 0;
};

// Reads and verifies only the files that these settings need. `observer` may be null, else it outlives the
// pipeline. Throws core::InfraError that names the pack or file and the expected hash when something is
// missing or corrupt.
std::unique_ptr<Pipeline> make_pipeline(const PipelineSettings& settings,
                                        const Manifest& manifest = built_in_manifest(),
                                        StageObserver* observer = nullptr);

}  // namespace rollcall::vision
