// Every stage against the reference outputs that come with the model files.
#include "alignment.hpp"
#include "face_mesh.hpp"
#include "model_files.hpp"
#include "onnx_embedder.hpp"
#include "support/shared_data.hpp"
#include "yunet_detector.hpp"

#include <random>

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::vision {
namespace {

const Model& model_named(const std::string& id) {
  return *built_in_manifest().find_model(id);
}

std::unique_ptr<InferenceEngine> engine_of(const std::string& id) {
  return make_opencv_dnn_engine(read_verified(model_named(id), testing::model_dir()), id);
}

cv::Mat portrait() {
  return testing::read_image(testing::model_dir() / "golden" / "obama_480.png");
}

std::unique_ptr<FaceDetector> detector() {
  return make_yunet_detector(engine_of("yunet_n"), {});
}

void expect_points_near(const domain::Landmarks& points, const nlohmann::json& expected, float tolerance_px) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    EXPECT_NEAR(points[i].x, expected[i][0].get<float>(), tolerance_px) << "x of point " << i;
    EXPECT_NEAR(points[i].y, expected[i][1].get<float>(), tolerance_px) << "y of point " << i;
  }
}

domain::Landmarks landmarks_from(const nlohmann::json& points) {
  domain::Landmarks landmarks;
  for (std::size_t i = 0; i < landmarks.size(); ++i) {
    landmarks[i] = {points[i][0].get<float>(), points[i][1].get<float>()};
  }
  return landmarks;
}

double cosine(const domain::Embedding& a, const domain::Embedding& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

TEST(YunetDetector, FindsTheReferenceFace) {
  SKIP_WITHOUT_MODELS();
  const auto expected = testing::golden()["yunet_n"];
  const auto found = detector()->detect(portrait());
  ASSERT_EQ(found.size(), 1U);
  const auto& box = found[0].box;
  EXPECT_NEAR(box.x, expected["box_xywh"][0].get<float>(), 0.1);
  EXPECT_NEAR(box.y, expected["box_xywh"][1].get<float>(), 0.1);
  EXPECT_NEAR(box.width, expected["box_xywh"][2].get<float>(), 0.1);
  EXPECT_NEAR(box.height, expected["box_xywh"][3].get<float>(), 0.1);
  EXPECT_NEAR(found[0].score, expected["score"].get<float>(), 1e-3);
  expect_points_near(found[0].landmarks, expected["kps"], 0.1F);
}

TEST(YunetDetector, AnswersInPixelsOfTheInputAtEverySize) {
  SKIP_WITHOUT_MODELS();
  const auto expected = testing::golden()["yunet_n"];
  const auto found_by = detector();
  for (const double factor : {0.2, 0.5, 1.0, 1.7, 3.0}) {
    cv::Mat image;
    cv::resize(portrait(), image, {}, factor, factor, factor < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    const auto found = found_by->detect(image);
    ASSERT_EQ(found.size(), 1U) << factor;
    const double eye = expected["kps"][0][0].get<double>();
    // The network's own noise is some pixels at the reference's size; a wrong scale would be far more.
    EXPECT_NEAR(found[0].landmarks[0].x / factor, eye, 10) << factor;
  }
}

TEST(YunetDetector, KeepsOneOfOverlappingBoxesAndTheBestFirst) {
  SKIP_WITHOUT_MODELS();
  cv::Mat pair;
  cv::hconcat(portrait(), portrait(), pair);
  const auto found = detector()->detect(pair);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_GE(found[0].score, found[1].score);
  EXPECT_NEAR(std::abs(found[0].box.x - found[1].box.x), 480, 5);
}

TEST(YunetDetector, TakesOneThresholdForAll) {
  SKIP_WITHOUT_MODELS();
  auto strict = make_yunet_detector(engine_of("yunet_n"), {.score_min = 0.99F});
  EXPECT_TRUE(strict->detect(portrait()).empty());
}

TEST(YunetDetector, FindsNothingInNoiseAndFlatImages) {
  SKIP_WITHOUT_MODELS();
  cv::Mat noise(240, 320, CV_8UC3);
  cv::RNG(7).fill(noise, cv::RNG::UNIFORM, 0, 256);
  EXPECT_TRUE(detector()->detect(noise).empty());
  EXPECT_TRUE(detector()->detect(cv::Mat(32, 32, CV_8UC3, cv::Scalar::all(0))).empty());
}

TEST(SimilarityTransform, IsTheReferenceOne) {
  SKIP_WITHOUT_MODELS();
  const auto expected = testing::golden()["umeyama_112"];
  const auto points = landmarks_from(testing::golden()["mesh"]["five_points_for_alignment"]);
  const auto transform = similarity_transform(points, find_alignment("arcface112")->points);
  for (int row = 0; row < 2; ++row) {
    for (int column = 0; column < 3; ++column) {
      const auto index = static_cast<std::size_t>(row);
      EXPECT_NEAR(transform(row, column), expected[index][static_cast<std::size_t>(column)].get<double>(),
                  1e-3);
    }
  }
}

TEST(SimilarityTransform, UndoesAnyRotationScaleAndShift) {
  const auto target = find_alignment("arcface112")->points;
  std::mt19937 random(20'261'121);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int round = 0; round < 100; ++round) {
    const double angle = unit(random) * 6.28;
    const double scale = 0.1 + unit(random) * 10;
    const double shift = unit(random) * 1000;
    domain::Landmarks seen;
    for (std::size_t i = 0; i < seen.size(); ++i) {
      seen[i].x =
          static_cast<float>(scale * (std::cos(angle) * target[i].x - std::sin(angle) * target[i].y) + shift);
      seen[i].y =
          static_cast<float>(scale * (std::sin(angle) * target[i].x + std::cos(angle) * target[i].y) - shift);
    }
    const auto transform = similarity_transform(seen, target);
    for (std::size_t i = 0; i < seen.size(); ++i) {
      const auto back = transform * cv::Vec3d(seen[i].x, seen[i].y, 1);
      EXPECT_NEAR(back[0], target[i].x, 0.02) << "round " << round;
      EXPECT_NEAR(back[1], target[i].y, 0.02) << "round " << round;
    }
  }
}

TEST(SimilarityTransform, StaysFiniteForPointsInOnePlace) {
  const auto transform = similarity_transform({}, find_alignment("arcface112")->points);
  EXPECT_TRUE(cv::checkRange(cv::Mat(transform)));
}

TEST(FindAlignment, KnowsItsTemplates) {
  EXPECT_EQ(find_alignment("arcface112")->size, cv::Size(112, 112));
  EXPECT_EQ(find_alignment("reid128")->size, cv::Size(128, 128));
  EXPECT_FALSE(find_alignment("arcface113"));
}

struct CropCase {
  const char* name;
  const char* alignment;
  const char* file;
};

class AlignedCrop : public ::testing::TestWithParam<CropCase> {};

TEST_P(AlignedCrop, EqualsTheReference) {
  SKIP_WITHOUT_MODELS();
  const auto expected = testing::read_image(testing::model_dir() / "golden" / GetParam().file);
  const auto points = landmarks_from(testing::golden()["mesh"]["five_points_for_alignment"]);
  const auto crop = align(portrait(), points, *find_alignment(GetParam().alignment));
  ASSERT_EQ(crop.size(), expected.size());
  const double difference = cv::norm(crop, expected, cv::NORM_L1) / (3.0 * static_cast<double>(crop.total()));
  EXPECT_LT(difference, 0.5) << "mean difference per byte";
}

INSTANTIATE_TEST_SUITE_P(Templates, AlignedCrop,
                         ::testing::Values(CropCase{"arcface112", "arcface112", "obama_arc112.png"},
                                           CropCase{"reid128", "reid128", "obama_reid128.png"}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(FaceMesh, FindsTheReferencePoints) {
  SKIP_WITHOUT_MODELS();
  const auto expected = testing::golden()["mesh"];
  const auto image = portrait();
  FaceMesh mesh(engine_of("mp_face_landmark_468"), "input");
  const auto found = mesh.locate(image, detector()->detect(image).at(0));
  EXPECT_GT(found.face_probability, 0.99);
  for (std::size_t i = 0; i < expected["pts_idx"].size(); ++i) {
    const auto& point = found.points.at(expected["pts_idx"][i].get<std::size_t>());
    EXPECT_NEAR(point.x, expected["pts"][i][0].get<double>(), 0.5) << "point " << i;
    EXPECT_NEAR(point.y, expected["pts"][i][1].get<double>(), 0.5) << "point " << i;
  }
  expect_points_near(five_points(found.points), expected["five_points_for_alignment"], 0.5F);
}

struct EmbedderCase {
  const char* model;
  const char* golden;
  const char* crop;
};

class GoldenEmbedding : public ::testing::TestWithParam<EmbedderCase> {};

TEST_P(GoldenEmbedding, EqualsTheReference) {
  SKIP_WITHOUT_MODELS();
  const auto [id, golden_name, crop_file] = GetParam();
  const auto crop = testing::read_image(testing::model_dir() / "golden" / crop_file);
  const auto expected = testing::golden()["embedding_L2"][golden_name]["unit"].get<domain::Embedding>();
  const auto embedder = make_onnx_embedder(engine_of(id), model_named(id), {{"model"}, FlipAveraging::off});
  const auto embedding = embedder->embed({crop}).at(0);
  ASSERT_EQ(embedding.size(), expected.size());
  EXPECT_EQ(embedder->dimension(), expected.size());
  EXPECT_NEAR(cosine(embedding, embedding), 1, 1e-5);
  EXPECT_GT(cosine(embedding, expected), 0.9999);
}

INSTANTIATE_TEST_SUITE_P(
    Models, GoldenEmbedding,
    ::testing::Values(EmbedderCase{"edgeface_xs", "edgeface_xs", "obama_arc112.png"},
                      EmbedderCase{"edgeface_xxs", "edgeface_xxs", "obama_arc112.png"},
                      EmbedderCase{"face_reid_retail_0095", "reid95", "obama_reid128.png"},
                      EmbedderCase{"mobilefacenet_foamliu", "foamliu_rgb_imagenet", "obama_arc112.png"}),
    [](const auto& test) { return std::string(test.param.model); });

TEST(OnnxEmbedder, GivesTheSameInBatches) {
  SKIP_WITHOUT_MODELS();
  const auto crop = testing::read_image(testing::model_dir() / "golden" / "obama_arc112.png");
  std::vector<cv::Mat> crops;
  for (int i = 0; i < 9; ++i) crops.push_back(crop + cv::Scalar::all(4 * i));  // more than one batch of 7
  for (const std::string id : {"mobilefacenet_foamliu", "edgeface_xxs"}) {
    const auto embedder = make_onnx_embedder(engine_of(id), model_named(id), {{"model"}, FlipAveraging::off});
    const auto together = embedder->embed(crops);
    ASSERT_EQ(together.size(), crops.size());
    for (std::size_t i = 0; i < crops.size(); ++i) {
      EXPECT_GT(cosine(together[i], embedder->embed({crops[i]}).at(0)), 0.99999) << id << " " << i;
    }
    EXPECT_LT(cosine(together[0], together[8]), 0.9999) << "the crops differ, so must the embeddings";
  }
}

TEST(OnnxEmbedder, AveragesWithTheMirroredCrop) {
  SKIP_WITHOUT_MODELS();
  const auto crop = testing::read_image(testing::model_dir() / "golden" / "obama_arc112.png");
  cv::Mat mirrored;
  cv::flip(crop, mirrored, 1);
  const auto& model = model_named("edgeface_xxs");
  const auto plain = make_onnx_embedder(engine_of(model.id), model, {{"model"}, FlipAveraging::off});
  const auto averaging = make_onnx_embedder(engine_of(model.id), model, {{"model"}, FlipAveraging::on});
  const auto averaged = averaging->embed({crop}).at(0);
  EXPECT_NEAR(cosine(averaged, averaged), 1, 1e-5);
  EXPECT_GT(cosine(averaged, averaging->embed({mirrored}).at(0)), 0.99999);
  EXPECT_NEAR(cosine(averaged, plain->embed({crop}).at(0)), cosine(averaged, plain->embed({mirrored}).at(0)),
              1e-4);
}

TEST(OnnxEmbedder, RefusesAnAlignmentOfAnotherSize) {
  SKIP_WITHOUT_MODELS();
  auto model = model_named("edgeface_xxs");
  model.embedder->alignment = "reid128";
  EXPECT_THROW(make_onnx_embedder(engine_of(model.id), model, {}), core::InfraError);
}

TEST(OnnxEmbedder, RefusesANetworkOfAnotherDimension) {
  SKIP_WITHOUT_MODELS();
  const auto crop = testing::read_image(testing::model_dir() / "golden" / "obama_arc112.png");
  auto model = model_named("edgeface_xxs");
  model.embedder->dimension = 128;
  const auto embedder = make_onnx_embedder(engine_of(model.id), model, {{"model"}, FlipAveraging::off});
  EXPECT_THROW(embedder->embed({crop}), core::InfraError);
}

TEST(OpenCvDnnEngine, NamesTheModelThatCannotBeLoaded) {
  try {
    make_opencv_dnn_engine("not a network", "some_model");
    FAIL() << "loaded nonsense";
  } catch (const core::InfraError& error) {
    EXPECT_NE(std::string(error.what()).find("some_model"), std::string::npos);
  }
}

TEST(ModelIdOf, TellsFilesAndAlignmentsApart) {
  const auto& model = model_named("edgeface_xs");
  EXPECT_EQ(model_id_of(model, Alignment::detector).value, "edgeface_xs@9e41ca4e");
  EXPECT_EQ(model_id_of(model, Alignment::mesh).value, "edgeface_xs@9e41ca4e+mesh");
}

}  // namespace
}  // namespace rollcall::vision
