// The gallery's search beside two peers in the same run: OpenCV's matrix product over the same rows, and a
// plain loop that only reads them.
#include <random>

#include <benchmark/benchmark.h>
#include <opencv2/core.hpp>

#include <rollcall/gallery/gallery.hpp>

namespace rollcall::gallery {
namespace {

constexpr std::size_t kDimension = 512;
constexpr std::size_t kTemplatesPerPerson = 5;

domain::Embedding random_unit(std::mt19937& random) {
  std::normal_distribution<float> normal;
  domain::Embedding values(kDimension);
  float square = 0;
  for (auto& value : values) {
    value = normal(random);
    square += value * value;
  }
  for (auto& value : values) value /= std::sqrt(square);
  return values;
}

// One gallery and the same rows as a plain matrix, kept for the benchmarks of one size.
struct Filled {
  explicit Filled(std::size_t templates) : rows(static_cast<int>(templates), kDimension, CV_32F) {
    std::mt19937 random(1);
    std::vector<domain::Template> batch;
    for (std::size_t i = 0; i < templates; ++i) {
      auto embedding = random_unit(random);
      std::copy(embedding.begin(), embedding.end(), rows.ptr<float>(static_cast<int>(i)));
      batch.push_back({{std::to_string(i)},
                       {std::to_string(i)},
                       {std::to_string(i / kTemplatesPerPerson)},
                       {"bench"},
                       std::move(embedding)});
      if (batch.size() == 65'536 || i + 1 == templates) {
        gallery.add(batch, 1);
        batch.clear();
      }
    }
    probe = random_unit(random);
  }

  Gallery gallery{kDimension};
  cv::Mat rows;
  domain::Embedding probe;
};

Filled& filled(std::size_t templates) {
  static std::unique_ptr<Filled> held;
  static std::size_t size = 0;
  if (size != templates) {
    held.reset();
    held = std::make_unique<Filled>(templates);
    size = templates;
  }
  return *held;
}

void rate(benchmark::State& state) {
  state.counters["templates_per_s"] =
      benchmark::Counter(static_cast<double>(state.range(0)), benchmark::Counter::kIsIterationInvariantRate);
}

void search(benchmark::State& state) {
  auto& data = filled(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(data.gallery.search(data.probe, 3));
  rate(state);
}

void peer_opencv_gemm(benchmark::State& state) {
  cv::setNumThreads(1);
  auto& data = filled(static_cast<std::size_t>(state.range(0)));
  const cv::Mat probe(kDimension, 1, CV_32F, data.probe.data());
  cv::Mat scores;
  for (auto _ : state) {
    cv::gemm(data.rows, probe, 1, cv::noArray(), 0, scores);
    benchmark::DoNotOptimize(cv::norm(scores, cv::NORM_INF));
  }
  rate(state);
}

void peer_plain_read(benchmark::State& state) {
  auto& data = filled(static_cast<std::size_t>(state.range(0)));
  const auto* words = reinterpret_cast<const std::uint64_t*>(data.rows.data);
  const std::size_t count = data.rows.total() * sizeof(float) / sizeof(std::uint64_t);
  for (auto _ : state) {
    std::array<std::uint64_t, 8> sums{};
    for (std::size_t i = 0; i + 8 <= count; i += 8) {
      for (std::size_t lane = 0; lane < 8; ++lane) sums[lane] += words[i + lane];
    }
    benchmark::DoNotOptimize(sums);
  }
  rate(state);
}

// A change of one person in a full gallery: what an enrolment costs beside the models.
void replace_person(benchmark::State& state) {
  auto& data = filled(static_cast<std::size_t>(state.range(0)));
  std::mt19937 random(2);
  std::vector<domain::Template> templates;
  for (std::size_t i = 0; i < kTemplatesPerPerson; ++i) {
    templates.push_back({{"new" + std::to_string(i)}, {"new"}, {"7"}, {"bench"}, random_unit(random)});
  }
  for (auto _ : state) data.gallery.replace_person({"7"}, templates, 2);
}

constexpr std::array kSizes{1'000, 10'000, 100'000, 1'000'000};

const int kRegistered = [] {
  for (const int size : kSizes) {
    benchmark::RegisterBenchmark("search", search)->Arg(size)->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("peer_opencv_gemm", peer_opencv_gemm)
        ->Arg(size)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("peer_plain_read", peer_plain_read)
        ->Arg(size)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("replace_person", replace_person)->Arg(size)->Unit(benchmark::kMillisecond);
  }
  return 0;
}();

}  // namespace
}  // namespace rollcall::gallery

BENCHMARK_MAIN();
