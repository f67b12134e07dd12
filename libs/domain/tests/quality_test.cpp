#include "rollcall/domain/quality.hpp"

#include <gtest/gtest.h>

namespace rollcall::domain {
namespace {

constexpr QualityPolicy kPolicy{.size_px_min = 60,
                                .detection_score_min = 0.6F,
                                .sharpness_min = 50,
                                .brightness_min = 40,
                                .brightness_max = 220,
                                .yaw_deg_max = 40,
                                .pitch_deg_max = 30,
                                .roll_deg_max = 45};
constexpr Quality kGood{.size_px = 120,
                        .detection_score = 0.9F,
                        .sharpness = 300,
                        .brightness = 120,
                        .clipped = 0,
                        .yaw_deg = 5,
                        .pitch_deg = -5,
                        .roll_deg = 2};

struct Case {
  const char* name;
  void (*spoil)(Quality&);
  QualityIssue issue;
};

class Assess : public testing::TestWithParam<Case> {};

TEST(Assess, AGoodFaceHasNoIssue) {
  EXPECT_TRUE(assess(kGood, kPolicy).empty());
}

TEST_P(Assess, NamesTheBrokenLimit) {
  auto quality = kGood;
  GetParam().spoil(quality);
  EXPECT_EQ(assess(quality, kPolicy), std::vector{GetParam().issue});
  EXPECT_EQ(name_of(GetParam().issue), GetParam().name);
  EXPECT_FALSE(advice_for(GetParam().issue).empty());
}

INSTANTIATE_TEST_SUITE_P(
    Limits, Assess,
    testing::Values(Case{"too_small", [](Quality& q) { q.size_px = 59; }, QualityIssue::too_small},
                    Case{"low_detection_score", [](Quality& q) { q.detection_score = 0.5F; },
                         QualityIssue::low_detection_score},
                    Case{"blurred", [](Quality& q) { q.sharpness = 49; }, QualityIssue::blurred},
                    Case{"too_dark", [](Quality& q) { q.brightness = 39; }, QualityIssue::too_dark},
                    Case{"too_bright", [](Quality& q) { q.brightness = 221; }, QualityIssue::too_bright},
                    Case{"turned_away", [](Quality& q) { q.yaw_deg = -41; }, QualityIssue::turned_away},
                    Case{"tilted", [](Quality& q) { q.pitch_deg = 31; }, QualityIssue::tilted},
                    Case{"rolled", [](Quality& q) { q.roll_deg = 46; }, QualityIssue::rolled}),
    [](const auto& test) { return std::string{test.param.name}; });

}  // namespace
}  // namespace rollcall::domain
