// Real stores in a folder, with the gallery's keeper above them, as a started program has them.
#pragma once

#include "samples.hpp"
#include "test_database.hpp"

#include <gtest/gtest.h>

#include <rollcall/attendance/erase_person.hpp>
#include <rollcall/attendance/gallery_keeper.hpp>
#include <rollcall/attendance/testing/memory_stores.hpp>
#include <rollcall/core/testing/fake_clock.hpp>
#include <rollcall/storage/migrations.hpp>
#include <rollcall/storage/stores.hpp>

namespace rollcall::storage::testing {

class EnrolledSite {
 public:
  // Starts: migrates, checks the keys, loads, and carries out what is not done.
  EnrolledSite(const std::filesystem::path& folder, MasterKeys masters)
      : masters_(std::move(masters)),
        database_(settings_for(folder / "rollcall.db")),
        people(make_people_store(prepared(database_, masters_))),
        consents(make_consent_store(database_)),
        faces(make_face_store(database_, masters_)),
        erasures(make_erasure_store(database_)),
        journal(make_erasure_journal(folder / "erasures.jsonl")),
        blobs(make_folder_blob_store(folder / "blobs")),
        crops(make_crop_store(database_, masters_, *blobs)) {
    keeper.load();
    resumed = keeper.resume_erasures();
  }

  // A person with a consent and one face of three templates and a crop.
  void enrol(const std::string& person, const domain::Embedding& embedding,
             std::string_view crop = "a crop") {
    ASSERT_TRUE(people->add(person_named(person, person)).has_value());
    ASSERT_TRUE(consents->add(consent_of(person)).has_value());
    const auto face = face_of(person, "face-" + person);
    std::vector<domain::Template> templates;
    for (int i = 0; i < 3; ++i) {
      templates.push_back(template_of(face, person + "-t" + std::to_string(i)));
      templates.back().embedding = embedding;
    }
    ASSERT_TRUE(keeper.add(face, templates, crop).has_value());
  }

  domain::ErasedCounts erase(const std::string& person,
                             domain::ErasureScope scope = domain::ErasureScope::person) {
    return keeper.erase({.id = {"erasure-of-" + person},
                         .person = {person},
                         .scope = scope,
                         .reason = domain::ErasureReason::request,
                         .requested_at = time_at(100)});
  }

  bool searchable(const std::string& person) const {
    return std::ranges::any_of(index.templates,
                               [&](const auto& entry) { return entry.person.value == person; });
  }

  Database& database() { return database_; }

 private:
  static Database& prepared(Database& database, const MasterKeys& masters) {
    migrate(database);
    check_master_keys(database, masters);
    return database;
  }

  const MasterKeys masters_;
  Database database_;

 public:
  std::unique_ptr<attendance::PeopleStore> people;
  std::unique_ptr<attendance::ConsentStore> consents;
  std::unique_ptr<attendance::FaceStore> faces;
  std::unique_ptr<attendance::ErasureStore> erasures;
  std::unique_ptr<attendance::ErasureJournal> journal;
  std::unique_ptr<attendance::BlobStore> blobs;
  std::unique_ptr<attendance::CropStore> crops;
  attendance::testing::MemoryIndex index;
  attendance::GalleryKeeper keeper{{*faces, index, *crops, *erasures, *journal, {"model@1"}}};
  int resumed = 0;
};

}  // namespace rollcall::storage::testing
