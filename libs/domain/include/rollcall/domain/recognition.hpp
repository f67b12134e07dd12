// From scores to a verdict: the one place where a name is given or withheld.
//
// All scores are cosine similarities of L2-normalised templates of one model, -1..1.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <rollcall/domain/ids.hpp>
#include <rollcall/domain/quality.hpp>

namespace rollcall::domain {

// L2-normalised float32[dim of the model].
using Embedding = std::vector<float>;

// The best template of one person for a probe.
struct Candidate {
  PersonId person;
  TemplateId best_template;
  float score = 0;
};

enum class Verdict { match, ambiguous, unknown, low_quality };

std::string_view name_of(Verdict verdict);
std::optional<Verdict> verdict_from(std::string_view name);

// What an operator chose; stored with each decision so that it can be replayed.
struct RecognitionPolicy {
  float identify_score_min = 1;  // 1:N, at least this to be a match
  float verify_score_min = 1;    // 1:1 against a claimed person
  float margin_min = 0;          // 1:N, distance to the best template of the second person
  QualityPolicy quality;         // a probe below it is never given a name
};

struct Judgement {
  Verdict verdict = Verdict::unknown;
  // Only with Verdict::match; no code path names a person without it.
  std::optional<PersonId> person;
  // The rule that decided, a stable word: "match", "below_threshold", "margin_too_small", "low_quality",
  // "nobody_enrolled", "not_the_claimed_person"; of a group picture also "same_person_twice".
  std::string_view reason;
};

// 1:N. `candidates` are distinct people, best first; two are enough.
Judgement judge(const std::vector<Candidate>& candidates, const Quality& probe,
                const RecognitionPolicy& policy);

// 1:1 against a claimed person's best template; nullopt when that person has none.
Judgement judge_claim(const PersonId& claimed, std::optional<float> score, const Quality& probe,
                      const RecognitionPolicy& policy);

// The source systems' threshold scales, mapped piecewise linearly and monotonically to this model's cosine:
// a similarity of 0.65 (0 -> 0, 1 -> 1) and a distance of 0.6 (0 -> 1, 1 -> 0) both mean "the calibrated
// threshold".
float cosine_from_similarity(float similarity, float calibrated_cosine);
float cosine_from_tolerance(float distance, float calibrated_cosine);

}  // namespace rollcall::domain
