// Model files and photos that are not part of the repository; tests that need them are skipped without them.
#pragma once

#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>

#include <rollcall/vision/pipeline.hpp>

namespace rollcall::vision::testing {

// ROLLCALL_MODEL_DIR, else ../shared/models beside the repository.
std::filesystem::path model_dir();
// ROLLCALL_TEST_DATA, else ../shared/data.
std::filesystem::path data_dir();

std::string read_file(const std::filesystem::path& file);
// Decoded at full size; fails the test when it cannot be.
cv::Mat read_image(const std::filesystem::path& file);
// models/golden/golden.json: reference outputs of every network.
nlohmann::json golden();

PipelineSettings settings_with_models();

}  // namespace rollcall::vision::testing

#define SKIP_WITHOUT_MODELS()                                                        \
  if (!std::filesystem::exists(::rollcall::vision::testing::model_dir() / "golden")) \
  GTEST_SKIP() << "no model files in " << ::rollcall::vision::testing::model_dir()   \
               << ", see ROLLCALL_MODEL_DIR"

#define SKIP_WITHOUT_DATA(folder)                                                       \
  if (!std::filesystem::exists(::rollcall::vision::testing::data_dir() / (folder)))     \
  GTEST_SKIP() << "no photos in " << ::rollcall::vision::testing::data_dir() / (folder) \
               << ", see ROLLCALL_TEST_DATA"
