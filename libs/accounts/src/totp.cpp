#include "rollcall/accounts/totp.hpp"

#include <array>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <rollcall/core/infra_error.hpp>
#include <rollcall/crypto/mac.hpp>

namespace rollcall::accounts {

std::string totp_code(std::string_view secret, std::int64_t step) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) {
    counter[7 - i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (8 * i));
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  if (HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(),
           mac.data(), &size) == nullptr) {
    throw core::InfraError("HMAC-SHA-1 failed");
  }
  // RFC 4226 section 5.3.
  const std::size_t offset = mac[size - 1] & 0x0fU;
  const std::uint32_t number = (mac[offset] & 0x7fU) << 24U |
                               static_cast<std::uint32_t>(mac[offset + 1]) << 16U |
                               static_cast<std::uint32_t>(mac[offset + 2]) << 8U | mac[offset + 3];
  auto digits = std::to_string(number % 1'000'000);
  return std::string(6 - digits.size(), '0') + digits;
}

std::int64_t totp_step(core::TimePoint time) {
  return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count() / 30;
}

std::optional<std::int64_t> matching_totp_step(std::string_view secret, std::string_view code,
                                               core::TimePoint now) {
  const auto present = totp_step(now);
  std::optional<std::int64_t> found;
  for (const auto step : {present - 1, present, present + 1}) {
    if (crypto::equal(totp_code(secret, step), code)) found = step;
  }
  return found;
}

std::string base32_encode(std::string_view bytes) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t pending = 0;
  unsigned bits = 0;
  for (const char c : bytes) {
    pending = pending << 8U | static_cast<unsigned char>(c);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += kAlphabet[(pending >> bits) & 31U];
    }
  }
  if (bits > 0) text += kAlphabet[(pending << (5 - bits)) & 31U];
  return text;
}

std::string totp_uri(std::string_view secret, std::string_view username) {
  return "otpauth://totp/Rollcall:" + std::string(username) + "?secret=" + base32_encode(secret) +
         "&issuer=Rollcall";
}

}  // namespace rollcall::accounts
