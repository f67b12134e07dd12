#include "vector_column.hpp"

#include <bit>
#include <cstring>

#include <openssl/evp.h>

#include <rollcall/core/base64.hpp>
#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {

static_assert(std::endian::native == std::endian::little && sizeof(float) == 4);

std::string to_column(const domain::Embedding& vector) {
  return core::base64_encode({reinterpret_cast<const char*>(vector.data()), vector.size() * sizeof(float)});
}

// OpenSSL's decoder, because loading a gallery is thousands of these and libsodium's, made for secrets, takes
// a constant time per character: ten times as long.
domain::Embedding vector_from_column(std::string_view text) {
  const auto padding = text.ends_with("==") ? 2U : text.ends_with('=') ? 1U : 0U;
  const auto padded_size = text.size() / 4 * 3;
  thread_local std::vector<unsigned char> bytes;
  bytes.resize(padded_size);
  const auto* input = reinterpret_cast<const unsigned char*>(text.data());
  if (text.size() % 4 != 0 || text.size() > (1U << 20) ||
      EVP_DecodeBlock(bytes.data(), input, static_cast<int>(text.size())) != static_cast<int>(padded_size) ||
      (padded_size - padding) % sizeof(float) != 0) {
    throw core::InfraError("database: a stored template is corrupt");
  }
  domain::Embedding vector((padded_size - padding) / sizeof(float));
  if (!vector.empty()) std::memcpy(vector.data(), bytes.data(), vector.size() * sizeof(float));
  return vector;
}

}  // namespace rollcall::storage
