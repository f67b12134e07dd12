// Which model files exist, what they are, and whether a folder holds them intact.
//
// The manifest (models/manifest.toml) is compiled into the program; another one can be read in its place. It
// says everything about a model that code would otherwise have to know: another ONNX embedder is an entry,
// not a change.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <rollcall/core/result.hpp>

namespace rollcall::vision {

enum class ModelRole { detector, embedder, mesh, liveness, iris };
enum class ColourOrder { bgr, rgb };

std::string_view name_of(ModelRole role);

// What a network is fed: value = (byte - mean) * scale per channel, in the order of `colours`, planar.
struct ModelInput {
  std::string name;
  int width_px = 0;
  int height_px = 0;
  ColourOrder colours = ColourOrder::bgr;
  std::array<float, 3> mean{};
  std::array<float, 3> scale{1, 1, 1};
};

// Cosines chosen from measured scores; see the manifest for where they come from.
struct Calibration {
  float identify_score_min = 1;
  float verify_score_min = 1;
  float margin_min = 0;
};

struct DetectorSpec {
  float score_min = 0;
};

struct EmbedderSpec {
  std::string output;
  int dimension = 0;
  std::string alignment;  // "arcface112" or "reid128"
  int batch_max = 1;      // faces that the network takes at once
  Calibration calibration;
};

struct Model {
  std::string id;
  ModelRole role = ModelRole::embedder;
  std::string file;    // name within the model folder
  std::string sha256;  // of the file, lower-case hexadecimal
  std::uint64_t bytes = 0;
  std::optional<std::string> url;  // where its maker offers it; absent for files that have no public address
  std::string licence;
  std::string training_data;  // as its makers state it
  ModelInput input;
  std::optional<DetectorSpec> detector;  // with the role detector
  std::optional<EmbedderSpec> embedder;  // with the role embedder
};

enum class PackGrade { production, demo };

struct Pack {
  std::string name;
  std::string description;
  PackGrade grade = PackGrade::production;
  std::string detector;  // model ids
  std::string embedder;
  std::optional<std::string> mesh;
  std::vector<std::string> others;  // models for later stages, such as liveness
};

struct Manifest {
  std::vector<Pack> packs;
  std::vector<Model> models;

  // nullptr when there is none of that name.
  const Pack* find_pack(std::string_view name) const;
  const Model* find_model(std::string_view id) const;
  // Every model that a pack names, detector first.
  std::vector<const Model*> models_of(const Pack& pack) const;
};

// Errors: invalid_input "manifest_invalid"; the message lists every fault, one a line.
core::Result<Manifest> parse_manifest(std::string_view toml);

// The one that was compiled in. Immutable; made at first use.
const Manifest& built_in_manifest();

// From a file. Throws core::InfraError when it cannot be read or has faults.
Manifest load_manifest(const std::filesystem::path& file);

enum class FileState { ok, missing, corrupt };

std::string_view name_of(FileState state);

struct FileCheck {
  std::string model;
  std::filesystem::path path;
  FileState state = FileState::missing;
  std::string sha256_expected;
  std::string sha256_found;  // empty when missing
};

// Reads the file once. A file of another length counts as corrupt.
FileCheck verify_model(const Model& model, const std::filesystem::path& model_dir);
std::vector<FileCheck> verify_pack(const Manifest& manifest, const Pack& pack,
                                   const std::filesystem::path& model_dir);

// "edgeface_xs.onnx is corrupt: expected sha256 ..., found ... (DIR/edgeface_xs.onnx)", for people who run a
// server.
std::string describe(const FileCheck& check);

}  // namespace rollcall::vision
