#include "rollcall/vision/pipeline.hpp"

#include "augment.hpp"
#include "decode/decode.hpp"
#include "decode/encode_png.hpp"
#include "default_quality.hpp"
#include "preprocess.hpp"
#include "support/made_images.hpp"
#include "support/shared_data.hpp"

#include <fstream>
#include <set>
#include <thread>

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::vision {
namespace {

std::string portrait() {
  return testing::read_file(testing::model_dir() / "golden" / "obama_480.png");
}

float cosine(const domain::Embedding& a, const domain::Embedding& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0F);
}

TEST(Pipeline, EmbedsTheReferenceFaceAsTheReferenceDoes) {
  SKIP_WITHOUT_MODELS();
  const auto pipeline = make_pipeline(testing::settings_with_models());
  const auto analysis = pipeline->analyze(portrait(), {});
  ASSERT_TRUE(analysis);
  EXPECT_EQ(analysis->width_px, 480);
  EXPECT_EQ(analysis->height_px, 599);
  ASSERT_EQ(analysis->faces.size(), 1U);
  // The reference was aligned by the mesh.
  const auto expected = testing::golden()["embedding_L2"]["edgeface_xs"]["unit"].get<domain::Embedding>();
  EXPECT_GT(cosine(analysis->faces[0].embedding, expected), 0.97F);
  EXPECT_EQ(pipeline->model().value, "edgeface_xs@9e41ca4e");
  EXPECT_EQ(pipeline->facts().dimension, 512U);
  EXPECT_EQ(pipeline->facts().grade, PackGrade::production);
}

TEST(Pipeline, AnswersInPixelsOfThePhotoHoweverItIsShrunk) {
  SKIP_WITHOUT_MODELS();
  const auto image = testing::read_image(testing::model_dir() / "golden" / "obama_480.png");
  cv::Mat large;
  cv::resize(image, large, {}, 5, 5);
  const auto jpeg = testing::make_jpeg(large);
  const auto pipeline = make_pipeline(testing::settings_with_models());
  const auto analysis = pipeline->analyze(jpeg, {});
  ASSERT_TRUE(analysis);
  EXPECT_EQ(analysis->width_px, 2400);
  EXPECT_EQ(analysis->height_px, 2995);
  ASSERT_EQ(analysis->faces.size(), 1U);
  const auto expected = testing::golden()["yunet_n"];
  EXPECT_NEAR(analysis->faces[0].box.x / 5, expected["box_xywh"][0].get<float>(), 6);
  EXPECT_NEAR(analysis->faces[0].landmarks[2].x / 5, expected["kps"][2][0].get<float>(), 6);
}

TEST(Pipeline, MakesAugmentationsAndCropsWhenAsked) {
  SKIP_WITHOUT_MODELS();
  const auto pipeline = make_pipeline(testing::settings_with_models());
  attendance::AnalyzeOptions options;
  const auto plain = pipeline->analyze(portrait(), options);
  EXPECT_TRUE(plain->faces.at(0).crop_png.empty());
  EXPECT_TRUE(plain->faces.at(0).augmented.empty());

  options.augmentations = 16;
  options.crop = attendance::CropOutput::png;
  const auto full = pipeline->analyze(portrait(), options);
  const auto& face = full->faces.at(0);
  EXPECT_EQ(decode(face.crop_png, {})->upright_size, cv::Size(112, 112));
  ASSERT_EQ(face.augmented.size(), 16U);
  EXPECT_EQ(face.embedding, plain->faces.at(0).embedding);
  for (const auto& embedding : face.augmented) {
    const float likeness = cosine(embedding, face.embedding);
    EXPECT_GT(likeness, 0.75F) << "still the same person";
    EXPECT_LT(likeness, 0.9999F) << "not just a copy";
  }
  EXPECT_EQ(pipeline->analyze(portrait(), options)->faces.at(0).augmented, face.augmented);
}

TEST(Augmented, DiffersFromIndexToIndex) {
  cv::Mat crop(112, 112, CV_8UC3);
  cv::RNG(9).fill(crop, cv::RNG::UNIFORM, 60, 190);
  std::set<std::string> copies = {encode_png(crop)};
  for (int index = 0; index < 16; ++index) copies.insert(encode_png(augmented(crop, index)));
  EXPECT_EQ(copies.size(), 17U);
}

TEST(Pipeline, KeepsTheLargestFaces) {
  SKIP_WITHOUT_MODELS();
  SKIP_WITHOUT_DATA("photos_compreface");
  const auto pipeline = make_pipeline(testing::settings_with_models());
  const auto photo = testing::read_file(testing::data_dir() / "photos_compreface/000_5.jpg");
  const auto all = pipeline->analyze(photo, {});
  ASSERT_EQ(all->faces.size(), 5U);
  attendance::AnalyzeOptions options;
  options.faces_max = 2;
  const auto two = pipeline->analyze(photo, options);
  ASSERT_EQ(two->faces.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(two->faces[i].box.area(), all->faces[i].box.area());
  for (std::size_t i = 1; i < 5; ++i) EXPECT_GE(all->faces[i - 1].box.area(), all->faces[i].box.area());
}

struct Group {
  const char* name;
  const char* file;
  std::size_t faces;
};

class GroupPhoto : public ::testing::TestWithParam<Group> {};

TEST_P(GroupPhoto, HasAllItsFaces) {
  SKIP_WITHOUT_MODELS();
  const auto file = testing::data_dir() / GetParam().file;
  SKIP_WITHOUT_DATA(GetParam().file);
  static const auto kPipeline = make_pipeline(testing::settings_with_models());
  attendance::AnalyzeOptions options;
  options.faces_max = 100;
  const auto analysis = kPipeline->analyze(testing::read_file(file), options);
  ASSERT_TRUE(analysis);
  // Specks in the background do not count.
  const auto large_enough = std::ranges::count_if(analysis->faces, [](const attendance::AnalyzedFace& face) {
    return face.quality.size_px >= kCheckinQuality.size_px_min;
  });
  EXPECT_EQ(static_cast<std::size_t>(large_enough), GetParam().faces);
}

INSTANTIATE_TEST_SUITE_P(Counts, GroupPhoto,
                         ::testing::Values(Group{"none", "photos_compreface/017_0.jpg", 0},
                                           Group{"cat", "photos_noface/cat.jpg", 0},
                                           Group{"park", "photos_noface/park.jpg", 0},
                                           Group{"one", "photos_compreface/007_B.jpg", 1},
                                           Group{"large_photo", "photos_compreface/002_A.jpg", 1},
                                           Group{"five", "photos_compreface/000_5.jpg", 5},
                                           Group{"six", "photos_insightface/t1.jpg", 6}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Pipeline, AlignsByMeshUnderAnotherModelId) {
  SKIP_WITHOUT_MODELS();
  auto settings = testing::settings_with_models();
  settings.alignment = Alignment::mesh;
  const auto pipeline = make_pipeline(settings);
  EXPECT_EQ(pipeline->model().value, "edgeface_xs@9e41ca4e+mesh");
  const auto analysis = pipeline->analyze(portrait(), {});
  const auto expected = testing::golden()["mesh"]["five_points_for_alignment"];
  EXPECT_NEAR(analysis->faces.at(0).landmarks[0].x, expected[0][0].get<float>(), 0.5);
  const auto reference = testing::golden()["embedding_L2"]["edgeface_xs"]["unit"].get<domain::Embedding>();
  EXPECT_GT(cosine(analysis->faces[0].embedding, reference), 0.999F);
}

TEST(Pipeline, TakesAnotherEmbedderByName) {
  SKIP_WITHOUT_MODELS();
  auto settings = testing::settings_with_models();
  settings.embedder = "face_reid_retail_0095";
  settings.detector = "yunet_s";
  const auto pipeline = make_pipeline(settings);
  EXPECT_EQ(pipeline->facts().dimension, 256U);
  EXPECT_EQ(pipeline->analyze(portrait(), {})->faces.at(0).embedding.size(), 256U);
}

TEST(Pipeline, SaysWhatIsWrongWithAPhoto) {
  SKIP_WITHOUT_MODELS();
  auto settings = testing::settings_with_models();
  settings.decode.pixels_max = 100 * 100;
  const auto pipeline = make_pipeline(settings);
  EXPECT_EQ(pipeline->analyze(portrait(), {}).error().reason, "image_too_many_pixels");
  EXPECT_EQ(pipeline->analyze("", {}).error().reason, "image_empty");
}

class BrokenModels : public ::testing::Test {
 protected:
  BrokenModels()
      : folder_(std::filesystem::temp_directory_path() / ("broken_models_" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
    settings_.model_dir = folder_;
  }
  ~BrokenModels() override { std::filesystem::remove_all(folder_); }

  void link(const std::string& file) {
    std::filesystem::create_symlink(std::filesystem::absolute(testing::model_dir() / file), folder_ / file);
  }

  std::string failure() {
    try {
      make_pipeline(settings_);
    } catch (const core::InfraError& error) {
      return error.what();
    }
    return "none";
  }

  std::filesystem::path folder_;
  PipelineSettings settings_;
};

TEST_F(BrokenModels, AreNamedWhenMissing) {
  EXPECT_NE(failure().find("yunet_n_640_640.onnx is missing"), std::string::npos) << failure();
  EXPECT_NE(failure().find("25a606a145a5b6d7271ae138fbd00eba91dad8b83222ae3f2c7ecd0f4a7b0e31"),
            std::string::npos);
}

TEST_F(BrokenModels, AreNamedWhenOneByteIsWrong) {
  SKIP_WITHOUT_MODELS();
  link("yunet_n_640_640.onnx");
  auto onnx = testing::read_file(testing::model_dir() / "edgeface_xs.onnx");
  onnx[onnx.size() / 2] = static_cast<char>(onnx[onnx.size() / 2] ^ 1);
  std::ofstream(folder_ / "edgeface_xs.onnx", std::ios::binary) << onnx;
  EXPECT_NE(failure().find("edgeface_xs.onnx is corrupt, expected sha256 9e41ca4e"), std::string::npos)
      << failure();
}

TEST_F(BrokenModels, DoNotMatterWhenTheyAreNotNeeded) {
  SKIP_WITHOUT_MODELS();
  link("yunet_n_640_640.onnx");
  link("edgeface_xs.onnx");
  EXPECT_EQ(failure(), "none");
  settings_.alignment = Alignment::mesh;
  EXPECT_NE(failure().find("mp_face_landmark_468.onnx is missing"), std::string::npos) << failure();
}

TEST_F(BrokenModels, OfNoPackAreNamed) {
  settings_.pack = "nobody's";
  EXPECT_NE(failure().find("nobody's"), std::string::npos);
  settings_.pack = "standard";
  settings_.embedder = "yunet_s";
  link("yunet_n_640_640.onnx");
  EXPECT_NE(failure().find("no embedder \"yunet_s\""), std::string::npos) << failure();
  settings_.embedder.reset();
  settings_.pack = "zoo";
  settings_.alignment = Alignment::mesh;
  EXPECT_NE(failure(), "none");
}

TEST(ClassicPack, NeedsNoFilesAndSaysThatItIsADemo) {
  PipelineSettings settings;
  settings.pack = kClassicPack;
  const auto pipeline = make_pipeline(settings);
  EXPECT_EQ(pipeline->facts().grade, PackGrade::demo);
  EXPECT_EQ(pipeline->facts().name, kClassicPack);
  EXPECT_EQ(pipeline->model(), pipeline->facts().model);
  EXPECT_LT(pipeline->facts().calibration.identify_score_min, 1) << "somebody can be recognised";
  const auto analysis = pipeline->analyze(testing::make_jpeg(testing::four_corners({320, 240})), {});
  ASSERT_TRUE(analysis);
  EXPECT_TRUE(analysis->faces.empty());
  settings.alignment = Alignment::mesh;
  EXPECT_THROW(make_pipeline(settings), core::InfraError);
}

class CountingObserver final : public StageObserver {
 public:
  void stage_took(std::string_view stage, std::chrono::duration<double> time) override {
    const std::lock_guard lock(mutex_);
    EXPECT_GE(time.count(), 0);
    ++counts_[std::string(stage)];
  }
  std::map<std::string, int> counts() const { return counts_; }

 private:
  std::mutex mutex_;
  std::map<std::string, int> counts_;
};

TEST(Pipeline, TellsItsStagesToTheObserver) {
  SKIP_WITHOUT_MODELS();
  CountingObserver observer;
  const auto pipeline = make_pipeline(testing::settings_with_models(), built_in_manifest(), &observer);
  ASSERT_TRUE(pipeline->analyze(portrait(), {}));
  ASSERT_FALSE(pipeline->analyze("junk", {}));
  const std::map<std::string, int> expected = {{"decode", 2}, {"preprocess", 1}, {"detect", 1},
                                               {"align", 1},  {"quality", 1},    {"embed", 1}};
  EXPECT_EQ(observer.counts(), expected);
}

TEST(Pipeline, GivesTheSameFromManyThreads) {
  SKIP_WITHOUT_MODELS();
  auto settings = testing::settings_with_models();
  settings.parallel = 2;
  const auto pipeline = make_pipeline(settings);
  const auto expected = pipeline->analyze(portrait(), {})->faces.at(0).embedding;
  std::vector<std::thread> threads;
  std::array<bool, 4> same{};
  for (auto& result : same) {
    threads.emplace_back([&] {
      result = true;
      for (int i = 0; i < 3; ++i)
        result = result && pipeline->analyze(portrait(), {})->faces.at(0).embedding == expected;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(same, (std::array<bool, 4>{true, true, true, true}));
}

TEST(Pipeline, EqualisesContrastWhenAsked) {
  SKIP_WITHOUT_MODELS();
  auto settings = testing::settings_with_models();
  settings.clahe = Clahe::on;
  const auto image = testing::read_image(testing::model_dir() / "golden" / "obama_480.png");
  const auto dark = encode_png(image * 0.15);
  const auto plain = make_pipeline(testing::settings_with_models())->analyze(dark, {});
  const auto equalised = make_pipeline(settings)->analyze(dark, {});
  EXPECT_GT(equalised->faces.at(0).quality.brightness, plain->faces.at(0).quality.brightness + 5);
}

TEST(Shrink, KeepsTheShapeAndSmallImages) {
  const cv::Mat image(300, 600, CV_8UC3, cv::Scalar::all(9));
  EXPECT_EQ(shrink(image, 200).size(), cv::Size(200, 100));
  EXPECT_EQ(shrink(image, 600).data, image.data);
  EXPECT_EQ(shrink(image, 0).data, image.data);
  EXPECT_EQ(shrink(cv::Mat(32, 16'000, CV_8UC3), 100).size(), cv::Size(100, 1));
}

}  // namespace
}  // namespace rollcall::vision
