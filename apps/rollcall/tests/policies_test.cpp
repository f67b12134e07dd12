#include "policies.hpp"

#include <gtest/gtest.h>

namespace rollcall::app {
namespace {

vision::PackFacts facts() {
  vision::PackFacts made;
  made.calibration = {.identify_score_min = 0.5F, .verify_score_min = 0.45F, .margin_min = 0.05F};
  made.checkin_quality.size_px_min = 40;
  made.enrolment_quality.size_px_min = 60;
  return made;
}

struct Case {
  const char* name;
  void (*configure)(config::Settings&);
  float identify;
  float verify;
  float margin;
};

class RecognitionPolicy : public testing::TestWithParam<Case> {};

TEST_P(RecognitionPolicy, FollowsTheOperatorThenTheModel) {
  config::Settings settings;
  GetParam().configure(settings);
  const auto policy = recognition_policy(settings, facts());
  EXPECT_NEAR(policy.identify_score_min, GetParam().identify, 1e-6);
  EXPECT_NEAR(policy.verify_score_min, GetParam().verify, 1e-6);
  EXPECT_NEAR(policy.margin_min, GetParam().margin, 1e-6);
  EXPECT_EQ(policy.quality.size_px_min, 40);
}

INSTANTIATE_TEST_SUITE_P(
    Sources, RecognitionPolicy,
    testing::Values(
        Case{"calibrated", [](config::Settings&) {}, 0.5F, 0.45F, 0.05F},
        Case{"cosine", [](config::Settings& s) { s.recognition_cosine_min = 0.6; }, 0.6F, 0.55F, 0.05F},
        Case{"margin", [](config::Settings& s) { s.recognition_margin_min = 0.1; }, 0.5F, 0.45F, 0.1F},
        Case{"similarity_of_the_source_systems",
             [](config::Settings& s) { s.face_similarity_threshold = 0.65; }, 0.5F, 0.45F, 0.05F},
        Case{"tolerance_of_the_source_systems",
             [](config::Settings& s) { s.face_recognition_tolerance = 0.3; }, 0.75F, 0.7F, 0.05F}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(EnrollmentPolicy, IsStricterAndRefusesLookAlikesAtTheThreshold) {
  config::Settings settings;
  settings.enrollment_augmentations_per_image = 3;
  const auto policy = enrollment_policy(settings, facts());
  EXPECT_EQ(policy.quality.size_px_min, 60);
  EXPECT_EQ(policy.augmentations, 3);
  EXPECT_EQ(policy.other_person_score_max, 0.5F);
  EXPECT_EQ(policy.crop, attendance::CropOutput::discarded);
  settings.enrollment_keep_crops = true;
  EXPECT_EQ(enrollment_policy(settings, facts()).crop, attendance::CropOutput::png);
}

}  // namespace
}  // namespace rollcall::app
