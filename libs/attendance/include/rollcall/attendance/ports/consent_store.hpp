#pragma once

#include <optional>
#include <vector>

#include <rollcall/core/result.hpp>
#include <rollcall/domain/consent.hpp>

namespace rollcall::attendance {

// The consents that people gave. They end by an erasure, together with what was kept under them: see
// ErasureStore.
//
// Every member is one committed transaction. Thread safe. Throws core::InfraError.
class ConsentStore {
 public:
  virtual ~ConsentStore() = default;

  // Errors: not_found "person_not_found".
  virtual core::Result<void> add(const domain::Consent& consent) = 0;
  // Oldest first.
  virtual std::vector<domain::Consent> list(const domain::PersonId& person) = 0;
};

// The latest one that is valid, out of a list.
inline std::optional<domain::Consent> valid_consent(const std::vector<domain::Consent>& consents) {
  for (auto consent = consents.rbegin(); consent != consents.rend(); ++consent) {
    if (consent->is_valid()) return *consent;
  }
  return std::nullopt;
}

}  // namespace rollcall::attendance
