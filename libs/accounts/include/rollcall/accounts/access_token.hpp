// Access tokens: JWT with HS256 (RFC 7519), judged by the rules of RFC 8725. Rollcall makes no other kind of
// JWT.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <rollcall/accounts/lru_map.hpp>
#include <rollcall/accounts/session.hpp>
#include <rollcall/core/clock.hpp>
#include <rollcall/core/result.hpp>

namespace rollcall::accounts {

struct AccessTokenSettings {
  // The first one signs; tokens of all of them are accepted. At least 32 bytes each.
  std::vector<std::string> signing_keys;
  std::string issuer = "attendance-engine";
  std::chrono::seconds ttl{900};
};

struct AccessClaims {
  std::string session;
  SubjectKind subject_kind = SubjectKind::user;
  std::string subject;
};

struct AccessToken {
  std::string text;
  core::TimePoint expires_at;
};

// A token says which session it belongs to; what its holder may do is looked up (see roster.hpp), so a change
// of role or an end of the session works at once.
//
// Nothing in a token chooses how it is judged: its header must be, byte for byte, the one that we write for
// one of our keys, and its claims must be spelled as we spell them.
//
// A token that was found good is remembered by its digest, because its holder shows it many times; its times
// are judged each time.
//
// Thread safe.
class AccessTokens {
 public:
  static constexpr std::size_t kBytesMax = 4096;
  static constexpr std::chrono::seconds kLeeway{30};

  AccessTokens(AccessTokenSettings settings, const core::Clock& clock);

  AccessToken issue(const AccessClaims& claims) const;
  // Errors: unauthenticated "token_invalid", "token_expired".
  core::Result<AccessClaims> verify(std::string_view token) const;

 private:
  struct SigningKey {
    std::string id;
    std::string secret;
    std::string header;  // the first part of every token that it signs
  };

  // What a good signature stands for.
  struct Content {
    AccessClaims claims;
    std::int64_t issued_at_s = 0;
    std::int64_t not_before_s = 0;
    std::int64_t expires_at_s = 0;
  };
  static constexpr std::size_t kRememberedMax = 10'000;

  core::Result<Content> read(std::string_view token) const;
  core::Result<AccessClaims> judge(Content content) const;

  const AccessTokenSettings settings_;
  const core::Clock& clock_;
  std::vector<SigningKey> keys_;
  mutable std::mutex mutex_;
  mutable LruMap<Content> remembered_{kRememberedMax};  // by SHA-256 of the token
};

}  // namespace rollcall::accounts
