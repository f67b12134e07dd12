// A template as it is stored: half-precision floats, sealed, as text, because SOCI 4.0 has no binary type
// that works on every database.
#pragma once

#include <string>
#include <string_view>

#include <rollcall/crypto/key.hpp>
#include <rollcall/domain/face.hpp>

namespace rollcall::storage {

// The row that a sealed vector belongs to: in another one it does not open.
std::string template_context(const domain::PersonId& person, const domain::TemplateId& id,
                             const domain::ModelId& model);

// Base64 of the sealed little-endian binary16 values.
std::string seal_vector(const domain::Embedding& vector, const crypto::Key& key, std::string_view context);

// Throws core::InfraError when it was sealed with another key, for another row, or was changed.
domain::Embedding open_vector(std::string_view text, const crypto::Key& key, std::string_view context);

}  // namespace rollcall::storage
