#include "rollcall/accounts/access_token.hpp"

#include <memory>

#include <jwt.h>
#include <nlohmann/json.hpp>

#include <rollcall/core/assert.hpp>
#include <rollcall/core/infra_error.hpp>
#include <rollcall/core/uuid.hpp>
#include <rollcall/crypto/base64url.hpp>
#include <rollcall/crypto/mac.hpp>

namespace rollcall::accounts {
namespace {

using Json = nlohmann::json;

constexpr const char* kAudience = "rollcall";

struct FreeJwt {
  void operator()(jwt_t* jwt) const { jwt_free(jwt); }
};
using Jwt = std::unique_ptr<jwt_t, FreeJwt>;

std::int64_t seconds_of(core::TimePoint time) {
  return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

std::string signed_text(const Json& claims, const std::string& key_id, const std::string& secret) {
  jwt_t* raw = nullptr;
  if (jwt_new(&raw) != 0) throw std::bad_alloc();
  const Jwt jwt(raw);
  const bool made = jwt_add_header(raw, "kid", key_id.c_str()) == 0 &&
                    jwt_add_grants_json(raw, claims.dump().c_str()) == 0 &&
                    jwt_set_alg(raw, JWT_ALG_HS256, reinterpret_cast<const unsigned char*>(secret.data()),
                                static_cast<int>(secret.size())) == 0;
  const std::unique_ptr<char, void (*)(void*)> text(made ? jwt_encode_str(raw) : nullptr, &std::free);
  if (!text) throw core::InfraError("a token could not be signed");
  return text.get();
}

bool has_valid_signature(const std::string& token, const std::string& secret) {
  jwt_t* raw = nullptr;
  const int failed = jwt_decode(&raw, token.c_str(), reinterpret_cast<const unsigned char*>(secret.data()),
                                static_cast<int>(secret.size()));
  const Jwt jwt(failed == 0 ? raw : nullptr);
  return jwt && jwt_get_alg(jwt.get()) == JWT_ALG_HS256;
}

// The claims, if they are spelled as we spell them: sorted, compact, nothing twice.
std::optional<Json> claims_of(std::string_view part) {
  const auto text = crypto::base64url_decode(part);
  if (!text) return std::nullopt;
  auto claims = Json::parse(*text, nullptr, false);
  if (!claims.is_object() || claims.dump() != *text) return std::nullopt;
  return claims;
}

std::string text_claim(const Json& claims, const char* name) {
  const auto found = claims.find(name);
  return found != claims.end() && found->is_string() ? found->get<std::string>() : "";
}

std::optional<std::int64_t> time_claim(const Json& claims, const char* name) {
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number_unsigned()) return std::nullopt;
  // Until the year 9999; also keeps the arithmetic below from overflowing.
  const auto value = found->get<std::uint64_t>();
  if (value > 253'402'300'799U) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

core::Error invalid(std::string detail) {
  return {core::Errc::unauthenticated, "token_invalid", "The access token is not valid: log in again.",
          std::move(detail)};
}

}  // namespace

AccessTokens::AccessTokens(AccessTokenSettings settings, const core::Clock& clock)
    : settings_(std::move(settings)), clock_(clock) {
  ROLLCALL_ASSERT(!settings_.signing_keys.empty());
  for (const auto& secret : settings_.signing_keys) {
    ROLLCALL_ASSERT(secret.size() >= 32);
    SigningKey key{crypto::to_hex(crypto::sha256("rollcall jwt kid" + secret).substr(0, 8)), secret, {}};
    const auto sample = signed_text(Json::object(), key.id, secret);
    key.header = sample.substr(0, sample.find('.'));
    keys_.push_back(std::move(key));
  }
}

AccessToken AccessTokens::issue(const AccessClaims& claims) const {
  const auto now = clock_.now();
  const auto expires_at = now + settings_.ttl;
  const Json json{{"iss", settings_.issuer},
                  {"aud", kAudience},
                  {"sub", (claims.subject_kind == SubjectKind::user ? "user:" : "device:") + claims.subject},
                  {"sid", claims.session},
                  {"jti", core::make_uuid_v7(now)},
                  {"iat", seconds_of(now)},
                  {"nbf", seconds_of(now)},
                  {"exp", seconds_of(expires_at)}};
  return {signed_text(json, keys_[0].id, keys_[0].secret), expires_at};
}

core::Result<AccessClaims> AccessTokens::verify(std::string_view token) const {
  if (token.size() > kBytesMax) return invalid("too long");
  const auto digest = crypto::sha256(token);
  {
    const std::lock_guard lock(mutex_);
    if (const auto* known = remembered_.find(digest)) return judge(*known);
  }
  const auto content = read(token);
  if (!content) return content.error();
  {
    const std::lock_guard lock(mutex_);
    remembered_.get(digest, *content);
  }
  return judge(*content);
}

core::Result<AccessTokens::Content> AccessTokens::read(std::string_view token) const {
  const auto first = token.find('.');
  const auto second = token.find('.', first == token.npos ? first : first + 1);
  if (second == token.npos || token.find('.', second + 1) != token.npos) return invalid("not three parts");

  const auto header = token.substr(0, first);
  const SigningKey* key = nullptr;
  for (const auto& each : keys_) {
    if (each.header == header) key = &each;
  }
  if (key == nullptr) return invalid("not our header");
  if (!crypto::base64url_decode(token.substr(second + 1))) return invalid("signature is misspelled");
  if (!has_valid_signature(std::string(token), key->secret)) return invalid("wrong signature");

  const auto claims = claims_of(token.substr(first + 1, second - first - 1));
  if (!claims) return invalid("claims are misspelled");
  const auto issued_at = time_claim(*claims, "iat");
  const auto not_before = time_claim(*claims, "nbf");
  const auto expires_at = time_claim(*claims, "exp");
  if (!issued_at || !not_before || !expires_at) return invalid("no time");
  if (text_claim(*claims, "iss") != settings_.issuer) return invalid("other issuer");
  if (text_claim(*claims, "aud") != kAudience) return invalid("other audience");

  Content content{.claims = {.session = text_claim(*claims, "sid")},
                  .issued_at_s = *issued_at,
                  .not_before_s = *not_before,
                  .expires_at_s = *expires_at};
  const auto subject = text_claim(*claims, "sub");
  for (const auto& [prefix, kind] : {std::pair{std::string_view("user:"), SubjectKind::user},
                                     std::pair{std::string_view("device:"), SubjectKind::device}}) {
    if (!subject.starts_with(prefix)) continue;
    content.claims.subject_kind = kind;
    content.claims.subject = subject.substr(prefix.size());
  }
  if (content.claims.session.empty() || content.claims.subject.empty())
    return invalid("no session or subject");
  return content;
}

core::Result<AccessClaims> AccessTokens::judge(Content content) const {
  const auto now = seconds_of(clock_.now());
  if (now + kLeeway.count() < content.not_before_s || now + kLeeway.count() < content.issued_at_s) {
    return invalid("from the future");
  }
  if (now - kLeeway.count() >= content.expires_at_s) {
    return core::Error{core::Errc::unauthenticated, "token_expired",
                       "The access token has expired: refresh it."};
  }
  return std::move(content.claims);
}

}  // namespace rollcall::accounts
