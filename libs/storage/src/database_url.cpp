#include "database_url.hpp"

#include <algorithm>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

// '"' would end the path in SOCI's connection string; '?' and '#' suggest options that are not read.
bool is_refused(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '?' || c == '#';
}

}  // namespace

std::filesystem::path sqlite_file(std::string_view url) {
  constexpr std::string_view kPrefix = "sqlite:///";
  if (url.starts_with("postgres"))
    throw core::InfraError("database URL: PostgreSQL support is not built yet");
  if (!url.starts_with(kPrefix)) throw core::InfraError("database URL: it must start with sqlite:///");
  const auto path = url.substr(kPrefix.size());
  if (path.empty() || path.ends_with('/') || path == ":memory:") {
    throw core::InfraError("database URL: it must name a file");
  }
  if (std::ranges::any_of(path, is_refused)) {
    throw core::InfraError("database URL: the path must not hold \", ?, # or a control character");
  }
  std::error_code failure;
  auto file = std::filesystem::weakly_canonical(std::filesystem::absolute(path), failure);
  if (failure) throw core::InfraError("database " + std::string(path) + ": " + failure.message());
  return file;
}

}  // namespace rollcall::storage
