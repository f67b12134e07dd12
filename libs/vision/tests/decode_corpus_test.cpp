// Foreign files: broken and odd ones, and one portrait in many encodings.
#include "decode/decode.hpp"
#include "decode/encode_png.hpp"
#include "support/made_images.hpp"
#include "support/shared_data.hpp"

#include <ctime>
#include <iostream>
#include <set>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rollcall::vision {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr Seconds kFileTimeMax{2};

// Of this thread, so that a busy machine does not count.
Seconds cpu_time() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}
constexpr long kFileMemoryKbMax = 256L * 1024;

std::vector<std::filesystem::path> files_in(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(testing::data_dir() / folder)) {
    if (entry.is_regular_file() && entry.path().filename() != "SOURCE.md") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

const std::set<std::string_view> kReasons = {"image_empty",   "image_too_large", "image_too_many_pixels",
                                             "image_corrupt", "image_too_small", "image_format_unsupported",
                                             "image_animated"};

TEST(MalformedFiles, EachGivesAnImageOrAReason) {
  SKIP_WITHOUT_DATA("malformed");
  std::map<std::string_view, int> outcomes;
  Seconds slowest{0};
  const auto files = files_in("malformed");
  EXPECT_GE(files.size(), 300U);
  for (const auto& file : files) {
    SCOPED_TRACE(file.filename());
    const auto bytes = testing::read_file(file);
    const auto start = cpu_time();
    const auto decoded = decode(bytes, {.limits = {}, .longest_side_px_wanted = 1024});
    const Seconds time = cpu_time() - start;
    slowest = std::max(slowest, time);
    EXPECT_LT(time, kFileTimeMax);
    if (decoded) {
      EXPECT_EQ(decoded->pixels.type(), CV_8UC3);
      EXPECT_GE(std::min(decoded->upright_size.width, decoded->upright_size.height), 32);
    } else {
      EXPECT_TRUE(kReasons.contains(decoded.error().reason)) << decoded.error().reason;
      EXPECT_FALSE(decoded.error().message.empty());
    }
    ++outcomes[decoded ? "decoded" : decoded.error().reason];
  }
  for (const auto& [outcome, count] : outcomes) std::cout << count << " " << outcome << "\n";
  std::cout << "slowest: " << slowest.count() << " s\n";
}

// Peak memory that one decode adds, in KB, measured in a process of its own; nullopt when it died.
std::optional<long> decode_elsewhere(const std::string& bytes) {
  int ends[2];
  if (pipe(ends) != 0) return std::nullopt;
  const pid_t child = fork();
  if (child == 0) {
    alarm(10);
    rusage before{};
    getrusage(RUSAGE_SELF, &before);
    const auto decoded = decode(bytes, {});
    rusage after{};
    getrusage(RUSAGE_SELF, &after);
    const long added = after.ru_maxrss - before.ru_maxrss;
    const bool told = write(ends[1], &added, sizeof(added)) == sizeof(added);
    _exit(told ? 0 : 1);
  }
  close(ends[1]);
  long added = 0;
  const bool told = read(ends[0], &added, sizeof(added)) == sizeof(added);
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return told && WIFEXITED(status) ? std::optional(added) : std::nullopt;
}

TEST(MalformedFiles, NoneTakesMuchMemory) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "AddressSanitizer keeps freed memory, so only other builds measure";
#endif
  SKIP_WITHOUT_DATA("malformed");
  long most_kb = 0;
  for (const auto& file : files_in("malformed")) {
    const auto added_kb = decode_elsewhere(testing::read_file(file));
    ASSERT_TRUE(added_kb) << file.filename() << " ended the process";
    EXPECT_LT(*added_kb, kFileMemoryKbMax) << file.filename();
    most_kb = std::max(most_kb, *added_kb);
  }
  std::cout << "most memory: " << most_kb / 1024 << " MB\n";
}

// The dearest images that the limits let through: a progressive JPEG keeps all its coefficients.
TEST(LargestAllowedImages, StayWithinTheMemoryLimit) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "AddressSanitizer keeps freed memory, so only other builds measure";
#endif
  const auto image = testing::four_corners({5000, 5000});
  const auto turned = testing::with_exif(testing::make_jpeg(image), testing::exif_of(6, false));
  for (const auto& [name, encoded] : std::map<std::string, std::string>{
           {"progressive JPEG", testing::make_jpeg(image, testing::JpegKind::progressive)},
           {"turned JPEG", turned},
           {"PNG", encode_png(image)}}) {
    const auto added_kb = decode_elsewhere(encoded);
    ASSERT_TRUE(added_kb) << name;
    std::cout << name << " of 25 megapixels: " << *added_kb / 1024 << " MB\n";
    EXPECT_LT(*added_kb, kFileMemoryKbMax) << name;
  }
}

TEST(MalformedFiles, CanBeAnalysed) {
  SKIP_WITHOUT_MODELS();
  SKIP_WITHOUT_DATA("malformed");
  const auto pipeline = make_pipeline(testing::settings_with_models());
  for (const auto& file : files_in("malformed")) {
    SCOPED_TRACE(file.filename());
    const auto start = cpu_time();
    const auto analysis = pipeline->analyze(testing::read_file(file), {});
    EXPECT_LT(cpu_time() - start, kFileTimeMax);
    if (analysis) {
      EXPECT_LE(analysis->faces.size(), 16U);
    }
  }
}

float cosine(const domain::Embedding& a, const domain::Embedding& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0F);
}

// The one face in a file; fails the test otherwise.
attendance::AnalyzedFace only_face(Pipeline& pipeline, const std::filesystem::path& file) {
  const auto analysis = pipeline.analyze(testing::read_file(file), {});
  if (!analysis || analysis->faces.size() != 1) {
    ADD_FAILURE() << file.filename() << ": "
                  << (analysis ? std::to_string(analysis->faces.size()) + " faces"
                               : analysis.error().message);
    return {};
  }
  return analysis->faces[0];
}

TEST(Encodings, AllShowTheSameFace) {
  SKIP_WITHOUT_MODELS();
  SKIP_WITHOUT_DATA("derived");
  const std::map<std::string, std::string_view> refused = {{"animated.gif", "image_format_unsupported"},
                                                           {"static.gif", "image_format_unsupported"},
                                                           {"rgb.jp2", "image_format_unsupported"},
                                                           {"rgb.tiff", "image_format_unsupported"},
                                                           {"animated.webp", "image_animated"}};
  const auto pipeline = make_pipeline(testing::settings_with_models());
  const auto reference = only_face(*pipeline, testing::data_dir() / "derived/encodings/rgb.png");
  for (const auto& file : files_in("derived/encodings")) {
    const auto name = file.filename().string();
    SCOPED_TRACE(name);
    if (const auto expected = refused.find(name); expected != refused.end()) {
      const auto analysis = pipeline->analyze(testing::read_file(file), {});
      ASSERT_FALSE(analysis);
      EXPECT_EQ(analysis.error().reason, expected->second);
    } else if (name == "rgba_fully_transparent.png") {
      // Nobody can see a face in it.
      EXPECT_TRUE(pipeline->analyze(testing::read_file(file), {})->faces.empty());
    } else {
      EXPECT_GT(cosine(only_face(*pipeline, file).embedding, reference.embedding), 0.9F);
    }
  }
}

TEST(Orientations, AllShowTheSameFace) {
  SKIP_WITHOUT_MODELS();
  SKIP_WITHOUT_DATA("derived");
  const auto pipeline = make_pipeline(testing::settings_with_models());
  const auto folder = testing::data_dir() / "derived/obama";
  const auto reference = only_face(*pipeline, folder / "exif_orientation_1.jpg");
  for (int orientation = 2; orientation <= 8; ++orientation) {
    const auto file = folder / ("exif_orientation_" + std::to_string(orientation) + ".jpg");
    const auto face = only_face(*pipeline, file);
    EXPECT_GT(cosine(face.embedding, reference.embedding), 0.98F) << orientation;
    EXPECT_NEAR(face.box.x, reference.box.x, 4) << orientation;
    EXPECT_NEAR(face.box.y, reference.box.y, 4) << orientation;
  }
}

}  // namespace
}  // namespace rollcall::vision
