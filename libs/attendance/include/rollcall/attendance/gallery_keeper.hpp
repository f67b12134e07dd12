// Keeps what is stored and what is searched the same.
#pragma once

#include <mutex>
#include <vector>

#include <rollcall/attendance/ports/crop_store.hpp>
#include <rollcall/attendance/ports/erasure_journal.hpp>
#include <rollcall/attendance/ports/erasure_store.hpp>
#include <rollcall/attendance/ports/face_store.hpp>
#include <rollcall/attendance/ports/template_index.hpp>
#include <rollcall/core/result.hpp>
#include <rollcall/domain/erasure.hpp>
#include <rollcall/domain/face.hpp>

namespace rollcall::attendance {

// The only writer of both the FaceStore and the TemplateIndex: a change is committed first, then made
// searchable, and no two changes interleave, so an erased face can never come back into memory.
//
// Thread safe.
class GalleryKeeper {
 public:
  struct Parts {
    FaceStore& faces;
    TemplateIndex& index;
    CropStore& crops;
    ErasureStore& erasures;
    ErasureJournal& journal;
    domain::ModelId model;  // the only model whose templates are searched
  };

  explicit GalleryKeeper(Parts parts) : parts_(std::move(parts)) {}

  // Reads every active template into the empty index; once, before serving.
  void load();

  // Errors: those of FaceStore::add. `crop_png` is kept unless it is empty.
  core::Result<void> add(const domain::Face& face, const std::vector<domain::Template>& templates,
                         std::string_view crop_png);
  // All faces of a person; returns how many changed.
  int archive(const domain::PersonId& person);
  int restore(const domain::PersonId& person);
  // Errors: not_found "face_not_found", also for a face of somebody else.
  core::Result<void> erase(const domain::PersonId& person, const domain::FaceId& face);
  int erase_all(const domain::PersonId& person);
  // Carries out an erasure: the intent is on disk before anything goes, and what a crash leaves undone is
  // done by resume_erasures.
  domain::ErasedCounts erase(const domain::Erasure& erasure);
  // Carries out what was asked for and is not done, also when an older copy of the database was restored.
  // After load() and before serving, and now and then. Returns how many there were.
  int resume_erasures();
  // After the person's own status changed: archived people are not searched.
  void person_status_changed(const domain::PersonId& person);

 private:
  domain::ErasedCounts carry_out(const domain::Erasure& erasure);
  void reload_person(const domain::PersonId& person);

  const Parts parts_;
  std::mutex changes_;
};

}  // namespace rollcall::attendance
