#include "secrets.hpp"

#include "parse.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace rollcall::config {
namespace {

constexpr std::size_t kBytesMin = 32;
// 32 random bytes in hexadecimal show fewer than this once in 10^7 keys.
constexpr std::size_t kDifferentMin = 10;

// Parts of the samples that tutorials and the source systems' documents show.
constexpr auto kSampleParts = std::to_array<std::string_view>({
    "change",
    "secret",
    "your",
    "example",
    "password",
    "attendance",
    "insecure",
    "random",
    "replace",
    "minioadmin",
    "postgres",
    "0123456789",
    "abcdefgh",
    "qwerty",
});

}  // namespace

std::optional<std::string> weakness_of_secret(std::string_view secret) {
  if (secret.size() < kBytesMin) return "is shorter than 32 bytes; make one with: openssl rand -base64 32";
  if (std::set<char>(secret.begin(), secret.end()).size() < kDifferentMin) {
    return "repeats few characters, so it can be guessed; make one with: openssl rand -base64 32";
  }
  const auto folded = lower_case(secret);
  for (const auto part : kSampleParts) {
    if (folded.find(part) != std::string::npos) {
      return "looks like a sample from a document; make one with: openssl rand -base64 32";
    }
  }
  return std::nullopt;
}

}  // namespace rollcall::config
