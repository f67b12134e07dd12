// Values that are stored as one JSON text. Floats come back bit for bit, so that a stored decision can be
// replayed.
#pragma once

#include <string>

#include <rollcall/domain/event.hpp>

namespace rollcall::storage {

std::string to_column(const domain::Quality& quality);
std::string to_column(const domain::Evidence& evidence);

// Throw core::InfraError when the text is not of that form or of a version that this program does not know.
domain::Quality quality_from_column(const std::string& text);
domain::Evidence evidence_from_column(const std::string& text);

}  // namespace rollcall::storage
