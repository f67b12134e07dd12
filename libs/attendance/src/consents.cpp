#include "rollcall/attendance/consents.hpp"

#include "rollcall/attendance/people.hpp"

#include <algorithm>

#include <rollcall/core/uuid.hpp>

namespace rollcall::attendance {

using core::Result;
using domain::Consent;

Result<Consent> Consents::give(const domain::PersonId& person, const NewConsent& consent) {
  const auto now = parts_.clock.now();
  Consent given{.id = {core::make_uuid_v7(now)},
                .person = person,
                .text_version = consent.text_version,
                .language = consent.language,
                .method = consent.method,
                .recorded_by = consent.recorded_by,
                .given_at = now,
                .withdrawn_at = {}};
  if (auto added = parts_.store.add(given); !added) return added.error();
  return given;
}

Result<std::vector<Consent>> Consents::list(const domain::PersonId& person) {
  if (!parts_.people.find(person)) return person_not_found();
  return parts_.store.list(person);
}

Result<Consent> Consents::withdraw(const domain::PersonId& person, const domain::ConsentId& id) {
  const auto find = [&id](const std::vector<Consent>& consents) {
    return std::ranges::find(consents, id, &Consent::id);
  };
  auto consents = list(person);
  if (!consents) return consents.error();
  auto named = find(*consents);
  if (named == consents->end()) {
    return core::Error{core::Errc::not_found, "consent_not_found",
                       "This person has no consent with this id."};
  }
  if (!named->is_valid()) return *named;
  parts_.gallery.erase(
      face_data_erasure(person, domain::ErasureReason::withdrawal, *consents, parts_.clock.now()));
  consents = list(person);
  if (!consents) return consents.error();
  named = find(*consents);
  if (named == consents->end()) return person_not_found();  // erased and made again meanwhile
  return *named;
}

domain::Erasure face_data_erasure(const domain::PersonId& person, domain::ErasureReason reason,
                                  const std::vector<Consent>& consents, core::TimePoint now) {
  // A clock that was set back must not spare what was given before.
  auto requested_at = now;
  for (const auto& consent : consents) requested_at = std::max(requested_at, consent.given_at);
  return {.id = {core::make_uuid_v7(now)},
          .person = person,
          .scope = domain::ErasureScope::face_data,
          .reason = reason,
          .requested_at = requested_at};
}

}  // namespace rollcall::attendance
