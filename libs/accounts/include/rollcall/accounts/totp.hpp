// Time-based one-time passwords (RFC 6238): SHA-1, six digits, 30 seconds, as authenticator apps expect.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <rollcall/core/clock.hpp>

namespace rollcall::accounts {

constexpr std::size_t kTotpSecretBytes = 20;

// "492039"
std::string totp_code(std::string_view secret, std::int64_t step);
std::int64_t totp_step(core::TimePoint time);
// The step whose code this is, if it is the present one or one of its neighbours.
std::optional<std::int64_t> matching_totp_step(std::string_view secret, std::string_view code,
                                               core::TimePoint now);

// "otpauth://totp/Rollcall:ada?secret=...", which apps read as a QR code.
std::string totp_uri(std::string_view secret, std::string_view username);
std::string base32_encode(std::string_view bytes);

}  // namespace rollcall::accounts
