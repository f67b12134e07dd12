#include "rollcall/attendance/enroll_face.hpp"

#include "site.hpp"

#include <rollcall/core/half.hpp>

namespace rollcall::attendance {
namespace {

using testing::good_face;
using testing::Site;

TEST(EnrollFace, StoresThePhotoAndItsAugmentationsAndMakesThemSearchable) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  ASSERT_EQ(site.faces.faces.size(), 1U);
  EXPECT_EQ(site.faces.faces[0].template_count, 3);
  EXPECT_EQ(site.index.templates.size(), 3U);
  EXPECT_EQ(site.index.version, site.faces.gallery_version());
  EXPECT_EQ(site.crops.crops.size(), 1U);
  EXPECT_EQ(site.index.search(testing::unit(1, 0), 1, std::nullopt).candidates.at(0).person, ada.id);
}

struct Refusal {
  const char* name;
  std::vector<AnalyzedFace> faces;
  const char* word;
};

class EnrollFaceRefuses : public ::testing::TestWithParam<Refusal> {};

TEST_P(EnrollFaceRefuses, WithAReasonAndStoresNothing) {
  Site site;
  site.enrolled("eve", 0, 1);
  const auto ada = site.consenting("ada");
  site.analyzer.photos["photo"] = GetParam().faces;
  const auto verdict = site.enroll(ada.id, {"photo", "a.jpg"}).value();
  EXPECT_FALSE(verdict.accepted());
  ASSERT_FALSE(verdict.reasons.empty());
  EXPECT_EQ(verdict.reasons[0].word, GetParam().word);
  EXPECT_FALSE(verdict.reasons[0].message.empty());
  EXPECT_EQ(site.faces.faces.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Reasons, EnrollFaceRefuses,
    ::testing::Values(Refusal{"no_face", {}, "no_face"},
                      Refusal{"two_alike", {good_face(1, 0, 100), good_face(0, 1, 90)}, "multiple_faces"},
                      Refusal{"too_small", {good_face(1, 0, 59)}, "too_small"},
                      Refusal{"somebody_else", {good_face(0.05F, 1)}, "looks_like_someone_else"}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(EnrollFace, APersonInTheBackgroundDoesNotMatter) {
  Site site;
  const auto ada = site.consenting("ada");
  site.analyzer.photos["photo"] = {good_face(1, 0, 200), good_face(0, 1, 60)};
  EXPECT_TRUE(site.enroll(ada.id, {"photo", "a.jpg"}).value().accepted());
}

TEST(EnrollFace, ALookAlikeOfAnotherIsAcceptedWhenItIsMoreLikeItsOwnPerson) {
  Site site;
  site.enrolled("eve", 0.3F, 1);
  const auto ada = site.enrolled("ada", 1, 0.9F);
  site.analyzer.photos["photo"] = {good_face(0.7F, 1)};
  EXPECT_TRUE(site.enroll(ada.id, {"photo", "b.jpg"}).value().accepted());
}

TEST(EnrollFace, TheSamePhotoTwiceIsRefusedAndItsCropIsNotLeft) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  const auto verdict = site.enroll(ada.id, {"enrol ada", "again.jpg"}).value();
  EXPECT_EQ(verdict.reasons.at(0).word, "duplicate_photo");
  EXPECT_EQ(site.crops.crops.size(), 1U);
}

TEST(EnrollFace, AnUnreadablePhotoIsAVerdictAndAnUnknownPersonAnError) {
  Site site;
  const auto ada = site.consenting("ada");
  EXPECT_EQ(site.enroll(ada.id, {"garbage", "x.jpg"}).value().reasons.at(0).word, "image_corrupt");
  EXPECT_EQ(site.enroll({"nobody"}, {"garbage", "x.jpg"}).error().reason, "person_not_found");
}

TEST(EnrollFace, NobodyIsEnrolledWithoutAValidConsent) {
  Site site;
  const auto ada = site.people.add({"ada", {}}).value();
  site.analyzer.photos["photo"] = {good_face(1, 0)};
  const auto refused = site.enroll(ada.id, {"photo", "a.jpg"});
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().code, core::Errc::conflict);
  EXPECT_EQ(refused.error().reason, "consent_missing");
  EXPECT_EQ(site.analyzer.calls, 0) << "the photo is not even looked at";

  const auto eve = site.enrolled("eve", 0, 1);
  const auto consent = site.consents.list(eve.id).value().at(0);
  ASSERT_TRUE(site.consents.withdraw(eve.id, consent.id));
  EXPECT_EQ(site.enroll(eve.id, {"photo", "a.jpg"}).error().reason, "consent_missing");
}

TEST(EnrollFace, WhatIsSearchedIsWhatComesBackFromTheStore) {
  Site site;
  site.enrolled("ada", 0.3F, 1);
  for (const auto value : site.faces.stored.at(0).embedding) {
    EXPECT_EQ(value, core::float_from_half(core::half_from_float(value)));
  }
}

}  // namespace
}  // namespace rollcall::attendance
