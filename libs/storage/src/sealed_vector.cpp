#include "sealed_vector.hpp"

#include <bit>
#include <cstring>

#include <openssl/evp.h>

#include <rollcall/core/base64.hpp>
#include <rollcall/core/half.hpp>
#include <rollcall/core/infra_error.hpp>
#include <rollcall/crypto/seal.hpp>

namespace rollcall::storage {
namespace {

static_assert(std::endian::native == std::endian::little);

// OpenSSL's base64, because loading a gallery is thousands of these and libsodium's, made for secrets, takes
// a constant time per character: ten times as long. What goes through here is sealed already.
std::string encode(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // and a NUL
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                  reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.pop_back();
  return text;
}

// Empty when it is not base64.
std::string decode(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0 || text.size() > (1U << 20)) return {};
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (size < 0) return {};
  const auto padding = text.ends_with("==") ? 2U : text.ends_with('=') ? 1U : 0U;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  return bytes;
}

}  // namespace

std::string template_context(const domain::PersonId& person, const domain::TemplateId& id,
                             const domain::ModelId& model) {
  return "template:" + person.value + ":" + id.value + ":" + model.value;
}

std::string seal_vector(const domain::Embedding& vector, const crypto::Key& key, std::string_view context) {
  std::string bytes(vector.size() * sizeof(std::uint16_t), '\0');
  for (std::size_t i = 0; i < vector.size(); ++i) {
    const auto half = core::half_from_float(vector[i]);
    std::memcpy(bytes.data() + i * sizeof(half), &half, sizeof(half));
  }
  return encode(crypto::seal(key, bytes, context));
}

domain::Embedding open_vector(std::string_view text, const crypto::Key& key, std::string_view context) {
  const auto bytes = crypto::open(key, decode(text), context);
  if (!bytes || bytes->size() % sizeof(std::uint16_t) != 0) {
    throw core::InfraError("database: a stored template does not open: it was changed or moved");
  }
  domain::Embedding vector(bytes->size() / sizeof(std::uint16_t));
  for (std::size_t i = 0; i < vector.size(); ++i) {
    std::uint16_t half = 0;
    std::memcpy(&half, bytes->data() + i * sizeof(half), sizeof(half));
    vector[i] = core::float_from_half(half);
  }
  return vector;
}

}  // namespace rollcall::storage
