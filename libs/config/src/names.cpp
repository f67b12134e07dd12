#include "names.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace rollcall::config {
namespace {

constexpr auto kToolVariables = std::to_array<std::string_view>({
    "ROLLCALL_CONFIG",
    "ROLLCALL_SKIP_PACKAGES",
    "ROLLCALL_TEST_DATA",
});

constexpr auto kForLater = std::to_array<std::string_view>({
    "CELERY_BROKER_URL",
    "CELERY_RESULT_BACKEND",
    "DATABASE_CONN_MAX_AGE",
    "DATABASE_SSL_REQUIRE",
    "DB_HOST",
    "DB_NAME",
    "DB_PASSWORD",
    "DB_PORT",
    "DB_USER",
    "DEFAULT_CAMERA_ID",
    "FACE_DETECTION_MODEL",
    "FACE_SERVICE_URL",
    "FACE_SKIP",
    "FAISS_INDEX_DIMENSION",
    "FRAME_RATE",
    "LIVENESS_MODEL_PATH",
    "MAX_CONCURRENT_STREAMS",
    "QUEUE_BACKEND",
    "REDIS_ADDR",
    "REDIS_PUBSUB_RESULTS_CHANNEL",
    "REDIS_URL",
    "SENTRY_DSN",
    "SENTRY_ENVIRONMENT",
    "SENTRY_PROFILES_SAMPLE_RATE",
    "SENTRY_RELEASE",
    "SENTRY_SEND_DEFAULT_PII",
    "SENTRY_TRACES_SAMPLE_RATE",
});

// Levenshtein distance.
std::size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const auto replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, replaced});
    }
  }
  return row.back();
}

}  // namespace

bool is_tool_variable(std::string_view name) {
  return std::ranges::count(kToolVariables, name) > 0;
}

bool is_for_later(std::string_view name) {
  return name.starts_with("DJANGO_") || std::ranges::count(kForLater, name) > 0;
}

std::optional<std::string> did_you_mean(std::string_view name, std::span<const std::string> candidates) {
  constexpr std::size_t kNameLengthMax = 64;
  if (name.size() > kNameLengthMax || candidates.empty()) return std::nullopt;
  const auto distance = [name](const std::string& candidate) { return edits_between(name, candidate); };
  const auto best = std::ranges::min_element(candidates, {}, distance);
  const auto edits_max = std::max<std::size_t>(1, name.size() / 4);
  return distance(*best) <= edits_max ? std::optional(*best) : std::nullopt;
}

}  // namespace rollcall::config
