#include "built_in_manifest.hpp"
#include "model_files.hpp"
#include "support/shared_data.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include <rollcall/core/digest.hpp>
#include <rollcall/core/infra_error.hpp>
#include <rollcall/vision/model_pack.hpp>

namespace rollcall::vision {
namespace {

const std::string kSound = R"(
[[pack]]
name = "p"
description = "d"
grade = "demo"
detector = "det"
embedder = "emb"

[[model]]
id = "det"
role = "detector"
file = "det.onnx"
sha256 = "25a606a145a5b6d7271ae138fbd00eba91dad8b83222ae3f2c7ecd0f4a7b0e31"
bytes = 10
licence = "MIT"
training_data = "none"
input = { name = "in", width = 640, height = 640, colours = "bgr", mean = [0, 0, 0], std = [1, 1, 1] }
detector = { score_min = 0.5 }

[[model]]
id = "emb"
role = "embedder"
file = "emb.onnx"
sha256 = "9e41ca4e32947ff3b5b8331137936aeea1e44395dc8e939319a687800701b236"
bytes = 20
url = "https://example.org/emb.onnx"
licence = "MIT"
training_data = "none"
input = { name = "in", width = 112, height = 112, colours = "rgb", mean = [127.5, 127.5, 127.5], std = [2, 4, 8] }
embedder = { output = "out", dimension = 128, alignment = "arcface112", batch_max = 2 }
calibration = { identify_score_min = 0.5, verify_score_min = 0.4, margin_min = 0.05 }
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Manifest, ReadsEverything) {
  const auto parsed = parse_manifest(kSound);
  ASSERT_TRUE(parsed) << parsed.error().message;
  ASSERT_EQ(parsed->packs.size(), 1U);
  EXPECT_EQ(parsed->packs[0].grade, PackGrade::demo);
  const auto* model = parsed->find_model("emb");
  ASSERT_NE(model, nullptr);
  EXPECT_EQ(model->bytes, 20U);
  EXPECT_EQ(model->url, "https://example.org/emb.onnx");
  EXPECT_EQ(model->input.colours, ColourOrder::rgb);
  EXPECT_FLOAT_EQ(model->input.scale[1], 0.25F);
  ASSERT_TRUE(model->embedder);
  EXPECT_EQ(model->embedder->batch_max, 2);
  EXPECT_FLOAT_EQ(model->embedder->calibration.margin_min, 0.05F);
  EXPECT_EQ(parsed->find_model("nobody"), nullptr);
  EXPECT_EQ(parsed->find_pack("q"), nullptr);
  EXPECT_EQ(parsed->models_of(parsed->packs[0]).size(), 2U);
}

struct Fault {
  const char* name;
  const char* from;
  const char* to;
  const char* message;
};

class ManifestFault : public ::testing::TestWithParam<Fault> {};

TEST_P(ManifestFault, IsNamed) {
  const auto parsed = parse_manifest(replaced(kSound, GetParam().from, GetParam().to));
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().reason, "manifest_invalid");
  EXPECT_NE(parsed.error().message.find(GetParam().message), std::string::npos) << parsed.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Faults, ManifestFault,
    ::testing::Values(
        Fault{"syntax", "[[pack]]", "[[pack", "line 2"},
        Fault{"unknown_key", "bytes = 10", "bytes = 10\nbites = 10", "model[0].bites: is not a known key"},
        Fault{"missing", "licence = \"MIT\"", "", "model[0].licence: is missing"},
        Fault{"bad_hash", "25a606", "25A606", "model[0].sha256: must be 64"},
        Fault{"path_as_file", "det.onnx", "../det.onnx", "model[0].file: must be a name"},
        Fault{"no_bytes", "bytes = 10", "bytes = 0", "model[0].bytes: must be a number"},
        Fault{"plain_http", "https://", "http://", "model[1].url: must begin with https://"},
        Fault{"unknown_role", "\"detector\"\nfile", "\"oracle\"\nfile",
              "model[0].role: must be one of detector"},
        Fault{"unknown_colours", "\"rgb\"", "\"cmyk\"", "model[1].input.colours: must be one of bgr rgb"},
        Fault{"two_means", "[127.5, 127.5, 127.5]", "[127.5, 127.5]",
              "model[1].input.mean: must be three numbers"},
        Fault{"zero_std", "[2, 4, 8]", "[2, 0, 8]", "model[1].input.std: must be above 0"},
        Fault{"unknown_alignment", "arcface112", "arcface113", "model[1].embedder.alignment: must be"},
        Fault{"other_alignment", "arcface112", "reid128", "model[1].embedder.alignment: has another size"},
        Fault{"batch_of_none", "batch_max = 2", "batch_max = 0", "model[1].embedder.batch_max"},
        Fault{"threshold_above_one", "verify_score_min = 0.4", "verify_score_min = 4",
              "calibration.verify_score_min"},
        Fault{"no_calibration", "calibration = {", "calibration_ = {",
              "model[1].calibration: must be a table"},
        Fault{"pack_without_model", "embedder = \"emb\"", "embedder = \"x\"", "pack p: there is no model x"},
        Fault{"pack_of_wrong_role", "embedder = \"emb\"", "embedder = \"det\"",
              "pack p: model det is no embedder"},
        Fault{"same_id_twice", "id = \"emb\"", "id = \"det\"", "model det: is there twice"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Manifest, ListsAllFaultsAtOnce) {
  auto text = replaced(kSound, "bytes = 10", "bytes = -1");
  text = replaced(text, "colours = \"rgb\"", "colours = 3");
  text = replaced(text, "embedder = \"emb\"", "embedder = \"x\"");
  const auto parsed = parse_manifest(text);
  ASSERT_FALSE(parsed);
  for (const auto* fault : {"model[0].bytes", "model[1].input.colours", "no model x"}) {
    EXPECT_NE(parsed.error().message.find(fault), std::string::npos) << fault << "\n"
                                                                     << parsed.error().message;
  }
}

TEST(Manifest, BuiltInOneIsSound) {
  const auto parsed = parse_manifest(built_in_manifest_text());
  ASSERT_TRUE(parsed) << parsed.error().message;
  const auto& manifest = built_in_manifest();
  for (const auto* name : {"standard", "zoo"}) ASSERT_NE(manifest.find_pack(name), nullptr) << name;
  for (const auto* model : manifest.models_of(*manifest.find_pack("zoo"))) {
    EXPECT_TRUE(model->url) << model->id << " must be downloadable";
  }
}

TEST(Manifest, DescribesTheFilesThatAreThere) {
  SKIP_WITHOUT_MODELS();
  int intact = 0;
  for (const auto& model : built_in_manifest().models) {
    const auto check = verify_model(model, testing::model_dir());
    EXPECT_NE(check.state, FileState::corrupt) << describe(check);
    intact += check.state == FileState::ok ? 1 : 0;
  }
  EXPECT_GE(intact, 10);
}

class ModelFiles : public ::testing::Test {
 protected:
  ModelFiles()
      : folder_(std::filesystem::temp_directory_path() / ("model_files_" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
    model_.id = "m";
    model_.file = "m.onnx";
    model_.bytes = kContent.size();
    model_.sha256 = core::sha256_hex(kContent);
  }
  ~ModelFiles() override { std::filesystem::remove_all(folder_); }

  void write(std::string_view content) { std::ofstream(folder_ / "m.onnx", std::ios::binary) << content; }

  static constexpr std::string_view kContent = "a network";
  std::filesystem::path folder_;
  Model model_;
};

TEST_F(ModelFiles, AreReadWhenIntact) {
  write(kContent);
  EXPECT_EQ(verify_model(model_, folder_).state, FileState::ok);
  EXPECT_EQ(read_verified(model_, folder_), kContent);
}

TEST_F(ModelFiles, AreMissingByName) {
  const auto check = verify_model(model_, folder_);
  EXPECT_EQ(check.state, FileState::missing);
  EXPECT_NE(describe(check).find(model_.sha256), std::string::npos);
  EXPECT_NE(describe(check).find("m.onnx"), std::string::npos);
}

TEST_F(ModelFiles, AreCorruptByOneByteOrLength) {
  for (const std::string content : {"A network", "a networ", "a network and more", ""}) {
    write(content);
    const auto check = verify_model(model_, folder_);
    EXPECT_EQ(check.state, FileState::corrupt) << content;
    EXPECT_EQ(check.sha256_found, core::sha256_hex(content)) << content;
    try {
      read_verified(model_, folder_);
      ADD_FAILURE() << "read " << content;
    } catch (const core::InfraError& error) {
      const std::string what = error.what();
      EXPECT_NE(what.find(model_.sha256), std::string::npos) << what;
      EXPECT_NE(what.find("m.onnx"), std::string::npos) << what;
    }
  }
}

TEST_F(ModelFiles, ThatAreFoldersAreMissing) {
  std::filesystem::create_directory(folder_ / "m.onnx");
  EXPECT_EQ(verify_model(model_, folder_).state, FileState::missing);
}

TEST(LoadManifest, NamesTheFile) {
  EXPECT_THROW(load_manifest("/nowhere/manifest.toml"), core::InfraError);
}

}  // namespace
}  // namespace rollcall::vision
