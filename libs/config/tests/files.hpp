// A folder for one test's configuration files.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include <rollcall/config/load.hpp>

namespace rollcall::config::testing {

class Files {
 public:
  Files() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(::testing::TempDir()) /
              (std::string("rollcall_config_") + test->test_suite_name() + "_" + test->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~Files() { std::filesystem::remove_all(folder_); }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;

  ConfigFile write(std::string_view name, std::string_view content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    return {folder_ / name, Presence::required};
  }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

constexpr const char* kSigningKey = "4Fh0gqUQm6wD0Jc3n1eYB2xkT7vRzLsP9aEiKoNyWtM=";
constexpr const char* kFaceKey = "hZk0J5mF7sXw2QdP8cVb3nLrTyUeGiAo1HjKlMzSxWE=";
constexpr const char* kDataKey = "Qw8eRt5yUi2oPa6sDf9gHj1kLz4xCv7bNm0QzXcVbNs=";

// What production asks for at least.
inline Values production() {
  return {{"APP_ENV", "production"},
          {"JWT_SIGNING_KEY", kSigningKey},
          {"FACE_DATA_ENCRYPTION_KEY", kFaceKey},
          {"DATA_ENCRYPTION_KEY", kDataKey}};
}

// The only fault that `sources` has.
inline Fault only_fault(const Sources& sources) {
  const auto loaded = load(sources);
  if (loaded) {
    ADD_FAILURE() << "was accepted";
    return {};
  }
  EXPECT_EQ(loaded.error().all.size(), 1U);
  return loaded.error().all.front();
}

}  // namespace rollcall::config::testing
