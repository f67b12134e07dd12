#include "recognition_site.hpp"

#include "key_files.hpp"
#include "policies.hpp"
#include "site_keys.hpp"

#include <rollcall/core/infra_error.hpp>
#include <rollcall/core/log.hpp>
#include <rollcall/storage/ledger.hpp>
#include <rollcall/storage/migrations.hpp>

namespace rollcall::app {
namespace {

// Best first.
constexpr std::array kPacksByPreference{"standard", "zoo"};

bool is_installed(const vision::Manifest& manifest, const vision::Pack& pack,
                  const std::filesystem::path& folder) {
  return std::ranges::all_of(manifest.models_of(pack), [&](const vision::Model* model) {
    const bool needed =
        model->role == vision::ModelRole::detector || model->role == vision::ModelRole::embedder;
    return !needed || std::filesystem::exists(folder / model->file);
  });
}

// The source systems choose between detectors that the pack's own one replaces.
bool names_a_detector(const std::string& backend) {
  return !backend.empty() && backend != "yunet" && backend != "mtcnn" && backend != "retinaface";
}

vision::PipelineSettings pipeline_settings(const config::Settings& settings, const std::string& pack) {
  vision::PipelineSettings made{
      .pack = pack,
      .model_dir = settings.model_dir,
      .resize_max_dim = settings.preprocess_resize_max_dim_px,
      .clahe = settings.preprocess_apply_clahe ? vision::Clahe::on : vision::Clahe::off,
      .alignment = settings.face_alignment == config::FaceAlignment::mesh ? vision::Alignment::mesh
                                                                          : vision::Alignment::detector,
      .decode = {.bytes_max = settings.image_bytes_max,
                 .pixels_max = std::int64_t{settings.image_megapixels_max} * 1'000'000},
      .parallel = vision_threads(settings)};
  if (!settings.face_encoding_model.empty()) made.embedder = settings.face_encoding_model;
  if (names_a_detector(settings.face_detector_backend)) made.detector = settings.face_detector_backend;
  if (settings.face_detection_confidence_threshold) {
    made.detector_score_min = static_cast<float>(*settings.face_detection_confidence_threshold);
  }
  return made;
}

// Crops from before they were sealed; the migration erased their faces.
std::unique_ptr<attendance::BlobStore> open_blobs(const std::filesystem::path& folder) {
  auto blobs = storage::make_folder_blob_store(folder);
  blobs->erase_prefix("crops/");
  return blobs;
}

}  // namespace

std::string choose_pack(const config::Settings& settings, const vision::Manifest& manifest) {
  switch (settings.model_pack) {
    case config::ModelPack::standard:
      return "standard";
    case config::ModelPack::zoo:
      return "zoo";
    case config::ModelPack::classic:
      return vision::kClassicPack;
    case config::ModelPack::automatic:
      break;
  }
  for (const auto* name : kPacksByPreference) {
    const auto* pack = manifest.find_pack(name);
    if (pack != nullptr && is_installed(manifest, *pack, settings.model_dir)) return name;
  }
  return vision::kClassicPack;
}

std::unique_ptr<vision::Pipeline> open_pipeline(const config::Settings& settings,
                                                vision::StageObserver* observer) {
  const auto& manifest = vision::built_in_manifest();
  const auto pack = choose_pack(settings, manifest);
  auto pipeline = vision::make_pipeline(pipeline_settings(settings, pack), manifest, observer);
  if (pipeline->facts().grade == vision::PackGrade::demo) {
    if (settings.app_env == config::AppEnv::production && !settings.allow_demo_models) {
      throw ConfigRefused(
          "the model pack '" + pack +
          "' is demo grade and APP_ENV is production: install real models with 'rollcall models pull', "
          "or set ALLOW_DEMO_MODELS=true");
    }
    core::log::warning("vision", "the model pack is demo grade: good for a look, not for real attendance",
                       {{"pack", pack}, {"help", "rollcall models pull"}});
  }
  return pipeline;
}

storage::DatabaseSettings database_settings(const config::Settings& settings) {
  return {.url = "sqlite:///" + settings.database_file.string(),
          .readers = static_cast<std::size_t>(settings.db_readers),
          .data_key = data_key(settings)};
}

std::filesystem::path anchor_file(const config::Settings& settings) {
  return settings.data_dir / "ledger-anchors.jsonl";
}

storage::MasterKeys master_keys(const config::Settings& settings) {
  constexpr std::string_view kName = "face_data";
  std::vector<crypto::Key> previous;
  for (const auto& text : settings.face_data_encryption_keys_previous) {
    previous.push_back(configured_key(settings, text, kName));
  }
  // What was enrolled before a key was configured.
  if (!settings.face_data_encryption_key.empty()) {
    if (auto own = load_key(settings.data_dir, kName)) previous.push_back(*std::move(own));
  }
  return storage::MasterKeys(configured_key(settings, settings.face_data_encryption_key, kName), previous);
}

storage::Database& prepare_database(const config::Settings& settings, storage::Database& database,
                                    const storage::MasterKeys& masters, const core::Clock& clock) {
  const auto applied = storage::migrate(database);
  for (const auto& name : applied) core::log::info("storage", "migration applied", {{"name", name}});
  if (!applied.empty()) database.truncate_log();  // a migration may erase
  storage::check_master_keys(database, masters);
  storage::open_ledger(database, anchor_file(settings), clock);
  return database;
}

RecognitionSite::RecognitionSite(const config::Settings& settings, vision::StageObserver* observer)
    : database_(database_settings(settings)),
      masters_(master_keys(settings)),
      people_store_(storage::make_people_store(prepare_database(settings, database_, masters_, clock_))),
      consent_store_(storage::make_consent_store(database_)),
      face_store_(storage::make_face_store(database_, masters_)),
      event_store_(storage::make_event_store(database_)),
      blobs_(open_blobs(settings.data_dir / "blobs")),
      crops_(storage::make_crop_store(database_, masters_, *blobs_)),
      erasure_store_(storage::make_erasure_store(database_)),
      erasure_journal_(storage::make_erasure_journal(settings.data_dir / "erasures.jsonl")),
      pipeline_(open_pipeline(settings, observer)),
      policy_(recognition_policy(settings, pipeline_->facts())),
      index_(pipeline_->facts().dimension),
      keeper_({.faces = *face_store_,
               .index = index_,
               .crops = *crops_,
               .erasures = *erasure_store_,
               .journal = *erasure_journal_,
               .model = pipeline_->model()}),
      people_({.store = *people_store_, .gallery = keeper_, .clock = clock_}),
      consents_({.people = *people_store_, .store = *consent_store_, .gallery = keeper_, .clock = clock_}),
      erase_person_(
          {.people = *people_store_,
           .gallery = keeper_,
           .clock = clock_,
           .signer = crypto::SigningKey(configured_key(settings, settings.data_encryption_key, "data")
                                            .derive("rollcall erasure receipts v1"))}),
      retention_({.erasures = *erasure_store_,
                  .consents = *consent_store_,
                  .gallery = keeper_,
                  .clock = clock_,
                  .keep = std::chrono::days(settings.face_retention_days)}),
      enroll_face_({.people = *people_store_,
                    .consents = *consent_store_,
                    .analyzer = *pipeline_,
                    .index = index_,
                    .gallery = keeper_,
                    .clock = clock_,
                    .policy = enrollment_policy(settings, pipeline_->facts())}),
      recognize_faces_({.analyzer = *pipeline_, .index = index_, .policy = policy_}),
      record_checkin_({.events = *event_store_,
                       .people = people_,
                       .analyzer = *pipeline_,
                       .index = index_,
                       .clock = clock_,
                       .policy = policy_}) {
  keeper_.load();
  if (const int resumed = keeper_.resume_erasures(); resumed > 0) {
    core::log::warning("attendance", "erasures were carried out that were asked for and not done",
                       {{"erasures", resumed}});
  }
}

}  // namespace rollcall::app
