#include "rollcall/domain/recognition.hpp"

#include <algorithm>

namespace rollcall::domain {
namespace {

// Line through (0, at_zero), (middle, at_middle), (1, at_one).
float piecewise(float x, float at_zero, float middle, float at_middle, float at_one) {
  x = std::clamp(x, 0.0F, 1.0F);
  if (x <= middle) return at_zero + (at_middle - at_zero) * x / middle;
  return at_middle + (at_one - at_middle) * (x - middle) / (1 - middle);
}

bool too_poor(const Quality& probe, const RecognitionPolicy& policy) {
  return !assess(probe, policy.quality).empty();
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::match:
      return "match";
    case Verdict::ambiguous:
      return "ambiguous";
    case Verdict::unknown:
      return "unknown";
    case Verdict::low_quality:
      return "low_quality";
  }
  return "";
}

std::optional<Verdict> verdict_from(std::string_view name) {
  for (const auto verdict : {Verdict::match, Verdict::ambiguous, Verdict::unknown, Verdict::low_quality}) {
    if (name == name_of(verdict)) return verdict;
  }
  return std::nullopt;
}

Judgement judge(const std::vector<Candidate>& candidates, const Quality& probe,
                const RecognitionPolicy& policy) {
  if (too_poor(probe, policy)) return {Verdict::low_quality, std::nullopt, "low_quality"};
  if (candidates.empty()) return {Verdict::unknown, std::nullopt, "nobody_enrolled"};
  const auto& best = candidates.front();
  // Written so that a NaN is never a match.
  if (!(best.score >= policy.identify_score_min)) return {Verdict::unknown, std::nullopt, "below_threshold"};
  if (candidates.size() > 1 && !(best.score - candidates[1].score >= policy.margin_min)) {
    return {Verdict::ambiguous, std::nullopt, "margin_too_small"};
  }
  return {Verdict::match, best.person, "match"};
}

Judgement judge_claim(const PersonId& claimed, std::optional<float> score, const Quality& probe,
                      const RecognitionPolicy& policy) {
  if (too_poor(probe, policy)) return {Verdict::low_quality, std::nullopt, "low_quality"};
  if (!score) return {Verdict::unknown, std::nullopt, "nobody_enrolled"};
  if (!(*score >= policy.verify_score_min)) return {Verdict::unknown, std::nullopt, "not_the_claimed_person"};
  return {Verdict::match, claimed, "match"};
}

float cosine_from_similarity(float similarity, float calibrated_cosine) {
  return piecewise(similarity, 0, 0.65F, calibrated_cosine, 1);
}

float cosine_from_tolerance(float distance, float calibrated_cosine) {
  return piecewise(distance, 1, 0.6F, calibrated_cosine, 0);
}

}  // namespace rollcall::domain
