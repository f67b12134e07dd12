#include "rollcall/attendance/recognize_faces.hpp"

#include "site.hpp"

namespace rollcall::attendance {
namespace {

using domain::Verdict;
using testing::good_face;
using testing::Site;

TEST(RecognizeFaces, GivesEachFaceItsOwnVerdict) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  site.analyzer.photos["group"] = {good_face(1, 0.1F, 200), good_face(-1, 0.2F, 100), good_face(1, 0, 40)};
  const auto faces = site.recognize("group").value().faces;
  ASSERT_EQ(faces.size(), 3U);
  EXPECT_EQ(faces[0].judgement.person, ada.id);
  EXPECT_EQ(faces[1].judgement.verdict, Verdict::unknown);
  EXPECT_EQ(faces[2].judgement.verdict, Verdict::low_quality);
}

TEST(RecognizeFaces, TwoFacesAreNeverOnePerson) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  site.analyzer.photos["twins"] = {good_face(1, 0.2F, 200), good_face(1, 0.1F, 100)};
  const auto faces = site.recognize("twins").value().faces;
  EXPECT_EQ(faces[0].judgement.verdict, Verdict::ambiguous);
  EXPECT_EQ(faces[0].judgement.reason, "same_person_twice");
  EXPECT_EQ(faces[1].judgement.person, ada.id);
}

TEST(RecognizeFaces, TheVeryFaceTwiceIsNobody) {
  Site site;
  site.enrolled("ada", 1, 0);
  site.analyzer.photos["mirror"] = {good_face(1, 0, 100), good_face(1, 0, 100)};
  int named = 0;
  for (const auto& face : site.recognize("mirror").value().faces) named += face.judgement.person ? 1 : 0;
  EXPECT_LE(named, 1);
}

}  // namespace
}  // namespace rollcall::attendance
