#include "shared_data.hpp"

#include "decode/decode.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace rollcall::vision::testing {
namespace {

std::filesystem::path from_environment(const char* name, const char* beside_repository) {
  if (const char* folder = std::getenv(name)) return folder;
  return std::filesystem::path(ROLLCALL_SOURCE_DIR).parent_path() / beside_repository;
}

}  // namespace

std::filesystem::path model_dir() {
  return from_environment("ROLLCALL_MODEL_DIR", "shared/models");
}

std::filesystem::path data_dir() {
  return from_environment("ROLLCALL_TEST_DATA", "shared/data");
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  EXPECT_TRUE(stream.good()) << file;
  return content.str();
}

cv::Mat read_image(const std::filesystem::path& file) {
  const auto decoded = decode(read_file(file), {});
  EXPECT_TRUE(decoded.has_value()) << file;
  return decoded ? decoded->pixels : cv::Mat();
}

nlohmann::json golden() {
  return nlohmann::json::parse(read_file(model_dir() / "golden" / "golden.json"));
}

PipelineSettings settings_with_models() {
  PipelineSettings settings;
  settings.model_dir = model_dir();
  return settings;
}

}  // namespace rollcall::vision::testing
