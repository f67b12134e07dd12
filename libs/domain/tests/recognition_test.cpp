#include "rollcall/domain/recognition.hpp"

#include "rollcall/domain/event.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace rollcall::domain {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
const RecognitionPolicy kPolicy{.identify_score_min = 0.5F,
                                .verify_score_min = 0.45F,
                                .margin_min = 0.05F,
                                .quality = {.size_px_min = 50}};

struct Case {
  const char* name;
  std::vector<float> scores;  // of person "p0", "p1", ...
  float size_px;
  Verdict verdict;
  const char* reason;
};

class Judge : public testing::TestWithParam<Case> {};

std::vector<Candidate> candidates_of(const std::vector<float>& scores) {
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    candidates.push_back({PersonId{"p" + std::to_string(i)}, TemplateId{"t"}, scores[i]});
  }
  return candidates;
}

TEST_P(Judge, GivesANameOnlyWithAMatch) {
  const Quality quality{.size_px = GetParam().size_px};
  const auto judgement = judge(candidates_of(GetParam().scores), quality, kPolicy);
  EXPECT_EQ(judgement.verdict, GetParam().verdict);
  EXPECT_EQ(judgement.reason, GetParam().reason);
  EXPECT_EQ(judgement.person.has_value(), GetParam().verdict == Verdict::match);
  if (judgement.person) {
    EXPECT_EQ(judgement.person->value, "p0");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rules, Judge,
    testing::Values(Case{"alone_and_above", {0.6F}, 100, Verdict::match, "match"},
                    Case{"exactly_at_the_threshold", {0.5F}, 100, Verdict::match, "match"},
                    Case{"just_below", {0.4999F}, 100, Verdict::unknown, "below_threshold"},
                    Case{"clear_margin", {0.7F, 0.6F}, 100, Verdict::match, "match"},
                    Case{"two_alike", {0.7F, 0.68F}, 100, Verdict::ambiguous, "margin_too_small"},
                    Case{"two_alike_but_strangers", {0.4F, 0.39F}, 100, Verdict::unknown, "below_threshold"},
                    Case{"nobody", {}, 100, Verdict::unknown, "nobody_enrolled"},
                    Case{"good_score_of_a_poor_probe", {0.9F}, 49, Verdict::low_quality, "low_quality"},
                    Case{"not_a_number", {kNaN}, 100, Verdict::unknown, "below_threshold"},
                    Case{"second_not_a_number", {0.7F, kNaN}, 100, Verdict::ambiguous, "margin_too_small"}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(JudgeClaim, ComparesWithTheClaimedPersonAlone) {
  const Quality good{.size_px = 100};
  const PersonId claimed{"p7"};
  EXPECT_EQ(judge_claim(claimed, 0.46F, good, kPolicy).person, claimed);
  EXPECT_EQ(judge_claim(claimed, 0.44F, good, kPolicy).reason, "not_the_claimed_person");
  EXPECT_EQ(judge_claim(claimed, kNaN, good, kPolicy).verdict, Verdict::unknown);
  EXPECT_EQ(judge_claim(claimed, std::nullopt, good, kPolicy).reason, "nobody_enrolled");
  EXPECT_EQ(judge_claim(claimed, 0.9F, Quality{.size_px = 10}, kPolicy).verdict, Verdict::low_quality);
}

TEST(Replay, DecidesAgainFromEvidence) {
  Evidence evidence;
  evidence.policy = kPolicy;
  evidence.quality.size_px = 100;
  evidence.candidates = candidates_of({0.47F, 0.2F});
  EXPECT_EQ(replay(evidence).verdict, Verdict::unknown);
  evidence.claimed = PersonId{"p0"};  // enough for 1:1, not for 1:N
  EXPECT_EQ(replay(evidence).verdict, Verdict::match);
}

TEST(ThresholdScales, MeetAtTheCalibratedThresholdAndAreMonotone) {
  EXPECT_FLOAT_EQ(cosine_from_similarity(0.65F, 0.5F), 0.5F);
  EXPECT_FLOAT_EQ(cosine_from_tolerance(0.6F, 0.5F), 0.5F);
  EXPECT_FLOAT_EQ(cosine_from_similarity(1, 0.5F), 1);
  EXPECT_FLOAT_EQ(cosine_from_tolerance(0, 0.5F), 1);
  for (float x = 0; x < 0.99F; x += 0.01F) {
    EXPECT_LT(cosine_from_similarity(x, 0.5F), cosine_from_similarity(x + 0.01F, 0.5F));
    EXPECT_GT(cosine_from_tolerance(x, 0.5F), cosine_from_tolerance(x + 0.01F, 0.5F));
  }
}

}  // namespace
}  // namespace rollcall::domain
