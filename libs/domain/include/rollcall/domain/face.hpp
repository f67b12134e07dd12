// What is kept of an enrolled photo.
#pragma once

#include <string>
#include <vector>

#include <rollcall/core/clock.hpp>
#include <rollcall/domain/consent.hpp>
#include <rollcall/domain/ids.hpp>
#include <rollcall/domain/quality.hpp>
#include <rollcall/domain/recognition.hpp>

namespace rollcall::domain {

enum class FaceStatus { active, archived };  // archived faces are kept and not searched

struct Template {
  TemplateId id;
  FaceId face;
  PersonId person;
  ModelId model;
  Embedding embedding;
};

struct Face {
  FaceId id;
  PersonId person;
  FaceStatus status = FaceStatus::active;
  // What the photo was called by the sender; for people, never a path of ours.
  std::string source_name;
  // SHA-256 of the photo's bytes: the same photo is not enrolled twice for one person.
  std::string photo_sha256;
  Quality quality;
  ModelId model;
  // The photo itself and its augmentations.
  int template_count = 0;
  // Given by this person and valid; the store refuses a face without it.
  ConsentId consent;
  core::TimePoint created_at;
};

}  // namespace rollcall::domain
