// Everything below the HTTP server: database, models, gallery and use cases, each built once, in this order.
#pragma once

#include <memory>

#include <rollcall/attendance/consents.hpp>
#include <rollcall/attendance/enroll_face.hpp>
#include <rollcall/attendance/erase_person.hpp>
#include <rollcall/attendance/gallery_keeper.hpp>
#include <rollcall/attendance/people.hpp>
#include <rollcall/attendance/recognize_faces.hpp>
#include <rollcall/attendance/record_checkin.hpp>
#include <rollcall/attendance/retention.hpp>
#include <rollcall/config/settings.hpp>
#include <rollcall/core/clock.hpp>
#include <rollcall/gallery/gallery.hpp>
#include <rollcall/storage/database.hpp>
#include <rollcall/storage/master_keys.hpp>
#include <rollcall/storage/stores.hpp>
#include <rollcall/vision/pipeline.hpp>

namespace rollcall::app {

// The configuration asks for something that this machine may not run: exit 78.
class ConfigRefused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Which pack serves these settings: the one asked for, or the best one whose files are there.
std::string choose_pack(const config::Settings& settings, const vision::Manifest& manifest);

// The pipeline for these settings. Throws ConfigRefused for demo models in production.
std::unique_ptr<vision::Pipeline> open_pipeline(const config::Settings& settings,
                                                vision::StageObserver* observer = nullptr);

storage::DatabaseSettings database_settings(const config::Settings& settings);

// FACE_DATA_ENCRYPTION_KEY and those before it; without one, the key that development keeps in its data
// folder.
storage::MasterKeys master_keys(const config::Settings& settings);

// Opens the database, brings its schema up to date, loads the models, fills the gallery, and carries out the
// erasures that a crash or a restored copy left undone.
// Throws core::InfraError and ConfigRefused. Members are used by many threads; see each type.
class RecognitionSite {
 public:
  explicit RecognitionSite(const config::Settings& settings, vision::StageObserver* observer = nullptr);

 private:
  core::SystemClock clock_;
  storage::Database database_;
  storage::MasterKeys masters_;
  std::unique_ptr<attendance::PeopleStore> people_store_;
  std::unique_ptr<attendance::ConsentStore> consent_store_;
  std::unique_ptr<attendance::FaceStore> face_store_;
  std::unique_ptr<attendance::EventStore> event_store_;
  std::unique_ptr<attendance::BlobStore> blobs_;
  std::unique_ptr<attendance::CropStore> crops_;
  std::unique_ptr<attendance::ErasureStore> erasure_store_;
  std::unique_ptr<attendance::ErasureJournal>
      erasure_journal_;  // after the blobs, which make the data folder
  std::unique_ptr<vision::Pipeline> pipeline_;
  domain::RecognitionPolicy policy_;
  gallery::Gallery index_;
  attendance::GalleryKeeper keeper_;
  attendance::People people_;
  attendance::Consents consents_;
  attendance::ErasePerson erase_person_;
  attendance::Retention retention_;
  attendance::EnrollFace enroll_face_;
  attendance::RecognizeFaces recognize_faces_;
  attendance::RecordCheckin record_checkin_;

 public:
  const core::Clock& clock() const { return clock_; }
  storage::Database& database() { return database_; }
  const storage::MasterKeys& masters() const { return masters_; }
  attendance::PeopleStore& people_store() { return *people_store_; }
  attendance::FaceStore& face_store() { return *face_store_; }
  attendance::EventStore& event_store() { return *event_store_; }
  attendance::CropStore& crops() { return *crops_; }
  vision::Pipeline& pipeline() { return *pipeline_; }
  const domain::RecognitionPolicy& policy() const { return policy_; }
  gallery::Gallery& index() { return index_; }
  attendance::GalleryKeeper& keeper() { return keeper_; }
  attendance::People& people() { return people_; }
  attendance::Consents& consents() { return consents_; }
  attendance::ErasePerson& erase_person() { return erase_person_; }
  attendance::Retention& retention() { return retention_; }
  attendance::EnrollFace& enroll_face() { return enroll_face_; }
  attendance::RecognizeFaces& recognize_faces() { return recognize_faces_; }
  attendance::RecordCheckin& record_checkin() { return record_checkin_; }
};

}  // namespace rollcall::app
