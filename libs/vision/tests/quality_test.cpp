#include "quality.hpp"

#include "default_quality.hpp"
#include "support/shared_data.hpp"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace rollcall::vision {
namespace {

constexpr domain::Landmarks kUpright = {{{38, 52}, {74, 52}, {56, 72}, {41, 92}, {71, 92}}};

domain::Landmarks turned(float degrees) {
  const auto angle = degrees * static_cast<float>(CV_PI) / 180;
  auto points = kUpright;
  for (auto& point : points) {
    point = {std::cos(angle) * point.x - std::sin(angle) * point.y,
             std::sin(angle) * point.x + std::cos(angle) * point.y};
  }
  return points;
}

TEST(EstimatePose, IsStraightForAFrontalFace) {
  const auto pose = estimate_pose(kUpright);
  EXPECT_NEAR(pose.yaw_deg, 0, 3);
  EXPECT_NEAR(pose.pitch_deg, 0, 15);
  EXPECT_NEAR(pose.roll_deg, 0, 2);
}

TEST(EstimatePose, MeasuresRollAllTheWayRound) {
  for (const float degrees : {-170.0F, -90.0F, -30.0F, 10.0F, 45.0F, 120.0F}) {
    const auto pose = estimate_pose(turned(degrees));
    EXPECT_NEAR(pose.roll_deg, degrees, 2) << degrees;
    EXPECT_NEAR(pose.yaw_deg, 0, 3) << degrees;
  }
}

TEST(EstimatePose, GivesTheTurnItsSign) {
  auto to_the_right = kUpright;
  to_the_right[2].x += 10;
  EXPECT_GT(estimate_pose(to_the_right).yaw_deg, 15);
  auto to_the_left = kUpright;
  to_the_left[2].x -= 10;
  EXPECT_LT(estimate_pose(to_the_left).yaw_deg, -15);
  auto up = kUpright;
  up[2].y -= 8;
  EXPECT_GT(estimate_pose(up).pitch_deg, estimate_pose(kUpright).pitch_deg + 10);
}

TEST(EstimatePose, StaysFiniteForPointsInOnePlace) {
  const auto pose = estimate_pose({});
  EXPECT_TRUE(std::isfinite(pose.yaw_deg + pose.pitch_deg + pose.roll_deg));
}

TEST(MeasureQuality, MeasuresLightAndSharpness) {
  cv::Mat noise(112, 112, CV_8UC3);
  cv::RNG(5).fill(noise, cv::RNG::UNIFORM, 60, 200);
  cv::Mat blurred;
  cv::GaussianBlur(noise, blurred, {}, 3);
  const Detection detection{{10, 20, 50, 70}, kUpright, 0.8F};
  const auto sharp = measure_quality(detection, noise);
  EXPECT_GT(sharp.sharpness, 20 * measure_quality(detection, blurred).sharpness);
  EXPECT_NEAR(sharp.brightness, 130, 3);
  EXPECT_EQ(sharp.clipped, 0);
  EXPECT_EQ(sharp.size_px, 50);
  EXPECT_EQ(sharp.detection_score, 0.8F);
  EXPECT_EQ(measure_quality(detection, cv::Mat(112, 112, CV_8UC3, cv::Scalar::all(255))).clipped, 1);
  EXPECT_EQ(measure_quality(detection, cv::Mat(128, 128, CV_8UC3, cv::Scalar::all(0))).brightness, 0);
}

struct LadderStep {
  const char* name;              // of the file
  const char* issue_at_checkin;  // "" for none
  const char* issue_at_enrolment;
};

class QualityLadder : public ::testing::TestWithParam<LadderStep> {};

std::string gravest(const domain::Quality& quality, const domain::QualityPolicy& policy) {
  const auto issues = domain::assess(quality, policy);
  return issues.empty() ? "" : std::string(domain::name_of(issues.front()));
}

TEST_P(QualityLadder, IsJudged) {
  SKIP_WITHOUT_MODELS();
  SKIP_WITHOUT_DATA("derived");
  static const auto kPipeline = make_pipeline(testing::settings_with_models());
  const auto file = testing::data_dir() / "derived/obama" / (std::string(GetParam().name) + ".jpg");
  const auto analysis = kPipeline->analyze(testing::read_file(file), {});
  ASSERT_TRUE(analysis);
  ASSERT_EQ(analysis->faces.size(), 1U);
  EXPECT_EQ(gravest(analysis->faces[0].quality, kCheckinQuality), GetParam().issue_at_checkin);
  EXPECT_EQ(gravest(analysis->faces[0].quality, kEnrolmentQuality), GetParam().issue_at_enrolment);
}

INSTANTIATE_TEST_SUITE_P(
    Portrait, QualityLadder,
    ::testing::Values(LadderStep{"upright", "", ""}, LadderStep{"grey", "", ""}, LadderStep{"flip", "", ""},
                      LadderStep{"jpegq_20", "", ""}, LadderStep{"blur_1", "", ""},
                      LadderStep{"blur_2", "", ""}, LadderStep{"blur_4", "", "blurred"},
                      LadderStep{"blur_8", "blurred", "blurred"}, LadderStep{"light_dark50", "", ""},
                      LadderStep{"light_dark25", "", ""}, LadderStep{"light_dark12", "", "too_dark"},
                      LadderStep{"light_dark06", "too_dark", "low_detection_score"},
                      LadderStep{"light_over", "too_bright", "too_bright"}, LadderStep{"roll_030", "", ""},
                      LadderStep{"roll_060", "", "low_detection_score"},
                      LadderStep{"roll_090", "low_detection_score", "low_detection_score"},
                      LadderStep{"roll_180", "", "low_detection_score"},
                      LadderStep{"size_048", "too_small", "too_small"},
                      LadderStep{"size_080", "too_small", "too_small"},
                      LadderStep{"size_160", "", "too_small"}, LadderStep{"size_320", "", ""}),
    [](const auto& test) { return std::string(test.param.name); });

struct PosedFace {
  const char* name;
  const char* file;
  const char* issue_at_enrolment;
};

class Pose : public ::testing::TestWithParam<PosedFace> {};

TEST_P(Pose, IsJudged) {
  SKIP_WITHOUT_MODELS();
  SKIP_WITHOUT_DATA("photos_insightface");
  static const auto kPipeline = make_pipeline(testing::settings_with_models());
  const auto analysis = kPipeline->analyze(
      testing::read_file(testing::data_dir() / "photos_insightface" / GetParam().file), {});
  ASSERT_TRUE(analysis);
  ASSERT_EQ(analysis->faces.size(), 1U);
  EXPECT_EQ(gravest(analysis->faces[0].quality, kEnrolmentQuality), GetParam().issue_at_enrolment);
}

INSTANTIATE_TEST_SUITE_P(
    Photos, Pose,
    ::testing::Values(PosedFace{"frontal", "RD__d1.jpeg", ""}, PosedFace{"half_turned", "RD__d5.jpeg", ""},
                      PosedFace{"turned_left", "pose__left_face.jpeg", "turned_away"},
                      PosedFace{"upside_down", "rotate__rot_180.jpg", "low_detection_score"},
                      PosedFace{"on_its_side", "rotate__rot_90.jpg", "low_detection_score"}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace rollcall::vision
