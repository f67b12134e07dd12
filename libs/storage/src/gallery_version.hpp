#pragma once

#include <soci/soci.h>

namespace rollcall::storage {

// In the transaction that changes what is searched.
inline void advance_gallery_version(soci::session& sql) {
  sql << "UPDATE gallery_state SET version = version + 1 WHERE id = 1";
}

}  // namespace rollcall::storage
