// Consent: given, listed, withdrawn.
#pragma once

#include <string>
#include <vector>

#include <rollcall/attendance/gallery_keeper.hpp>
#include <rollcall/attendance/ports/consent_store.hpp>
#include <rollcall/attendance/ports/people_store.hpp>
#include <rollcall/core/clock.hpp>
#include <rollcall/core/result.hpp>
#include <rollcall/domain/consent.hpp>

namespace rollcall::attendance {

struct NewConsent {
  std::string text_version;
  std::string language;
  domain::ConsentMethod method = domain::ConsentMethod::written;
  std::string recorded_by;
};

// Thread safe. Errors everywhere: not_found "person_not_found".
class Consents {
 public:
  struct Parts {
    PeopleStore& people;
    ConsentStore& store;
    GalleryKeeper& gallery;
    const core::Clock& clock;
  };

  explicit Consents(Parts parts) : parts_(parts) {}

  core::Result<domain::Consent> give(const domain::PersonId& person, const NewConsent& consent);
  // Oldest first.
  core::Result<std::vector<domain::Consent>> list(const domain::PersonId& person);
  // Ends every consent of the person and erases all face data at once; the consent that was named, as it is
  // now. Withdrawing it again changes nothing. Errors: not_found "consent_not_found".
  core::Result<domain::Consent> withdraw(const domain::PersonId& person, const domain::ConsentId& id);

 private:
  const Parts parts_;
};

// The erasure of a person's face data, meaning everything up to now.
domain::Erasure face_data_erasure(const domain::PersonId& person, domain::ErasureReason reason,
                                  const std::vector<domain::Consent>& consents, core::TimePoint now);

}  // namespace rollcall::attendance
