#include "classic/classic_pack.hpp"
#include "support/synthetic_face.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::vision::classic {
namespace {

constexpr int kSizePx = 480;

// People that no threshold was chosen with.
constexpr std::uint64_t kFirstPerson = 7001;
constexpr int kPeople = 40;

float distance(const domain::Point& a, const domain::Point& b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

bool inside(const domain::Point& point, const domain::Box& box) {
  const float slack = 0.15F * box.height;
  return point.x > box.x - slack && point.x < box.x + box.width + slack && point.y > box.y - slack &&
         point.y < box.y + box.height + slack;
}

// Eyes above nose above mouth, left of right, all in or near the box.
void expect_a_face(const Detection& face) {
  const auto& [left_eye, right_eye, nose, left_mouth, right_mouth] = face.landmarks;
  EXPECT_LT(left_eye.x, nose.x);
  EXPECT_LT(nose.x, right_eye.x);
  EXPECT_LT(left_mouth.x, right_mouth.x);
  EXPECT_LT(std::max(left_eye.y, right_eye.y), nose.y);
  EXPECT_LT(nose.y, std::min(left_mouth.y, right_mouth.y));
  EXPECT_GT(distance(left_eye, right_eye), 0.25F * face.box.width);
  for (const auto& point : face.landmarks) EXPECT_TRUE(inside(point, face.box)) << point.x << ' ' << point.y;
}

TEST(CascadeDetector, FindsNineteenOfTwentyDrawnFaces) {
  const auto detector = make_detector(kDetectionScoreMin);
  int found = 0;
  int extra = 0;
  for (std::uint64_t i = 0; i < kPeople; ++i) {
    const auto image = synthetic::draw_face({kFirstPerson + i}, {i + 1}, kSizePx);
    const auto faces = detector->detect(image);
    if (faces.empty()) continue;
    ++found;
    extra += static_cast<int>(faces.size()) - 1;
    SCOPED_TRACE("person " + std::to_string(kFirstPerson + i));
    expect_a_face(faces.front());
    EXPECT_GE(faces.front().score, kDetectionScoreMin);
    EXPECT_LE(faces.front().score, 1.0F);
  }
  EXPECT_GE(found, kPeople * 19 / 20);
  EXPECT_LE(extra, 1);
}

TEST(CascadeDetector, FindsSeveralFacesBestFirst) {
  cv::Mat row;
  cv::hconcat(std::vector{synthetic::draw_face({1}, {1}, kSizePx), synthetic::draw_face({2}, {1}, kSizePx),
                          synthetic::draw_face({3}, {1}, kSizePx)},
              row);
  const auto faces = make_detector(kDetectionScoreMin)->detect(row);
  ASSERT_EQ(faces.size(), 3U);
  EXPECT_TRUE(std::is_sorted(faces.begin(), faces.end(),
                             [](const auto& a, const auto& b) { return a.score > b.score; }));
  for (const auto& face : faces) expect_a_face(face);
}

TEST(CascadeDetector, AnswersInPixelsOfALargeImage) {
  cv::Mat large;
  cv::resize(synthetic::draw_face({1}, {1}, kSizePx), large, {1920, 1920}, 0, 0, cv::INTER_LINEAR);
  const auto detector = make_detector(kDetectionScoreMin);
  const auto small_face = detector->detect(synthetic::draw_face({1}, {1}, kSizePx));
  const auto large_face = detector->detect(large);
  ASSERT_EQ(small_face.size(), 1U);
  ASSERT_EQ(large_face.size(), 1U);
  const float eyes = distance(small_face[0].landmarks[0], small_face[0].landmarks[1]);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& small_eye = small_face[0].landmarks[i];
    const auto& large_eye = large_face[0].landmarks[i];
    EXPECT_LT(distance({large_eye.x / 4, large_eye.y / 4}, small_eye), 0.1F * eyes);
  }
}

struct Empty {
  const char* name;
  cv::Mat (*make)();
};

cv::Mat noise(double blur_sigma) {
  cv::Mat image(kSizePx, kSizePx, CV_8UC3);
  cv::RNG random{20};
  random.fill(image, cv::RNG::UNIFORM, 0, 255);
  if (blur_sigma > 0) cv::GaussianBlur(image, image, {}, blur_sigma);
  return image;
}

class NoFace : public testing::TestWithParam<Empty> {};

TEST_P(NoFace, IsFound) {
  EXPECT_TRUE(make_detector(kDetectionScoreMin)->detect(GetParam().make()).empty());
}

INSTANTIATE_TEST_SUITE_P(
    Images, NoFace,
    testing::Values(Empty{"black", [] { return cv::Mat(kSizePx, kSizePx, CV_8UC3, cv::Scalar::all(0)); }},
                    Empty{"grey", [] { return cv::Mat(kSizePx, kSizePx, CV_8UC3, cv::Scalar::all(128)); }},
                    Empty{"noise", [] { return noise(0); }}, Empty{"clouds", [] { return noise(6); }},
                    Empty{"smallest", [] { return cv::Mat(32, 32, CV_8UC3, cv::Scalar::all(90)); }},
                    Empty{"ribbon", [] { return cv::Mat(32, 4000, CV_8UC3, cv::Scalar::all(90)); }}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(CascadeDetector, HoldsFacesBelowTheScoreBack) {
  const auto image = synthetic::draw_face({1}, {1}, kSizePx);
  ASSERT_EQ(make_detector(kDetectionScoreMin)->detect(image).size(), 1U);
  EXPECT_TRUE(make_detector(1.0F)->detect(image).empty());
}

class CascadeFolder : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(dir_ / "haarcascades"); }
  void TearDown() override { std::filesystem::remove_all(dir_); }

  std::string refusal() const {
    try {
      make_detector(kDetectionScoreMin, dir_);
    } catch (const core::InfraError& error) {
      return error.what();
    }
    return "not refused";
  }

  const std::filesystem::path dir_ =
      std::filesystem::path{testing::TempDir()} /
      ("rollcall_" + std::string{testing::UnitTest::GetInstance()->current_test_info()->name()});
};

TEST_F(CascadeFolder, WithoutTheFileNamesItAndThePackage) {
  const auto text = refusal();
  EXPECT_NE(text.find((dir_ / "haarcascades/haarcascade_frontalface_alt2.xml").string()), std::string::npos)
      << text;
  EXPECT_NE(text.find("is missing"), std::string::npos) << text;
  EXPECT_NE(text.find("opencv-data"), std::string::npos) << text;
}

TEST_F(CascadeFolder, WithABrokenFileNamesItAndThePackage) {
  const auto path = dir_ / "haarcascades/haarcascade_frontalface_alt2.xml";
  std::ofstream{path} << "<?xml version=\"1.0\"?><opencv_storage><cascade";
  const auto text = refusal();
  EXPECT_NE(text.find(path.string()), std::string::npos) << text;
  EXPECT_NE(text.find("cannot be read"), std::string::npos) << text;
  EXPECT_NE(text.find("opencv-data"), std::string::npos) << text;
}

}  // namespace
}  // namespace rollcall::vision::classic
