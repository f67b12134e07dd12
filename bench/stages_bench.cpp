// Each stage of the face pipeline on one core, on a drawn photo; the standard pack where its files are there.
#include "alignment.hpp"
#include "classic/classic_pack.hpp"
#include "decode/decode.hpp"
#include "pack.hpp"
#include "quality.hpp"
#include "support/synthetic_face.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <benchmark/benchmark.h>
#include <opencv2/imgproc.hpp>

#include <rollcall/vision/pipeline.hpp>

namespace rollcall::vision {
namespace {

PipelineSettings settings_of(const std::string& pack) {
  const char* folder = std::getenv("ROLLCALL_MODEL_DIR");
  return {.pack = pack, .model_dir = folder != nullptr ? folder : ""};
}

const cv::Mat& photo() {
  static const cv::Mat image = synthetic::draw_face({1}, {1}, 640)(cv::Rect(0, 80, 640, 480)).clone();
  return image;
}

const std::string& jpeg() {
  static const std::string bytes = [] {
    const auto encoded = synthetic::encode_jpeg(photo(), 90);
    return std::string(encoded.begin(), encoded.end());
  }();
  return bytes;
}

void decode_jpeg(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(decode(jpeg(), {}));
}

void detect(benchmark::State& state, const std::string& pack) {
  const auto stages = load_pack(settings_of(pack), built_in_manifest()).make_stages();
  for (auto _ : state) benchmark::DoNotOptimize(stages.detector->detect(photo()));
}

void align_face(benchmark::State& state) {
  const auto target = find_alignment("arcface112").value();
  const domain::Landmarks points{{{250, 180}, {390, 182}, {320, 260}, {262, 340}, {380, 338}}};
  for (auto _ : state) benchmark::DoNotOptimize(align(photo(), points, target));
}

void embed(benchmark::State& state, const std::string& pack) {
  const auto stages = load_pack(settings_of(pack), built_in_manifest()).make_stages();
  const auto size = stages.embedder->alignment().size;
  cv::Mat crop;
  cv::resize(photo(), crop, size);
  const std::vector<cv::Mat> crops(static_cast<std::size_t>(state.range(0)), crop);
  for (auto _ : state) benchmark::DoNotOptimize(stages.embedder->embed(crops));
  state.counters["faces_per_s"] =
      benchmark::Counter(static_cast<double>(state.range(0)), benchmark::Counter::kIsIterationInvariantRate);
}

void whole(benchmark::State& state, const std::string& pack) {
  const auto pipeline = make_pipeline(settings_of(pack));
  for (auto _ : state) benchmark::DoNotOptimize(pipeline->analyze(jpeg(), {}));
}

void add_pack(const std::string& pack) {
  const auto named = [&](const char* stage) { return std::string(stage) + "/" + pack; };
  benchmark::RegisterBenchmark(named("detect").c_str(), detect, pack)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark(named("embed").c_str(), embed, pack)
      ->Arg(1)
      ->Arg(4)
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark(named("analyze").c_str(), whole, pack)->Unit(benchmark::kMillisecond);
}

}  // namespace
}  // namespace rollcall::vision

int main(int argc, char** argv) {
  using namespace rollcall::vision;
  benchmark::RegisterBenchmark("decode_jpeg_640x480", decode_jpeg)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("align", align_face)->Unit(benchmark::kMillisecond);
  add_pack(kClassicPack);
  if (std::getenv("ROLLCALL_MODEL_DIR") != nullptr) add_pack("standard");
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
