#include "rollcall/crypto/mac.hpp"

#include <array>
#include <memory>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <sodium.h>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::crypto {
namespace {

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* raw(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

using HmacContext = std::unique_ptr<EVP_MAC_CTX, void (*)(EVP_MAC_CTX*)>;

HmacContext make_hmac_context() {
  static EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  HmacContext context(EVP_MAC_CTX_new(algorithm), EVP_MAC_CTX_free);
  std::string digest = "SHA256";
  const std::array parameters{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
                              OSSL_PARAM_construct_end()};
  EVP_MAC_CTX_set_params(context.get(), parameters.data());
  return context;
}

}  // namespace

// Both through OpenSSL, which uses the processor's instructions for SHA-256: a quarter to a half of
// libsodium's time. Looking an algorithm up would take longer than a short message, so each thread does that
// once.
std::string hmac_sha256(const Key& key, std::string_view message) {
  thread_local const HmacContext context = make_hmac_context();
  std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
  std::size_t size = 0;
  if (EVP_MAC_init(context.get(), key.data(), Key::kSize, nullptr) != 1 ||
      EVP_MAC_update(context.get(), raw(message), message.size()) != 1 ||
      EVP_MAC_final(context.get(), raw(mac), &size, mac.size()) != 1) {
    throw core::InfraError("OpenSSL has no HMAC");
  }
  return mac;
}

std::string sha256(std::string_view message) {
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  thread_local const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                                EVP_MD_CTX_free);
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  if (EVP_DigestInit_ex(context.get(), algorithm, nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), message.data(), message.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), raw(digest), nullptr) != 1) {
    throw core::InfraError("OpenSSL has no SHA-256");
  }
  return digest;
}

bool equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), count);
  return bytes;
}

std::uint32_t random_below(std::uint32_t limit) {
  return randombytes_uniform(limit);
}

std::string to_hex(std::string_view bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), raw(bytes), bytes.size());
  text.pop_back();
  return text;
}

}  // namespace rollcall::crypto
