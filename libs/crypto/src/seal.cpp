#include "rollcall/crypto/seal.hpp"

#include <sodium.h>

namespace rollcall::crypto {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kSealOverhead == 1 + kNonce + kTag);

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string seal(const Key& key, std::string_view plain, std::string_view context) {
  std::string sealed(kSealOverhead + plain.size(), '\0');
  sealed[0] = kVersion;
  auto* nonce = reinterpret_cast<unsigned char*>(sealed.data()) + 1;
  randombytes_buf(nonce, kNonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + kNonce, nullptr, raw(plain), plain.size(), raw(context),
                                             context.size(), nullptr, nonce, key.data());
  return sealed;
}

std::optional<std::string> open(const Key& key, std::string_view sealed, std::string_view context) {
  if (sealed.size() < kSealOverhead || sealed[0] != kVersion) return std::nullopt;
  const auto* nonce = raw(sealed) + 1;
  std::string plain(sealed.size() - kSealOverhead, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(plain.data()), nullptr,
                                                 nullptr, nonce + kNonce, plain.size() + kTag, raw(context),
                                                 context.size(), nonce, key.data()) != 0) {
    return std::nullopt;
  }
  return plain;
}

}  // namespace rollcall::crypto
