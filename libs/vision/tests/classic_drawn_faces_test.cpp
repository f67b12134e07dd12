// The drawn people that stand in for real ones wherever no model pack and no photos are at hand.
#include "decode/decode.hpp"
#include "support/synthetic_face.hpp"

#include <filesystem>
#include <fstream>
#include <string_view>

#include <gtest/gtest.h>

#include <rollcall/core/digest.hpp>

namespace rollcall::synthetic {
namespace {

constexpr int kSizePx = 240;

std::string digest_of(const cv::Mat& image) {
  return core::sha256_hex({reinterpret_cast<const char*>(image.data), image.total() * image.elemSize()});
}

std::string drawn(std::uint64_t person, std::uint64_t photo) {
  return digest_of(draw_face(PersonSeed{person}, PhotoSeed{photo}, kSizePx));
}

TEST(DrawnFace, IsTheSameForTheSameSeeds) {
  EXPECT_EQ(drawn(7, 3), drawn(7, 3));
}

TEST(DrawnFace, DiffersForAnotherPersonAndForAnotherPhoto) {
  EXPECT_NE(drawn(7, 3), drawn(8, 3));
  EXPECT_NE(drawn(7, 3), drawn(7, 4));
}

// The same on every machine and with every optimisation: a change here changes every drawn person everywhere.
TEST(DrawnFace, KeepsItsPixels) {
  EXPECT_EQ(drawn(1, 1), "e8a17b0b0e75898dbc8e19fe4bf8ba0b9c52ed90d80cd7d409cbc2c7a2be6912");
}

TEST(DrawnFace, FillsASquareOfTheSizeAskedFor) {
  const auto image = draw_face(PersonSeed{1}, PhotoSeed{1}, 64);
  EXPECT_EQ(image.size(), cv::Size(64, 64));
  EXPECT_EQ(image.type(), CV_8UC3);
}

TEST(EncodeJpeg, KeepsThePicture) {
  const auto image = draw_face(PersonSeed{2}, PhotoSeed{1}, kSizePx);
  const auto jpeg = encode_jpeg(image, 95);
  const auto decoded = vision::decode({reinterpret_cast<const char*>(jpeg.data()), jpeg.size()}, {});
  ASSERT_TRUE(decoded);
  ASSERT_EQ(decoded->pixels.size(), image.size());
  EXPECT_LT(cv::norm(image, decoded->pixels, cv::NORM_L1) / static_cast<double>(image.total() * 3), 4.0);
}

bool is_whole_jpeg(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  return bytes.starts_with("\xFF\xD8") && bytes.ends_with("\xFF\xD9");
}

class WrittenPeople : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::remove_all(dir_); }
  void TearDown() override { std::filesystem::remove_all(dir_); }

  const std::filesystem::path dir_ =
      std::filesystem::path{testing::TempDir()} /
      ("rollcall_" + std::string{testing::UnitTest::GetInstance()->current_test_info()->name()});
};

TEST_F(WrittenPeople, HaveOneFolderEach) {
  write_people(dir_, 2, 2);
  for (const auto* name :
       {"person_01/photo_1.jpg", "person_01/photo_2.jpg", "person_02/photo_1.jpg", "person_02/photo_2.jpg"}) {
    EXPECT_TRUE(is_whole_jpeg(dir_ / name)) << name;
  }
  EXPECT_EQ(std::distance(std::filesystem::recursive_directory_iterator{dir_}, {}), 2 + 4);
}

TEST_F(WrittenPeople, AreNotWrittenIntoAFile) {
  std::ofstream{dir_} << "not a folder";
  EXPECT_THROW(write_people(dir_, 1, 1), std::filesystem::filesystem_error);
}

}  // namespace
}  // namespace rollcall::synthetic
