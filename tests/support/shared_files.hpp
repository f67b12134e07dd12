// Where the real models and photos are, if they are there at all.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace rollcall::testing {

// The folder that a variable names, or `fallback` under the folder beside the checkout; nullopt when it is
// not there.
inline std::optional<std::filesystem::path> shared_folder(const char* variable, const char* fallback) {
  const char* named = std::getenv(variable);
  const std::filesystem::path folder =
      named != nullptr ? named : std::filesystem::path(ROLLCALL_SOURCE_DIR) / "../shared" / fallback;
  if (!std::filesystem::is_directory(folder)) return std::nullopt;
  return std::filesystem::canonical(folder);
}

inline std::optional<std::filesystem::path> model_dir() {
  return shared_folder("ROLLCALL_MODEL_DIR", "models");
}
inline std::optional<std::filesystem::path> test_data() {
  return shared_folder("ROLLCALL_TEST_DATA", "data");
}

inline std::string file_bytes(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace rollcall::testing
