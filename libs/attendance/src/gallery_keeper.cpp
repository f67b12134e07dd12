#include "rollcall/attendance/gallery_keeper.hpp"

namespace rollcall::attendance {
namespace {

// Templates handed to the index at a time while loading.
constexpr std::size_t kLoadBatch = 1024;

std::string crop_prefix(const domain::PersonId& person) {
  return "crops/" + person.value + "/";
}
std::string crop_key(const domain::PersonId& person, const domain::FaceId& face) {
  return crop_prefix(person) + face.value + ".png";
}

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
  if (!crop_png.empty()) parts_.blobs.put(crop_key(face.person, face.id), crop_png);
  if (auto added = parts_.faces.add(face, templates); !added) {
    if (!crop_png.empty()) parts_.blobs.erase_prefix(crop_key(face.person, face.id));
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
  parts_.blobs.erase_prefix(crop_key(person, face));
  return {};
}

int GalleryKeeper::erase_all(const domain::PersonId& person) {
  const std::lock_guard lock(changes_);
  const int erased = parts_.faces.erase_all(person);
  reload_person(person);
  parts_.blobs.erase_prefix(crop_prefix(person));
  return erased;
}

bool GalleryKeeper::erase_person(const domain::PersonId& person) {
  const std::lock_guard lock(changes_);
  const bool erased = parts_.faces.erase_person(person);
  reload_person(person);
  parts_.blobs.erase_prefix(crop_prefix(person));
  return erased;
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
