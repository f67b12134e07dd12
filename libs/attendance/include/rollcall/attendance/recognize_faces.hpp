// Recognition without a record: who is in this picture?
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <rollcall/attendance/ports/face_analyzer.hpp>
#include <rollcall/attendance/ports/template_index.hpp>
#include <rollcall/core/result.hpp>
#include <rollcall/domain/recognition.hpp>

namespace rollcall::attendance {

struct RecognizedFace {
  AnalyzedFace face;
  domain::Judgement judgement;
  std::vector<domain::Candidate> candidates;  // best first, at most two
};

struct Recognition {
  int width_px = 0;
  int height_px = 0;
  std::vector<RecognizedFace> faces;  // largest first
  std::uint64_t gallery_version = 0;
};

// Thread safe.
class RecognizeFaces {
 public:
  struct Parts {
    FaceAnalyzer& analyzer;
    const TemplateIndex& index;
    domain::RecognitionPolicy policy;
  };

  explicit RecognizeFaces(Parts parts) : parts_(std::move(parts)) {}

  // Two faces of one picture are never the same person: the weaker of two equal names becomes "ambiguous".
  // Errors: those of FaceAnalyzer::analyze.
  core::Result<Recognition> operator()(std::string_view image,
                                       const std::optional<domain::ScopeId>& scope = std::nullopt) const;

 private:
  const Parts parts_;
};

}  // namespace rollcall::attendance
