#include "rollcall/core/digest.hpp"

#include <fstream>

#include <gtest/gtest.h>

namespace rollcall::core {
namespace {

// FIPS 180-4 example.
constexpr auto kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Digest, MatchesThePublishedExample) {
  EXPECT_EQ(sha256_hex("abc"), kAbc);
}

TEST(Digest, ReadsAFileInBlocks) {
  const auto file = std::filesystem::temp_directory_path() / "rollcall_digest_test.bin";
  const std::string content(200'000, 'x');
  std::ofstream(file, std::ios::binary) << content;
  EXPECT_EQ(sha256_hex_of_file(file).value(), sha256_hex(content));
  std::filesystem::remove(file);
}

TEST(Digest, AMissingFileIsAnOutcome) {
  EXPECT_EQ(sha256_hex_of_file("/nonexistent/file").error().reason, "file_unreadable");
  EXPECT_EQ(sha256_hex_of_file("/").error().reason, "file_unreadable");
}

}  // namespace
}  // namespace rollcall::core
