#include "office.hpp"

#include <jwt.h>
#include <nlohmann/json.hpp>

#include <rollcall/crypto/base64url.hpp>
#include <rollcall/crypto/mac.hpp>

namespace rollcall::accounts {
namespace {

using Json = nlohmann::json;

class AccessTokenTest : public ::testing::Test {
 protected:
  std::string issue() { return tokens.issue({"session-1", SubjectKind::user, "ada"}).text; }

  Json claims() const {
    const auto now = std::chrono::floor<std::chrono::seconds>(clock.now().time_since_epoch()).count();
    return {{"iss", "attendance-engine"},
            {"aud", "rollcall"},
            {"sub", "user:ada"},
            {"sid", "session-1"},
            {"jti", "1"},
            {"iat", now},
            {"nbf", now},
            {"exp", now + 900}};
  }
  std::string our_header() { return issue().substr(0, issue().find('.')); }

  static std::string signed_with(const std::string& header_and_payload, const std::string& secret) {
    // HMAC with a key of any length, by the definition of RFC 2104.
    std::string key = secret.size() > 64 ? crypto::sha256(secret) : secret;
    key.resize(64, '\0');
    std::string inner(64, '\0');
    std::string outer(64, '\0');
    for (std::size_t i = 0; i < 64; ++i) {
      inner[i] = static_cast<char>(key[i] ^ 0x36);
      outer[i] = static_cast<char>(key[i] ^ 0x5c);
    }
    const auto mac = crypto::sha256(outer + crypto::sha256(inner + header_and_payload));
    return header_and_payload + "." + crypto::base64url_encode(mac);
  }
  // Signed with the right key, whatever it says.
  static std::string with_header(const std::string& header_json, const std::string& payload) {
    return signed_with(crypto::base64url_encode(header_json) + "." + crypto::base64url_encode(payload),
                       kJwtKey);
  }
  std::string with_payload(const std::string& payload) {
    return signed_with(our_header() + "." + crypto::base64url_encode(payload), kJwtKey);
  }
  std::string with_claim(const std::string& name, const Json& value) {
    auto changed = claims();
    changed[name] = value;
    return with_payload(changed.dump());
  }
  std::string without(const std::string& name) {
    auto changed = claims();
    changed.erase(name);
    return with_payload(changed.dump());
  }
  std::string header_like(const Json& members) {
    auto header = Json::parse(*crypto::base64url_decode(our_header()));
    header.update(members);
    return header.dump();
  }

  core::testing::FakeClock clock;
  AccessTokens tokens{{.signing_keys = {kJwtKey}}, clock};
};

TEST_F(AccessTokenTest, IsWhatItSays) {
  const auto verified = tokens.verify(issue());
  ASSERT_TRUE(verified) << verified.error().detail;
  EXPECT_EQ(verified->session, "session-1");
  EXPECT_EQ(verified->subject, "ada");
  EXPECT_EQ(verified->subject_kind, SubjectKind::user);
  const auto device = tokens.verify(tokens.issue({"s", SubjectKind::device, "kiosk-001"}).text);
  ASSERT_TRUE(device);
  EXPECT_EQ(device->subject_kind, SubjectKind::device);
}

// So the refusals below are about what they change, not about how this test makes tokens.
TEST_F(AccessTokenTest, TestTokenOfTheSameKindIsAccepted) {
  EXPECT_TRUE(tokens.verify(with_payload(claims().dump())));
  EXPECT_TRUE(tokens.verify(with_header(header_like(Json::object()), claims().dump())));
}

TEST_F(AccessTokenTest, LeewayIsThirtySecondsToTheSecond) {
  const auto token = issue();
  clock.advance(std::chrono::seconds(900 + 29));
  EXPECT_TRUE(tokens.verify(token));
  clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(reason_of(tokens.verify(token)), "token_expired");

  const auto now = claims()["iat"].get<std::int64_t>();
  EXPECT_TRUE(tokens.verify(with_claim("nbf", now + 30)));
  EXPECT_EQ(reason_of(tokens.verify(with_claim("nbf", now + 31))), "token_invalid");
}

TEST_F(AccessTokenTest, RememberedTokenExpiresToo) {
  const auto token = issue();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(tokens.verify(token));
  EXPECT_FALSE(tokens.verify(token + "A"));
  clock.advance(std::chrono::seconds(930));
  EXPECT_EQ(reason_of(tokens.verify(token)), "token_expired");
}

TEST_F(AccessTokenTest, KeyRingKeepsTheKeyBefore) {
  const std::string new_key = "another key of more than 32 bytes!!";
  const AccessTokens rotated({.signing_keys = {new_key, kJwtKey}}, clock);
  EXPECT_TRUE(rotated.verify(issue()));
  const AccessTokens without_old({.signing_keys = {new_key}}, clock);
  EXPECT_FALSE(without_old.verify(issue()));
  EXPECT_FALSE(tokens.verify(rotated.issue({"s", SubjectKind::user, "ada"}).text));
}

TEST_F(AccessTokenTest, ForgedTokensAreRefused) {
  const auto good = issue();
  const auto first = good.find('.');
  const auto second = good.rfind('.');
  const auto header = good.substr(0, first);
  const auto payload = good.substr(first + 1, second - first - 1);
  const auto signature = good.substr(second + 1);
  const auto body = claims().dump();
  const auto now = claims()["iat"].get<std::int64_t>();
  const auto encoded = [](const std::string& text) { return crypto::base64url_encode(text); };
  std::string flipped = good;
  flipped.back() = flipped.back() == 'A' ? 'B' : 'A';
  std::string other_body = claims().dump();

  const std::vector<std::pair<std::string, std::string>> forged{
      {"empty", ""},
      {"dots", ".."},
      {"alg none", encoded(R"({"alg":"none","typ":"JWT"})") + "." + payload + "."},
      {"alg None", encoded(R"({"alg":"None","typ":"at+jwt"})") + "." + payload + "."},
      {"alg nOnE with our signature", encoded(R"({"alg":"nOnE"})") + "." + payload + "." + signature},
      {"alg none, our kid", encoded(header_like({{"alg", "none"}})) + "." + payload + "."},
      {"alg HS384", with_header(header_like({{"alg", "HS384"}}), body)},
      {"alg HS512", with_header(header_like({{"alg", "HS512"}}), body)},
      {"alg RS256", with_header(header_like({{"alg", "RS256"}}), body)},
      {"alg ES256", with_header(header_like({{"alg", "ES256"}}), body)},
      {"alg PS256", with_header(header_like({{"alg", "PS256"}}), body)},
      {"alg EdDSA", with_header(header_like({{"alg", "EdDSA"}}), body)},
      {"alg missing", with_header(R"({"typ":"JWT"})", body)},
      {"alg lower case", with_header(header_like({{"alg", "hs256"}}), body)},
      {"signed with a public key", signed_with(header + "." + payload, "-----BEGIN PUBLIC KEY-----")},
      {"empty signature", header + "." + payload + "."},
      {"truncated signature", good.substr(0, good.size() - 4)},
      {"extended signature", good + "AAAA"},
      {"changed signature", flipped},
      {"wrong key", signed_with(header + "." + payload, "some other key that has 32 bytes too")},
      {"empty key", signed_with(header + "." + payload, "")},
      {"changed payload", header + "." + encoded(R"({"sub":"user:root"})") + "." + signature},
      {"other kid", with_header(header_like({{"kid", "other"}}), body)},
      {"kid missing", with_header(R"({"alg":"HS256","typ":"JWT"})", body)},
      {"kid is a path", with_header(header_like({{"kid", "../../dev/null"}}), body)},
      {"kid is SQL", with_header(header_like({{"kid", "' OR 1=1 --"}}), body)},
      {"kid is a number", with_header(header_like({{"kid", 1}}), body)},
      {"typ at+jwt", with_header(header_like({{"typ", "at+jwt"}}), body)},
      {"typ rt+jwt", with_header(header_like({{"typ", "rt+jwt"}}), body)},
      {"cty nested", with_header(header_like({{"cty", "JWT"}}), body)},
      {"crit unknown", with_header(header_like({{"crit", {"exp"}}}), body)},
      {"b64 false", with_header(header_like({{"b64", false}, {"crit", {"b64"}}}), body)},
      {"jwk", with_header(header_like({{"jwk", {{"kty", "oct"}, {"k", "AAAA"}}}}), body)},
      {"jku", with_header(header_like({{"jku", "https://evil.example/keys"}}), body)},
      {"x5u", with_header(header_like({{"x5u", "https://evil.example/cert"}}), body)},
      {"x5c", with_header(header_like({{"x5c", {"AAAA"}}}), body)},
      {"header with a space", with_header(header_like(Json::object()) + " ", body)},
      {"header with a member twice",
       with_header(R"({"alg":"none",)" + header_like(Json::object()).substr(1), body)},
      {"exp past", with_claim("exp", now - 31)},
      {"exp missing", without("exp")},
      {"exp a string", with_claim("exp", std::to_string(now + 900))},
      {"exp a float", with_claim("exp", static_cast<double>(now) + 900.5)},
      {"exp negative", with_claim("exp", -1)},
      {"exp null", with_claim("exp", nullptr)},
      {"exp true", with_claim("exp", true)},
      {"exp far beyond time", with_claim("exp", 18'446'744'073'709'551'615U)},
      {"exp 1e400", with_payload(R"({"aud":"rollcall","exp":1e400})")},
      {"nbf missing", without("nbf")},
      {"nbf in the future", with_claim("nbf", now + 3600)},
      {"iat missing", without("iat")},
      {"iat in the far future", with_claim("iat", now + 86'400)},
      {"aud missing", without("aud")},
      {"aud other", with_claim("aud", "payroll")},
      {"aud a list", with_claim("aud", {"rollcall", "payroll"})},
      {"iss missing", without("iss")},
      {"iss other", with_claim("iss", "evil")},
      {"sid missing", without("sid")},
      {"sid a number", with_claim("sid", 7)},
      {"sub missing", without("sub")},
      {"sub of no kind", with_claim("sub", "ada")},
      {"sub empty", with_claim("sub", "user:")},
      {"claim twice", with_payload(R"({"aud":"payroll",)" + body.substr(1))},
      {"white space in claims", with_payload(body + " ")},
      {"claims no object", with_payload("[]")},
      {"claims no JSON", with_payload("sub=user:ada")},
      {"deep claims", with_payload(std::string(1000, '[') + std::string(1000, ']'))},
      {"NUL in claims", with_payload(body + std::string(1, '\0'))},
      {"two parts", header + "." + payload},
      {"four parts", good + "." + signature},
      {"JWE of five parts", good + ".a.b"},
      {"padding", good + "="},
      {"leading space", " " + good},
      {"trailing newline", good + "\n"},
      {"inner space", header + " ." + payload + "." + signature},
      {"NUL at the end", good + std::string(1, '\0')},
      {"standard alphabet", header + "." + payload + ".+/+/" + signature.substr(4)},
      {"64 KB", header + "." + std::string(65'536, 'A') + "." + signature},
      {"refresh token", "rt1.session-1.0." + signature},
  };
  EXPECT_GE(forged.size(), 70U);
  for (const auto& [what, token] : forged) EXPECT_FALSE(tokens.verify(token)) << what;
}

// The last character of a signature of 32 bytes has two bits that decoders may ignore.
TEST_F(AccessTokenTest, EachTokenHasOneSpelling) {
  const auto good = issue();
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  int accepted = 0;
  for (const char last : alphabet) accepted += tokens.verify(good.substr(0, good.size() - 1) + last) ? 1 : 0;
  EXPECT_EQ(accepted, 1);
}

}  // namespace
}  // namespace rollcall::accounts
