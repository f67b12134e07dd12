// UUID version 7 (RFC 9562): 48 bits of milliseconds, then random bits, so ids sort by creation.
#pragma once

#include "rollcall/core/clock.hpp"

#include <string>

namespace rollcall::core {

// Lower-case text of 36 characters. Thread safe.
std::string make_uuid_v7(TimePoint now);

}  // namespace rollcall::core
