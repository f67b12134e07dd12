// What the ledger costs: verifying it, chaining events that have no row yet, and one check-in's commit.
#include <filesystem>

#include <benchmark/benchmark.h>
#include <sqlite3.h>
#include <unistd.h>

#include <rollcall/core/clock.hpp>
#include <rollcall/storage/ledger.hpp>
#include <rollcall/storage/migrations.hpp>
#include <rollcall/storage/stores.hpp>

namespace rollcall::storage {
namespace {

// The size of the evidence of a check-in with three candidates.
constexpr int kEvidenceBytes = 900;

class Site {
 public:
  Site() {
    auto name = (std::filesystem::temp_directory_path() / "rollcall-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    folder_ = name;
    Database database(settings());
    migrate(database);
  }
  ~Site() { std::filesystem::remove_all(folder_); }
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  DatabaseSettings settings() const {
    return {.url = "sqlite:///" + (folder_ / "bench.db").string(),
            .data_key = crypto::Key::from_bytes(std::string(crypto::Key::kSize, 'k'))};
  }
  std::filesystem::path anchors() const { return folder_ / "ledger-anchors.jsonl"; }

  // Without the ledger, as a version before it wrote them.
  void add_events(std::int64_t count) const {
    sqlite3* database = nullptr;
    sqlite3_open((folder_ / "bench.db").c_str(), &database);
    const auto insert =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(count) +
        ") INSERT INTO events SELECT i, printf('0190a000-0000-7000-8000-%012x', i), 'kiosk-1', "
        "printf('check-in-%012d', i), hex(zeroblob(32)), 'face', 'match', 'match', "
        "'0190a000-0000-7000-8000-00000000abcd', 1767225600000000 + i, 1767225600000000 + i, "
        "hex(zeroblob(" +
        std::to_string(kEvidenceBytes / 2) + ")) FROM n";
    if (sqlite3_exec(database, insert.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) std::abort();
    sqlite3_close(database);
  }

 private:
  std::filesystem::path folder_;
};

void rate(benchmark::State& state) {
  state.counters["rows_per_s"] =
      benchmark::Counter(static_cast<double>(state.range(0)), benchmark::Counter::kIsIterationInvariantRate);
}

void verify(benchmark::State& state) {
  const Site site;
  site.add_events(state.range(0));
  Database database(site.settings());
  open_ledger(database, site.anchors(), core::SystemClock());
  for (auto _ : state) {
    if (verify_ledger(database).fault) state.SkipWithError("the ledger is broken");
  }
  rate(state);
}

void chain_existing_events(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    const Site site;
    site.add_events(state.range(0));
    Database database(site.settings());
    state.ResumeTiming();
    open_ledger(database, site.anchors(), core::SystemClock());
  }
  rate(state);
}

// The commit of one event, synced to this machine's disk.
void append(benchmark::State& state) {
  const Site site;
  Database database(site.settings());
  const auto events = make_event_store(database);
  domain::Event event;
  event.device.value = "kiosk-1";
  std::int64_t number = 0;
  for (auto _ : state) {
    event.id.value = std::to_string(++number);
    event.device_event_id = event.id.value;
    events->append(event);
  }
}

// The same rows without the ledger: what is left is what the disk and the table's indexes take.
void peer_append_event_alone(benchmark::State& state) {
  const Site site;
  sqlite3* database = nullptr;
  sqlite3_open((site.anchors().parent_path() / "bench.db").c_str(), &database);
  sqlite3_exec(database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", nullptr, nullptr, nullptr);
  std::int64_t number = 0;
  for (auto _ : state) {
    const auto id = std::to_string(++number);
    const auto insert =
        "BEGIN IMMEDIATE; INSERT INTO events (id, device_id, device_event_id, request_sha256, "
        "method, verdict, reason, captured_at, received_at, evidence) VALUES ('" +
        id + "', 'kiosk-1', '" + id + "', '', 'face', 'unknown', '', 0, 0, hex(zeroblob(" +
        std::to_string(kEvidenceBytes / 2) + "))); COMMIT";
    if (sqlite3_exec(database, insert.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) std::abort();
  }
  sqlite3_close(database);
}

BENCHMARK(verify)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(chain_existing_events)->Arg(100'000)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(append)->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK(peer_append_event_alone)->Unit(benchmark::kMicrosecond)->UseRealTime();

}  // namespace
}  // namespace rollcall::storage

BENCHMARK_MAIN();
