// An embedding as text: SOCI 4.0 has no binary type that works on every database.
#pragma once

#include <string>
#include <string_view>

#include <rollcall/domain/recognition.hpp>

namespace rollcall::storage {

// Base64 of the little-endian float32 values, bit for bit.
std::string to_column(const domain::Embedding& vector);

// Throws core::InfraError when the text is not of that form.
domain::Embedding vector_from_column(std::string_view text);

}  // namespace rollcall::storage
