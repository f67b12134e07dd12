#include "rollcall/accounts/password.hpp"

#include <algorithm>
#include <array>

#include <crypt.h>
#include <sodium.h>

#include <rollcall/crypto/base64url.hpp>
#include <rollcall/crypto/mac.hpp>

namespace rollcall::accounts {
namespace {

constexpr std::chrono::seconds kWaitMax{1};

// The most used ones of eight or more characters; longer lists are for a service that knows breaches.
constexpr auto kCommon = std::to_array<std::string_view>({
    "password",   "password1",  "password12", "password123", "passw0rd",   "12345678",   "123456789",
    "1234567890", "87654321",   "11111111",   "00000000",    "qwertyui",   "qwerty123",  "qwertyuiop",
    "1q2w3e4r",   "1q2w3e4r5t", "iloveyou",   "sunshine",    "princess",   "football",   "baseball",
    "superman",   "trustno1",   "letmein1",   "welcome1",    "welcome123", "admin123",   "administrator",
    "changeme",   "changeme1",  "dragon123",  "monkey123",   "master123",  "abc12345",   "abcd1234",
    "a1b2c3d4",   "zaq12wsx",   "asdfghjkl",  "computer",    "internet",   "michelle",   "jennifer",
    "starwars",   "whatever",   "rollcall",   "attendance",  "secret123",  "letmein123", "p@ssw0rd",
    "p@ssword",   "qazwsxedc",  "1qaz2wsx",   "88888888",    "99999999",   "12341234",   "qwer1234",
});

std::string folded(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

bool is_bcrypt(std::string_view hash) {
  return hash.starts_with("$2a$") || hash.starts_with("$2b$") || hash.starts_with("$2y$");
}

bool matches_bcrypt(std::string_view password, const std::string& hash) {
  // bcrypt reads no further than a NUL or 72 bytes; what it would ignore is not a right password.
  if (password.size() > 72 || password.find('\0') != password.npos) return false;
  crypt_data data{};
  const char* computed = crypt_r(std::string(password).c_str(), hash.c_str(), &data);
  return computed != nullptr && crypto::equal(computed, hash);
}

}  // namespace

// One of the kAtOnceMax places at the work.
class PasswordHasher::Turn {
 public:
  explicit Turn(PasswordHasher& hasher) : hasher_(hasher) {
    std::unique_lock lock(hasher_.mutex_);
    got_ = hasher_.freed_.wait_for(lock, kWaitMax, [&] { return hasher_.running_ < kAtOnceMax; });
    if (!got_) return;
    hasher_.running_max_ = std::max(hasher_.running_max_, ++hasher_.running_);
    ++hasher_.count_;
  }
  ~Turn() {
    if (!got_) return;
    const std::lock_guard lock(hasher_.mutex_);
    --hasher_.running_;
    hasher_.freed_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  bool got() const { return got_; }
  static core::Error refused() {
    return {core::Errc::overloaded, "too_many_logins", "Too many people log in at this moment; try again."};
  }

 private:
  PasswordHasher& hasher_;
  bool got_ = false;
};

PasswordHasher::PasswordHasher(const crypto::Key& pepper, PasswordCost cost)
    : pepper_(pepper), cost_(cost), dummy_(compute("nobody's password")) {}

core::Result<void> PasswordHasher::judge(std::string_view password, std::string_view username) {
  using core::Errc;
  using core::Error;
  if (password.size() < kLengthMin) {
    return Error{Errc::invalid_input, "password_too_short",
                 "Use at least 8 characters; 15 or more are better."};
  }
  if (password.size() > kLengthMax) {
    return Error{Errc::invalid_input, "password_too_long", "Use at most 256 bytes."};
  }
  const auto lower = folded(password);
  if (std::ranges::count(kCommon, lower) > 0 || lower == username ||
      lower.find_first_not_of(lower[0]) == std::string::npos) {
    return Error{Errc::invalid_input, "password_too_common",
                 "This password is easy to guess: choose another."};
  }
  return {};
}

std::string PasswordHasher::peppered(std::string_view password) const {
  return crypto::base64url_encode(crypto::hmac_sha256(pepper_, password));
}

std::string PasswordHasher::compute(std::string_view password) const {
  const auto input = peppered(password);
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), input.data(), input.size(), cost_.passes, cost_.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();
  }
  return text.data();
}

core::Result<std::string> PasswordHasher::hash(std::string_view password) {
  const Turn turn(*this);
  if (!turn.got()) return Turn::refused();
  return compute(password);
}

core::Result<PasswordHasher::Verified> PasswordHasher::verify(std::string_view password,
                                                              const std::optional<std::string>& hash) {
  const Turn turn(*this);
  if (!turn.got()) return Turn::refused();
  if (hash && is_bcrypt(*hash)) {
    const bool matches = matches_bcrypt(password, *hash);
    return Verified{matches, matches};
  }
  const auto& known = hash ? *hash : dummy_;
  const auto input = peppered(password.substr(0, kLengthMax + 1));
  const bool matches =
      crypto_pwhash_str_verify(known.c_str(), input.data(), input.size()) == 0 && hash.has_value();
  return Verified{matches, matches && crypto_pwhash_str_needs_rehash(known.c_str(), cost_.passes,
                                                                     cost_.memory_bytes) != 0};
}

std::uint64_t PasswordHasher::count() const {
  const std::lock_guard lock(mutex_);
  return count_;
}

int PasswordHasher::running_max() const {
  const std::lock_guard lock(mutex_);
  return running_max_;
}

}  // namespace rollcall::accounts
