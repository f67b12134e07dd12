#include "rollcall/attendance/gallery_keeper.hpp"

#include <algorithm>

namespace rollcall::attendance {
namespace {

// Templates handed to the index at a time while loading.
constexpr std::size_t kLoadBatch = 1024;

}  // namespace

void GalleryKeeper::load() {
  const std::lock_guard lock(changes_);
  const auto version = parts_.faces.gallery_version();
  std::vector<domain::Template> batch;
  batch.reserve(kLoadBatch);
  parts_.faces.visit_active(parts_.model, [&](domain::Template&& item) {
    batch.push_back(std::move(item));
    if (batch.size() == kLoadBatch) {
      parts_.index.add(batch, version);
      batch.clear();
    }
  });
  parts_.index.add(batch, version);
}

core::Result<void> GalleryKeeper::add(const domain::Face& face,
                                      const std::vector<domain::Template>& templates,
                                      std::string_view crop_png) {
  const std::lock_guard lock(changes_);
  // Before the commit: a stored face always has its crop, and a stray crop goes with its person.
  if (!crop_png.empty()) parts_.crops.put(face, crop_png);
  if (auto added = parts_.faces.add(face, templates); !added) {
    if (!crop_png.empty()) parts_.crops.erase(face.person, face.id);
    return added;
  }
  reload_person(face.person);
  return {};
}

int GalleryKeeper::archive(const domain::PersonId& person) {
  const std::lock_guard lock(changes_);
  const int changed = parts_.faces.set_status(person, domain::FaceStatus::archived);
  reload_person(person);
  return changed;
}

int GalleryKeeper::restore(const domain::PersonId& person) {
  const std::lock_guard lock(changes_);
  const int changed = parts_.faces.set_status(person, domain::FaceStatus::active);
  reload_person(person);
  return changed;
}

core::Result<void> GalleryKeeper::erase(const domain::PersonId& person, const domain::FaceId& face) {
  const std::lock_guard lock(changes_);
  const auto stored = parts_.faces.find(face);
  if (!stored || stored->person != person || !parts_.faces.erase(face)) {
    return core::Error{core::Errc::not_found, "face_not_found", "This person has no face with this id."};
  }
  reload_person(person);
  parts_.crops.erase(person, face);
  return {};
}

int GalleryKeeper::erase_all(const domain::PersonId& person) {
  const std::lock_guard lock(changes_);
  const int erased = parts_.faces.erase_all(person);
  reload_person(person);
  parts_.crops.erase_all(person);
  return erased;
}

domain::ErasedCounts GalleryKeeper::erase(const domain::Erasure& erasure) {
  const std::lock_guard lock(changes_);
  parts_.journal.append(erasure);
  return carry_out(erasure);
}

int GalleryKeeper::resume_erasures() {
  const std::lock_guard lock(changes_);
  auto open = parts_.erasures.unfinished();
  const auto finished = parts_.erasures.finished();
  for (auto& erasure : parts_.journal.read()) {
    if (finished.contains(erasure.id) || std::ranges::find(open, erasure) != open.end()) continue;
    open.push_back(std::move(erasure));
  }
  for (const auto& erasure : open) carry_out(erasure);
  return static_cast<int>(open.size());
}

// Every step may be repeated. The key goes with the templates, in one transaction: from then on a crop that a
// crash leaves behind is noise.
domain::ErasedCounts GalleryKeeper::carry_out(const domain::Erasure& erasure) {
  const auto erased = parts_.erasures.apply(erasure);
  reload_person(erasure.person);
  domain::ErasedCounts counts{.faces = std::ssize(erased.faces), .templates = erased.templates, .crops = 0};
  for (const auto& face : erased.faces) counts.crops += parts_.crops.erase(erasure.person, face);
  // Those of an earlier attempt, unless the person was enrolled again since.
  if (parts_.faces.list(erasure.person).empty()) counts.crops += parts_.crops.erase_all(erasure.person);
  parts_.erasures.finish(erasure.id);
  return counts;
}

void GalleryKeeper::person_status_changed(const domain::PersonId& person) {
  const std::lock_guard lock(changes_);
  reload_person(person);
}

void GalleryKeeper::reload_person(const domain::PersonId& person) {
  const auto version = parts_.faces.gallery_version();
  const auto templates = parts_.faces.active_templates(person, parts_.model);
  // Replaced in one step, so that a search during an enrolment still finds the person.
  parts_.index.replace_person(person, templates, version);
}

}  // namespace rollcall::attendance
