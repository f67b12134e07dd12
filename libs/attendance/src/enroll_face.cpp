#include "rollcall/attendance/enroll_face.hpp"

#include "main_face.hpp"
#include "rollcall/attendance/people.hpp"

#include <rollcall/core/digest.hpp>
#include <rollcall/core/half.hpp>
#include <rollcall/core/uuid.hpp>

namespace rollcall::attendance {
namespace {

Reason reason_of(const core::Error& error) {
  return {std::string(error.reason), error.message};
}

core::Error consent_missing() {
  return {core::Errc::conflict, "consent_missing",
          "There is no valid consent of this person: record the consent first, then enrol."};
}

// As it comes back from the store, so that a search before a restart and one after it see the same numbers.
domain::Embedding as_stored(domain::Embedding embedding) {
  for (auto& value : embedding) value = core::float_from_half(core::half_from_float(value));
  return embedding;
}

std::vector<domain::Template> templates_of(const domain::Face& face, AnalyzedFace analyzed,
                                           core::TimePoint now) {
  std::vector<domain::Template> templates;
  const auto add = [&](domain::Embedding&& embedding) {
    templates.push_back({.id = {core::make_uuid_v7(now)},
                         .face = face.id,
                         .person = face.person,
                         .model = face.model,
                         .embedding = as_stored(std::move(embedding))});
  };
  add(std::move(analyzed.embedding));
  for (auto& embedding : analyzed.augmented) add(std::move(embedding));
  return templates;
}

}  // namespace

core::Result<PhotoVerdict> EnrollFace::operator()(const domain::PersonId& person, const Photo& photo) {
  if (!parts_.people.find(person)) return person_not_found();
  const auto consent = valid_consent(parts_.consents.list(person));
  if (!consent) return consent_missing();
  PhotoVerdict verdict{.source_name = photo.source_name, .face = {}, .reasons = {}};

  auto analysis = parts_.analyzer.analyze(
      photo.bytes,
      {.augmentations = parts_.policy.augmentations, .faces_max = 2, .crop = parts_.policy.crop});
  if (!analysis) {
    verdict.reasons.push_back(reason_of(analysis.error()));
    return verdict;
  }
  auto analyzed = main_face(std::move(analysis->faces), parts_.policy.dominant_area_ratio_min);
  if (!analyzed) {
    verdict.reasons.push_back(reason_of(analyzed.error()));
    return verdict;
  }
  verdict.reasons = objections(person, *analyzed);
  if (!verdict.reasons.empty()) return verdict;

  const auto now = parts_.clock.now();
  domain::Face face{.id = {core::make_uuid_v7(now)},
                    .person = person,
                    .status = domain::FaceStatus::active,
                    .source_name = photo.source_name,
                    .photo_sha256 = core::sha256_hex(photo.bytes),
                    .quality = analyzed->quality,
                    .model = parts_.analyzer.model(),
                    .template_count = 0,
                    .consent = consent->id,
                    .created_at = now};
  const auto crop = std::move(analyzed->crop_png);
  const auto templates = templates_of(face, *std::move(analyzed), now);
  face.template_count = static_cast<int>(templates.size());
  if (auto added = parts_.gallery.add(face, templates, crop); !added) {
    // Erased or withdrawn meanwhile.
    if (added.error().code == core::Errc::not_found || added.error().reason == consent_missing().reason) {
      return added.error();
    }
    verdict.reasons.push_back(reason_of(added.error()));
    return verdict;
  }
  verdict.face = std::move(face);
  return verdict;
}

std::vector<Reason> EnrollFace::objections(const domain::PersonId& person, const AnalyzedFace& face) const {
  std::vector<Reason> reasons;
  for (const auto issue : domain::assess(face.quality, parts_.policy.quality)) {
    reasons.push_back({std::string(domain::name_of(issue)), std::string(domain::advice_for(issue))});
  }
  if (!reasons.empty()) return reasons;

  // The best of somebody else is among the best two people.
  const auto found = parts_.index.search(face.embedding, 2);
  const auto own = parts_.index.compare(face.embedding, person);
  for (const auto& candidate : found.candidates) {
    if (candidate.person == person || candidate.score < parts_.policy.other_person_score_max) continue;
    if (!own.candidates.empty() && own.candidates.front().score >= candidate.score) continue;
    reasons.push_back(
        {"looks_like_someone_else",
         "This face looks more like another enrolled person: check that the photo shows the right one."});
    break;
  }
  return reasons;
}

}  // namespace rollcall::attendance
