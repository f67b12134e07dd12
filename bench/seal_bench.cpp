// What it costs to seal and to open one template of 512 numbers, and to read a whole gallery from a database.
#include "connections.hpp"
#include "sealed_vector.hpp"

#include <filesystem>
#include <random>

#include <benchmark/benchmark.h>

#include <rollcall/core/clock.hpp>
#include <rollcall/core/uuid.hpp>
#include <rollcall/storage/migrations.hpp>
#include <rollcall/storage/stores.hpp>

namespace rollcall::storage {
namespace {

constexpr std::int64_t kPeople = 10'000;
constexpr int kTemplatesEach = 5;

domain::Embedding random_embedding() {
  static std::mt19937 random(1);
  std::normal_distribution<float> normal(0, 0.04F);
  domain::Embedding values(512);
  for (auto& value : values) value = normal(random);
  return values;
}

void seal_one(benchmark::State& state) {
  crypto::start();
  const auto key = crypto::Key::random();
  const auto embedding = random_embedding();
  const auto context =
      template_context({core::make_uuid_v7({})}, {core::make_uuid_v7({})}, {"edgeface_xs@9e41ca4e"});
  for (auto _ : state) benchmark::DoNotOptimize(seal_vector(embedding, key, context));
}
BENCHMARK(seal_one)->Unit(benchmark::kMicrosecond);

void open_one(benchmark::State& state) {
  crypto::start();
  const auto key = crypto::Key::random();
  const auto context =
      template_context({core::make_uuid_v7({})}, {core::make_uuid_v7({})}, {"edgeface_xs@9e41ca4e"});
  const auto sealed = seal_vector(random_embedding(), key, context);
  for (auto _ : state) benchmark::DoNotOptimize(open_vector(sealed, key, context));
}
BENCHMARK(open_one)->Unit(benchmark::kMicrosecond);

void unwrap_one_key(benchmark::State& state) {
  crypto::start();
  const MasterKeys masters(crypto::Key::random());
  const domain::PersonId person{core::make_uuid_v7({})};
  const auto wrapped = masters.wrap(crypto::Key::random(), person);
  for (auto _ : state) benchmark::DoNotOptimize(masters.unwrap(wrapped, person));
}
BENCHMARK(unwrap_one_key)->Unit(benchmark::kMicrosecond);

// 10,000 people with five templates each, in a database of their own.
class FullDatabase {
 public:
  FullDatabase()
      : folder_(make_folder()), database_({.url = "sqlite:///" + (folder_ / "bench.db").string()}) {
    migrate(database_);
    const auto people = make_people_store(database_);
    const auto consents = make_consent_store(database_);
    const auto faces = make_face_store(database_, masters_);
    const auto now = core::SystemClock().now();
    // One commit for each person is what takes the time, and is not what is measured.
    database_.connections().write([](soci::session& sql) {
      sql << "COMMIT";
      sql << "PRAGMA synchronous=OFF";
      sql << "BEGIN IMMEDIATE";
    });
    for (int i = 0; i < kPeople; ++i) {
      const domain::Person person{
          .id = {core::make_uuid_v7(now)}, .display_name = "Person", .created_at = now, .updated_at = now};
      const domain::Consent consent{.id = {core::make_uuid_v7(now)},
                                    .person = person.id,
                                    .text_version = "1",
                                    .language = "en",
                                    .recorded_by = "bench",
                                    .given_at = now};
      const domain::Face face{.id = {core::make_uuid_v7(now)},
                              .person = person.id,
                              .photo_sha256 = std::to_string(i),
                              .model = {"model@1"},
                              .template_count = kTemplatesEach,
                              .consent = consent.id,
                              .created_at = now};
      std::vector<domain::Template> templates;
      for (int t = 0; t < kTemplatesEach; ++t) {
        templates.push_back({{core::make_uuid_v7(now)}, face.id, person.id, face.model, random_embedding()});
      }
      if (!people->add(person) || !consents->add(consent) || !faces->add(face, templates)) std::abort();
    }
  }
  ~FullDatabase() { std::filesystem::remove_all(folder_); }
  FullDatabase(const FullDatabase&) = delete;
  FullDatabase& operator=(const FullDatabase&) = delete;

  Database& database() { return database_; }
  const crypto::Key& master() const { return master_; }
  const MasterKeys& masters() const { return masters_; }

 private:
  static std::filesystem::path make_folder() {
    crypto::start();
    auto name = (std::filesystem::temp_directory_path() / "rollcall-bench-XXXXXX").string();
    return ::mkdtemp(name.data());
  }

  const std::filesystem::path folder_;
  Database database_;
  const crypto::Key master_ = crypto::Key::random();
  const MasterKeys masters_{master_};
};

FullDatabase& full_database() {
  static FullDatabase held;
  return held;
}

void load_gallery(benchmark::State& state) {
  auto& full = full_database();
  const auto faces = make_face_store(full.database(), full.masters());
  for (auto _ : state) {
    std::int64_t templates = 0;
    faces->visit_active({"model@1"}, [&](domain::Template&&) { ++templates; });
    if (templates != kPeople * kTemplatesEach) state.SkipWithError("templates are missing");
  }
}
BENCHMARK(load_gallery)->Unit(benchmark::kMillisecond)->UseRealTime();

// Under another master key each time, so that there is everything to do.
void rotate_keys(benchmark::State& state) {
  auto& full = full_database();
  static auto from = full.master();  // of the last run, because there are several
  for (auto _ : state) {
    const auto to = crypto::Key::random();
    if (rotate_person_keys(full.database(), MasterKeys(to, {from})) != kPeople)
      state.SkipWithError("keys are missing");
    from = to;
  }
}
// Last: afterwards the database's own master key opens nothing.
BENCHMARK(rotate_keys)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace rollcall::storage

BENCHMARK_MAIN();
