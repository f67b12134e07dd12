#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <rollcall/core/result.hpp>
#include <rollcall/domain/face.hpp>

namespace rollcall::attendance {

// Enrolled faces and their templates, which are kept as half-precision floats, sealed with a key of their
// person.
//
// Every member is one committed transaction; each one that changes what is searched (active faces of active
// people) adds one to the gallery version in the same transaction. Thread safe. Throws core::InfraError.
class FaceStore {
 public:
  virtual ~FaceStore() = default;

  // Errors: not_found "person_not_found", conflict "duplicate_photo" (same person, same photo_sha256),
  // "consent_missing" (the face's consent is not one of this person, or is not valid).
  virtual core::Result<void> add(const domain::Face& face,
                                 const std::vector<domain::Template>& templates) = 0;
  // Oldest first.
  virtual std::vector<domain::Face> list(const domain::PersonId& person) = 0;
  virtual std::optional<domain::Face> find(const domain::FaceId& id) = 0;
  // All faces of a person; returns how many changed.
  virtual int set_status(const domain::PersonId& person, domain::FaceStatus status) = 0;
  // Returns whether it was there.
  virtual bool erase(const domain::FaceId& id) = 0;
  // All faces of a person; returns how many there were.
  virtual int erase_all(const domain::PersonId& person) = 0;

  // Templates that are to be searched: `model`'s, of active faces of active people, in no particular order.
  // `visit` must not call the store.
  virtual void visit_active(const domain::ModelId& model,
                            const std::function<void(domain::Template&&)>& visit) = 0;
  // The same for one person.
  virtual std::vector<domain::Template> active_templates(const domain::PersonId& person,
                                                         const domain::ModelId& model) = 0;
  virtual std::uint64_t gallery_version() = 0;
};

}  // namespace rollcall::attendance
