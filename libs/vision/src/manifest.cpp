#include "alignment.hpp"
#include "built_in_manifest.hpp"

#include <fstream>
#include <set>
#include <sstream>

#include <toml++/toml.h>

#include <rollcall/core/assert.hpp>
#include <rollcall/core/infra_error.hpp>
#include <rollcall/vision/model_pack.hpp>

namespace rollcall::vision {
namespace {

constexpr std::uint64_t kModelBytesMax = 2ULL << 30;
constexpr std::array kRoles = {ModelRole::detector, ModelRole::embedder, ModelRole::mesh, ModelRole::liveness,
                               ModelRole::iris};

using Faults = std::vector<std::string>;

// One table of the manifest and where it is, for messages. A value that is missing or wrong becomes a fault
// and an empty value, so that reading goes on and finds the others. Ends with a fault for each key that
// nobody asked for.
class Section {
 public:
  Section(const toml::table& table, std::string where, Faults& faults)
      : table_(table), where_(std::move(where)), faults_(faults) {}
  ~Section() {
    for (const auto& [key, value] : table_) {
      if (!asked_.contains(std::string(key.str()))) fault(std::string(key.str()), "is not a known key");
    }
  }
  Section(const Section&) = delete;
  Section& operator=(const Section&) = delete;

  void fault(std::string_view key, std::string_view what) {
    faults_.push_back(where_ + "." + std::string(key) + ": " + std::string(what));
  }

  std::optional<std::string> maybe_text(const char* key) {
    const auto* node = find(key);
    if (node == nullptr) return std::nullopt;
    const auto text = node->value_exact<std::string>();
    if (!text || text->empty()) fault(key, "must be a text");
    return text;
  }

  std::string text(const char* key) {
    if (!table_.contains(key)) fault(key, "is missing");
    return maybe_text(key).value_or("");
  }

  template <class Number>
  Number number(const char* key, double min, double max) {
    const auto* node = find(key);
    const auto value = node == nullptr ? std::nullopt : node->value<double>();
    if (!value || !(*value >= min && *value <= max)) {
      std::ostringstream what;
      what << "must be a number from " << min << " to " << max;
      fault(key, what.str());
      return {};
    }
    return static_cast<Number>(*value);
  }

  std::array<float, 3> three_numbers(const char* key) {
    const auto* node = find(key);
    const auto* array = node == nullptr ? nullptr : node->as_array();
    std::array<float, 3> values{};
    if (array == nullptr || array->size() != values.size()) {
      fault(key, "must be three numbers");
      return values;
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto value = array->get(i)->value<float>();
      if (!value) fault(key, "must be three numbers");
      values[i] = value.value_or(0);
    }
    return values;
  }

  std::vector<std::string> texts(const char* key) {
    std::vector<std::string> values;
    const auto* node = find(key);
    if (node == nullptr) return values;
    if (!node->is_homogeneous(toml::node_type::string)) {
      fault(key, "must be a list of texts");
      return values;
    }
    for (const auto& value : *node->as_array()) values.push_back(*value.value<std::string>());
    return values;
  }

  // The index of the value in `words`.
  std::size_t one_of(const char* key, const std::vector<std::string_view>& words) {
    const auto value = text(key);
    const auto found = std::ranges::find(words, value);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    std::string what = "must be one of";
    for (const auto word : words) what += " " + std::string(word);
    fault(key, what);
    return 0;
  }

  // nullptr with a fault when it is absent.
  const toml::table* table(const char* key) {
    const auto* node = find(key);
    const auto* found = node == nullptr ? nullptr : node->as_table();
    if (found == nullptr) fault(key, "must be a table");
    return found;
  }

  std::string where(const char* key) const { return where_ + "." + key; }
  Faults& faults() { return faults_; }

 private:
  const toml::node* find(const char* key) {
    asked_.insert(key);
    return table_.get(key);
  }

  const toml::table& table_;
  std::string where_;
  Faults& faults_;
  std::set<std::string> asked_;
};

bool is_sha256(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

// A name, not a path: a manifest must not make us read or write elsewhere.
bool is_file_name(const std::string& text) {
  return text.find_first_of("/\\") == std::string::npos && text[0] != '.';
}

ModelInput read_input(Section& model) {
  ModelInput input;
  const auto* table = model.table("input");
  if (table == nullptr) return input;
  Section section(*table, model.where("input"), model.faults());
  input.name = section.text("name");
  input.width_px = section.number<int>("width", 16, 4096);
  input.height_px = section.number<int>("height", 16, 4096);
  input.colours = section.one_of("colours", {"bgr", "rgb"}) == 0 ? ColourOrder::bgr : ColourOrder::rgb;
  input.mean = section.three_numbers("mean");
  const auto deviation = section.three_numbers("std");
  for (std::size_t i = 0; i < deviation.size(); ++i) {
    if (!(deviation[i] > 0)) {
      section.fault("std", "must be above 0");
      break;
    }
    input.scale[i] = 1 / deviation[i];
  }
  return input;
}

DetectorSpec read_detector(Section& model) {
  DetectorSpec spec;
  if (const auto* table = model.table("detector")) {
    Section section(*table, model.where("detector"), model.faults());
    spec.score_min = section.number<float>("score_min", 0, 1);
  }
  return spec;
}

EmbedderSpec read_embedder(Section& model, const ModelInput& input) {
  EmbedderSpec spec;
  if (const auto* table = model.table("embedder")) {
    Section section(*table, model.where("embedder"), model.faults());
    spec.output = section.text("output");
    spec.dimension = section.number<int>("dimension", 16, 4096);
    spec.batch_max = section.number<int>("batch_max", 1, 64);
    spec.alignment = section.text("alignment");
    const auto alignment = find_alignment(spec.alignment);
    if (!alignment) {
      section.fault("alignment", "must be arcface112 or reid128");
    } else if (alignment->size != cv::Size(input.width_px, input.height_px)) {
      section.fault("alignment", "has another size than the input");
    }
  }
  if (const auto* table = model.table("calibration")) {
    Section section(*table, model.where("calibration"), model.faults());
    spec.calibration.identify_score_min = section.number<float>("identify_score_min", -1, 1);
    spec.calibration.verify_score_min = section.number<float>("verify_score_min", -1, 1);
    spec.calibration.margin_min = section.number<float>("margin_min", 0, 1);
  }
  return spec;
}

Model read_model(const toml::table& table, const std::string& where, Faults& faults) {
  Section section(table, where, faults);
  Model model;
  model.id = section.text("id");
  std::vector<std::string_view> roles;
  for (const auto role : kRoles) roles.push_back(name_of(role));
  model.role = kRoles[section.one_of("role", roles)];
  model.file = section.text("file");
  if (!model.file.empty() && !is_file_name(model.file))
    section.fault("file", "must be a name without a folder");
  model.sha256 = section.text("sha256");
  if (!is_sha256(model.sha256)) section.fault("sha256", "must be 64 lower-case hexadecimal digits");
  model.bytes = section.number<std::uint64_t>("bytes", 1, static_cast<double>(kModelBytesMax));
  model.url = section.maybe_text("url");
  if (model.url && !model.url->starts_with("https://")) section.fault("url", "must begin with https://");
  model.licence = section.text("licence");
  model.training_data = section.text("training_data");
  model.input = read_input(section);
  if (model.role == ModelRole::detector) model.detector = read_detector(section);
  if (model.role == ModelRole::embedder) model.embedder = read_embedder(section, model.input);
  return model;
}

Pack read_pack(const toml::table& table, const std::string& where, Faults& faults) {
  Section section(table, where, faults);
  Pack pack;
  pack.name = section.text("name");
  pack.description = section.text("description");
  pack.grade = section.one_of("grade", {"production", "demo"}) == 0 ? PackGrade::production : PackGrade::demo;
  pack.detector = section.text("detector");
  pack.embedder = section.text("embedder");
  pack.mesh = section.maybe_text("mesh");
  pack.others = section.texts("others");
  return pack;
}

template <class Read>
auto read_list(const toml::table& root, const char* key, Faults& faults, const Read& read) {
  std::vector<decltype(read(root, std::string(), faults))> items;
  const auto* list = root.get_as<toml::array>(key);
  if (list == nullptr || list->empty()) {
    faults.push_back(std::string("[[") + key + "]]: at least one is needed");
    return items;
  }
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto where = std::string(key) + "[" + std::to_string(i) + "]";
    const auto* table = list->get(i)->as_table();
    if (table == nullptr) {
      faults.push_back(where + ": must be a table");
    } else {
      items.push_back(read(*table, where, faults));
    }
  }
  return items;
}

// What only shows when everything has been read: names that lead nowhere, and names given twice.
void check_references(const Manifest& manifest, Faults& faults) {
  std::set<std::string> names;
  for (const auto& model : manifest.models) {
    if (!names.insert(model.id).second) faults.push_back("model " + model.id + ": is there twice");
  }
  const auto check = [&](const Pack& pack, const std::string& id, std::optional<ModelRole> role) {
    const auto* model = manifest.find_model(id);
    if (model == nullptr) {
      faults.push_back("pack " + pack.name + ": there is no model " + id);
    } else if (role && model->role != *role) {
      faults.push_back("pack " + pack.name + ": model " + id + " is no " + std::string(name_of(*role)));
    }
  };
  names.clear();
  for (const auto& pack : manifest.packs) {
    if (!names.insert(pack.name).second) faults.push_back("pack " + pack.name + ": is there twice");
    check(pack, pack.detector, ModelRole::detector);
    check(pack, pack.embedder, ModelRole::embedder);
    if (pack.mesh) check(pack, *pack.mesh, ModelRole::mesh);
    for (const auto& id : pack.others) check(pack, id, std::nullopt);
  }
}

core::Error invalid(const Faults& faults) {
  std::string message = "The model manifest has faults:";
  for (const auto& fault : faults) message += "\n  " + fault;
  return {core::Errc::invalid_input, "manifest_invalid", std::move(message)};
}

}  // namespace

std::string_view name_of(ModelRole role) {
  switch (role) {
    case ModelRole::detector:
      return "detector";
    case ModelRole::embedder:
      return "embedder";
    case ModelRole::mesh:
      return "mesh";
    case ModelRole::liveness:
      return "liveness";
    case ModelRole::iris:
      return "iris";
  }
  return "";
}

const Pack* Manifest::find_pack(std::string_view name) const {
  const auto found = std::ranges::find(packs, name, &Pack::name);
  return found == packs.end() ? nullptr : &*found;
}

const Model* Manifest::find_model(std::string_view id) const {
  const auto found = std::ranges::find(models, id, &Model::id);
  return found == models.end() ? nullptr : &*found;
}

std::vector<const Model*> Manifest::models_of(const Pack& pack) const {
  std::vector<std::string> ids = {pack.detector, pack.embedder};
  if (pack.mesh) ids.push_back(*pack.mesh);
  ids.insert(ids.end(), pack.others.begin(), pack.others.end());
  std::vector<const Model*> found;
  for (const auto& id : ids) {
    if (const auto* model = find_model(id)) found.push_back(model);
  }
  return found;
}

core::Result<Manifest> parse_manifest(std::string_view toml) {
  Faults faults;
  toml::table root;
  try {
    root = toml::parse(toml);
  } catch (const toml::parse_error& error) {
    std::ostringstream fault;
    fault << "line " << error.source().begin.line << ": " << error.description();
    return invalid({fault.str()});
  }
  for (const auto& [key, value] : root) {
    if (key != "pack" && key != "model") faults.push_back(std::string(key.str()) + ": is not a known key");
  }
  Manifest manifest;
  manifest.packs = read_list(root, "pack", faults, read_pack);
  manifest.models = read_list(root, "model", faults, read_model);
  check_references(manifest, faults);
  if (!faults.empty()) return invalid(faults);
  return manifest;
}

const Manifest& built_in_manifest() {
  static const Manifest kManifest = [] {
    auto parsed = parse_manifest(built_in_manifest_text());
    ROLLCALL_ASSERT(parsed.has_value());
    return std::move(parsed.value());
  }();
  return kManifest;
}

Manifest load_manifest(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream || !text) throw core::InfraError("cannot read the model manifest " + file.string());
  auto parsed = parse_manifest(text.str());
  if (!parsed) throw core::InfraError(file.string() + ": " + parsed.error().message);
  return std::move(parsed.value());
}

}  // namespace rollcall::vision
