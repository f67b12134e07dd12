#include "rollcall/crypto/key.hpp"

#include "rollcall/crypto/mac.hpp"

#include <cstring>

#include <sodium.h>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::crypto {

void start() {
  if (sodium_init() < 0) throw core::InfraError("libsodium could not start: no source of randomness");
}

Key Key::random() {
  Key key;
  randombytes_buf(key.bytes_.data(), kSize);
  return key;
}

std::optional<Key> Key::from_bytes(std::string_view bytes) {
  if (bytes.size() != kSize) return std::nullopt;
  Key key;
  std::memcpy(key.bytes_.data(), bytes.data(), kSize);
  return key;
}

std::optional<Key> Key::parse(std::string_view text) {
  Key key;
  std::size_t size = 0;
  if (text.size() == 2 * kSize) {
    const char* end = nullptr;
    const bool read =
        sodium_hex2bin(key.bytes_.data(), kSize, text.data(), text.size(), nullptr, &size, &end) == 0;
    if (read && size == kSize && end == text.data() + text.size()) return key;
    return std::nullopt;
  }
  for (const int variant : {sodium_base64_VARIANT_ORIGINAL, sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
                            sodium_base64_VARIANT_URLSAFE, sodium_base64_VARIANT_URLSAFE_NO_PADDING}) {
    const char* end = nullptr;
    const bool read = sodium_base642bin(key.bytes_.data(), kSize, text.data(), text.size(), nullptr, &size,
                                        &end, variant) == 0;
    if (read && size == kSize && end == text.data() + text.size()) return key;
  }
  return std::nullopt;
}

Key::~Key() {
  sodium_memzero(bytes_.data(), kSize);
}

Key Key::derive(std::string_view purpose) const {
  Key derived;
  crypto_generichash(derived.bytes_.data(), kSize, reinterpret_cast<const unsigned char*>(purpose.data()),
                     purpose.size(), bytes_.data(), kSize);
  return derived;
}

std::string Key::id() const {
  return to_hex(derive("rollcall key id").bytes().substr(0, 8));
}

std::string_view Key::bytes() const {
  return {reinterpret_cast<const char*>(bytes_.data()), kSize};
}

bool Key::operator==(const Key& other) const {
  return sodium_memcmp(bytes_.data(), other.bytes_.data(), kSize) == 0;
}

}  // namespace rollcall::crypto
