// The erasure of a person, and the receipt for it.
#pragma once

#include <string>

#include <rollcall/attendance/gallery_keeper.hpp>
#include <rollcall/attendance/ports/people_store.hpp>
#include <rollcall/core/clock.hpp>
#include <rollcall/core/result.hpp>
#include <rollcall/crypto/signature.hpp>
#include <rollcall/domain/erasure.hpp>

namespace rollcall::attendance {

// Proves to the person, and to an auditor, that this server says it erased them.
struct ErasureReceipt {
  domain::Erasure erasure;
  domain::ErasedCounts counts;
  std::string public_key;  // raw Ed25519, 32 bytes
  std::string key_id;      // 16 hexadecimal digits: the start of the public key's SHA-256
  std::string signature;   // over signed_text()

  // One line for each member, the same text for the same receipt.
  std::string signed_text() const;
};

// Thread safe.
class ErasePerson {
 public:
  struct Parts {
    PeopleStore& people;
    GalleryKeeper& gallery;
    const core::Clock& clock;
    crypto::SigningKey signer;
  };

  explicit ErasePerson(Parts parts) : parts_(std::move(parts)) {}

  // Record, faces, templates, crops, consents and the key; events stay under an id that leads to nobody.
  // Errors: not_found "person_not_found".
  core::Result<ErasureReceipt> operator()(const domain::PersonId& person);

 private:
  const Parts parts_;
};

}  // namespace rollcall::attendance
