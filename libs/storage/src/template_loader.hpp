// The whole gallery, read and opened as fast as the machine can: a start waits for it.
#pragma once

#include "rollcall/storage/master_keys.hpp"

#include <functional>

#include <soci/soci.h>

#include <rollcall/domain/face.hpp>

namespace rollcall::storage {

// Visits `model`'s templates of active faces of active people, in the caller's thread; other threads open
// them meanwhile. Throws core::InfraError when one does not open.
void load_active_templates(soci::session& sql, const MasterKeys& masters, const domain::ModelId& model,
                           const std::function<void(domain::Template&&)>& visit);

}  // namespace rollcall::storage
