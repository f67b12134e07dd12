// The keys of people inside a transaction.
#pragma once

#include "rollcall/storage/master_keys.hpp"

#include <optional>

#include <soci/soci.h>

#include <rollcall/core/clock.hpp>

namespace rollcall::storage {

std::optional<crypto::Key> find_person_key(soci::session& sql, const MasterKeys& masters,
                                           const domain::PersonId& person);

// Makes one if there is none. The person must exist.
crypto::Key require_person_key(soci::session& sql, const MasterKeys& masters, const domain::PersonId& person,
                               core::TimePoint now);

}  // namespace rollcall::storage
