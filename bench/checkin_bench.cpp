// The real program under load, from another process over loopback: check-ins by face with 10,000 people
// enrolled, beside the time that the models alone take in the same run. The clients share the machine with
// the server.
#include "support/drawn_photo.hpp"
#include "support/http_client.hpp"
#include "support/server_process.hpp"
#include "support/temp_folder.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <random>
#include <thread>

#include <rollcall/core/clock.hpp>
#include <rollcall/core/uuid.hpp>
#include <rollcall/storage/database.hpp>
#include <rollcall/storage/migrations.hpp>
#include <rollcall/storage/stores.hpp>
#include <rollcall/vision/pipeline.hpp>

namespace rollcall::testing {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int kPeople = 10'000;
constexpr int kTemplatesEach = 5;
constexpr std::chrono::seconds kLoad{20};

double milliseconds_since(Steady::time_point start) {
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

double percentile(std::vector<double>& sorted, double share) {
  return sorted.empty() ? 0
                        : sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

// The seeded templates are sealed with it.
constexpr auto kMasterKey = "5b1f0c7a93d2e8466a0f4c1d7be92358c06e1da47f3982b5e4c7d0196fa3b82e";

// People with random templates: the search does not care whose they are.
void fill(const std::filesystem::path& file, const vision::PackFacts& facts) {
  storage::Database database({.url = "sqlite:///" + file.string()});
  storage::migrate(database);
  const storage::MasterKeys masters(*crypto::Key::parse(kMasterKey));
  const auto people = storage::make_people_store(database);
  const auto consents = storage::make_consent_store(database);
  const auto faces = storage::make_face_store(database, masters);
  const core::SystemClock clock;
  std::mt19937 random(1);
  std::normal_distribution<float> normal;
  for (int i = 0; i < kPeople; ++i) {
    const auto now = clock.now();
    const domain::Person person{.id = {core::make_uuid_v7(now)},
                                .display_name = "Person " + std::to_string(i),
                                .created_at = now,
                                .updated_at = now};
    if (!people->add(person)) std::abort();
    const domain::Consent consent{.id = {core::make_uuid_v7(now)},
                                  .person = person.id,
                                  .text_version = "1",
                                  .language = "en",
                                  .method = domain::ConsentMethod::attested,
                                  .recorded_by = "bench",
                                  .given_at = now};
    if (!consents->add(consent)) std::abort();
    const domain::Face face{.id = {core::make_uuid_v7(now)},
                            .person = person.id,
                            .source_name = "random",
                            .photo_sha256 = std::to_string(i),
                            .model = facts.model,
                            .template_count = kTemplatesEach,
                            .consent = consent.id,
                            .created_at = now};
    std::vector<domain::Template> templates;
    for (int t = 0; t < kTemplatesEach; ++t) {
      domain::Embedding embedding(facts.dimension);
      float square = 0;
      for (auto& value : embedding) {
        value = normal(random);
        square += value * value;
      }
      for (auto& value : embedding) value /= std::sqrt(square);
      templates.push_back({{core::make_uuid_v7(now)}, face.id, person.id, facts.model, std::move(embedding)});
    }
    if (!faces->add(face, templates)) std::abort();
  }
}

// The same photo through the models alone, one core.
double analyze_ms(vision::Pipeline& pipeline, const std::string& photo) {
  std::vector<double> times;
  for (int i = 0; i < 40; ++i) {
    const auto start = Steady::now();
    if (!pipeline.analyze(photo, {})) std::abort();
    times.push_back(milliseconds_since(start));
  }
  std::ranges::sort(times);
  return percentile(times, 0.5);
}

struct Load {
  std::vector<double> times_ms;  // sorted
  int failed = 0;
  double seconds = 0;
};

Load check_in(ServerProcess& server, const std::string& photo, int clients) {
  const auto token = server.admin_token();
  std::vector<Load> each(static_cast<std::size_t>(clients));
  std::vector<std::thread> threads;
  const auto start = Steady::now();
  for (int i = 0; i < clients; ++i) {
    threads.emplace_back([&, i] {
      auto& own = each[static_cast<std::size_t>(i)];
      HttpClient client(server.url(), token);
      while (Steady::now() - start < kLoad) {
        const auto sent = Steady::now();
        const auto reply = client.post_image("/v1/checkins?device_id=bench-" + std::to_string(i), photo);
        if (reply.status == 201) {
          own.times_ms.push_back(milliseconds_since(sent));
        } else {
          ++own.failed;
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  Load all{.times_ms = {}, .failed = 0, .seconds = milliseconds_since(start) / 1000};
  for (const auto& own : each) {
    all.times_ms.insert(all.times_ms.end(), own.times_ms.begin(), own.times_ms.end());
    all.failed += own.failed;
  }
  std::ranges::sort(all.times_ms);
  return all;
}

int run() {
  const char* models = std::getenv("ROLLCALL_MODEL_DIR");
  const std::string pack = models != nullptr ? "standard" : vision::kClassicPack;
  const auto pipeline = vision::make_pipeline({.pack = pack, .model_dir = models != nullptr ? models : ""});
  const auto photo = drawn_photo(1, 1, 480);
  const double models_ms = analyze_ms(*pipeline, photo);

  const TempFolder data;
  auto start = Steady::now();
  fill(data.path() / "rollcall.db", pipeline->facts());
  std::printf("pack %s; %d people, %d templates written in %.1f s\n", pack.c_str(), kPeople,
              kPeople * kTemplatesEach, milliseconds_since(start) / 1000);

  Environment environment{{"DATA_DIR", data.path().string()},
                          {"MODEL_PACK", pack},
                          {"LOG_LEVEL", "warning"},
                          {"FACE_DATA_ENCRYPTION_KEY", kMasterKey}};
  if (models != nullptr) environment["ROLLCALL_MODEL_DIR"] = models;
  start = Steady::now();
  ServerProcess server(environment);
  std::printf("start to ready: %.0f ms (limit 1000)\n", milliseconds_since(start));
  std::printf("peak memory when ready: %ld MiB\n", server.peak_memory_kib() / 1024);
  std::printf("models alone, one core: %.1f ms a photo\n\n", models_ms);
  std::printf("%8s %12s %9s %9s %9s %8s %22s\n", "clients", "check-ins/s", "p50 ms", "p95 ms", "p99 ms",
              "failed", "p50 / models alone");
  for (const int clients : {1, 2, 4, 8}) {
    auto load = check_in(server, photo, clients);
    std::printf("%8d %12.1f %9.1f %9.1f %9.1f %8d %22.2f\n", clients,
                static_cast<double>(load.times_ms.size()) / load.seconds, percentile(load.times_ms, 0.5),
                percentile(load.times_ms, 0.95), percentile(load.times_ms, 0.99), load.failed,
                percentile(load.times_ms, 0.5) / models_ms);
  }
  std::printf("\npeak memory after the load: %ld MiB\n", server.peak_memory_kib() / 1024);
  server.signal(SIGTERM);
  return server.wait();
}

}  // namespace
}  // namespace rollcall::testing

int main() {
  return rollcall::testing::run();
}
