#include "rollcall/attendance/erase_person.hpp"

#include "rollcall/attendance/people.hpp"

#include <rollcall/core/digest.hpp>
#include <rollcall/core/time_format.hpp>
#include <rollcall/core/uuid.hpp>

namespace rollcall::attendance {

std::string ErasureReceipt::signed_text() const {
  return "rollcall erasure receipt v1\nerasure_id=" + erasure.id.value +
         "\nperson_id=" + erasure.person.value + "\nerased_at=" + core::to_rfc3339(erasure.requested_at) +
         "\nfaces=" + std::to_string(counts.faces) + "\ntemplates=" + std::to_string(counts.templates) +
         "\ncrops=" + std::to_string(counts.crops) + "\n";
}

core::Result<ErasureReceipt> ErasePerson::operator()(const domain::PersonId& person) {
  if (!parts_.people.find(person)) return person_not_found();
  const auto now = parts_.clock.now();
  const domain::Erasure erasure{.id = {core::make_uuid_v7(now)},
                                .person = person,
                                .scope = domain::ErasureScope::person,
                                .reason = domain::ErasureReason::request,
                                .requested_at = now};
  ErasureReceipt receipt{.erasure = erasure,
                         .counts = parts_.gallery.erase(erasure),
                         .public_key = parts_.signer.public_key(),
                         .key_id = core::sha256_hex(parts_.signer.public_key()).substr(0, 16),
                         .signature = {}};
  receipt.signature = parts_.signer.sign(receipt.signed_text());
  return receipt;
}

}  // namespace rollcall::attendance
