#include "key_files.hpp"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::app {
namespace {

namespace fs = std::filesystem;

class KeyFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    auto name = (fs::temp_directory_path() / "rollcall-keys-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    data_ = folder_ / "data";
  }
  void TearDown() override { fs::remove_all(folder_); }

  static unsigned mode_of(const fs::path& path) {
    struct stat facts {};
    EXPECT_EQ(::stat(path.c_str(), &facts), 0) << path;
    return facts.st_mode & 0777;
  }

  fs::path folder_;
  fs::path data_;
};

TEST_F(KeyFiles, TheFirstCallMakesAKeyThatLaterCallsGet) {
  EXPECT_FALSE(load_key(data_, "face_data"));
  const auto made = load_or_create_key(data_, "face_data");
  EXPECT_TRUE(load_or_create_key(data_, "face_data") == made);
  EXPECT_TRUE(*load_key(data_, "face_data") == made);
  EXPECT_FALSE(load_or_create_key(data_, "data") == made) << "each name has its own";
  EXPECT_EQ(mode_of(data_ / "keys"), 0700U);
  EXPECT_EQ(mode_of(data_ / "keys/face_data.key"), 0600U);
  EXPECT_EQ(std::distance(fs::directory_iterator(data_ / "keys"), {}), 2) << "nothing unfinished stays";
}

TEST_F(KeyFiles, TheContentIsAKeyAsTheConfigurationTakesIt) {
  const auto made = load_or_create_key(data_, "face_data");
  std::ifstream in(data_ / "keys/face_data.key");
  std::string text;
  std::getline(in, text);
  EXPECT_TRUE(*crypto::Key::parse(text) == made);
}

TEST_F(KeyFiles, AFileWithoutAKeyIsNamedAndNeverReplaced) {
  fs::create_directories(data_ / "keys");
  std::ofstream(data_ / "keys/face_data.key") << "half a k";
  try {
    load_or_create_key(data_, "face_data");
    FAIL() << "accepted";
  } catch (const core::InfraError& error) {
    EXPECT_NE(std::string(error.what()).find("face_data.key"), std::string::npos) << error.what();
  }
  EXPECT_EQ(fs::file_size(data_ / "keys/face_data.key"), 8U);
}

}  // namespace
}  // namespace rollcall::app
