// Ed25519 signatures (RFC 8032).
//
// Thread safe.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include <rollcall/crypto/key.hpp>

namespace rollcall::crypto {

class SigningKey {
 public:
  // The same seed makes the same pair.
  explicit SigningKey(const Key& seed);
  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;
  ~SigningKey();

  std::string sign(std::string_view message) const;              // 64 bytes
  const std::string& public_key() const { return public_key_; }  // 32 bytes

 private:
  std::string public_key_;
  std::array<unsigned char, 64> secret_{};
};

// False also for keys and signatures of a wrong size.
bool is_signed_by(std::string_view public_key, std::string_view message, std::string_view signature);

}  // namespace rollcall::crypto
