#include "rollcall/attendance/record_checkin.hpp"

#include "main_face.hpp"

#include <rollcall/core/uuid.hpp>

namespace rollcall::attendance {
namespace {

// Kept as evidence: the decision needs two, an operator likes to see the runner-up.
constexpr std::size_t kCandidatesKept = 3;

}  // namespace

core::Result<std::optional<Receipt>> RecordCheckin::find_earlier(const CheckinKey& key) {
  auto stored = parts_.events.find(key.device, key.device_event_id);
  if (!stored) return std::optional<Receipt>{};
  auto receipt = receipt_of({.event = *std::move(stored), .duplicate = true}, key);
  if (!receipt) return receipt.error();
  return std::optional{*std::move(receipt)};
}

core::Result<Receipt> RecordCheckin::operator()(const FaceCheckin& checkin) {
  if (auto earlier = find_earlier(checkin.key); !earlier) {
    return earlier.error();
  } else if (*earlier) {
    return **std::move(earlier);
  }

  domain::Evidence evidence;
  if (checkin.claimed) {
    auto person = parts_.people.resolve(*checkin.claimed);
    if (!person) return person.error();
    evidence.claimed = person->id;
  }
  auto analysis = parts_.analyzer.analyze(checkin.image, {.augmentations = 0, .faces_max = 2, .crop = {}});
  if (!analysis) return analysis.error();
  const auto face = main_face(std::move(analysis->faces), parts_.dominant_area_ratio_min);
  if (!face) return face.error();

  auto found = evidence.claimed ? parts_.index.compare(face->embedding, *evidence.claimed)
                                : parts_.index.search(face->embedding, kCandidatesKept, checkin.scope);
  evidence.model = parts_.analyzer.model();
  evidence.gallery_version = found.version;
  evidence.policy = parts_.policy;
  evidence.candidates = std::move(found.candidates);
  evidence.quality = face->quality;
  evidence.box = face->box;
  evidence.landmarks = face->landmarks;
  evidence.width_px = static_cast<float>(analysis->width_px);
  evidence.height_px = static_cast<float>(analysis->height_px);

  // Decided from the evidence alone, so that explain can decide again and must agree.
  const auto judgement = domain::replay(evidence);
  const auto now = parts_.clock.now();
  const domain::Event event{.id = {core::make_uuid_v7(now)},
                            .sequence = 0,
                            .device = checkin.key.device,
                            .device_event_id = checkin.key.device_event_id,
                            .request_sha256 = checkin.key.request_sha256,
                            .method = domain::CheckinMethod::face,
                            .verdict = judgement.verdict,
                            .reason = std::string(judgement.reason),
                            .person = judgement.person,
                            .captured_at = checkin.captured_at.value_or(now),
                            .received_at = now,
                            .evidence = std::move(evidence)};
  return receipt_of(parts_.events.append(event), checkin.key);
}

core::Result<Receipt> RecordCheckin::receipt_of(Appended appended, const CheckinKey& key) {
  if (appended.duplicate && appended.event.request_sha256 != key.request_sha256) {
    return core::Error{core::Errc::conflict, "event_id_reused",
                       "This event id was used for another check-in: make a new id for each check-in."};
  }
  Receipt receipt{.event = std::move(appended.event), .duplicate = appended.duplicate, .person = {}};
  if (receipt.event.person) {
    if (auto person = parts_.people.get(*receipt.event.person)) receipt.person = *std::move(person);
  }
  return receipt;
}

}  // namespace rollcall::attendance
