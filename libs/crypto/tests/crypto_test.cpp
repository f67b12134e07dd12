#include <gtest/gtest.h>

#include <rollcall/crypto/base64url.hpp>
#include <rollcall/crypto/key.hpp>
#include <rollcall/crypto/mac.hpp>
#include <rollcall/crypto/seal.hpp>
#include <rollcall/crypto/signature.hpp>

namespace rollcall::crypto {
namespace {

class Crypto : public testing::Test {
 protected:
  static void SetUpTestSuite() { start(); }
};

TEST_F(Crypto, KeyIsReadInEveryFormThatPeopleWrite) {
  const auto expected = Key::from_bytes("0123456789abcdef0123456789abcde\xff");
  ASSERT_TRUE(expected);
  for (const auto* text : {
           "30313233343536373839616263646566303132333435363738396162636465ff",
           "30313233343536373839616263646566303132333435363738396162636465FF",
           "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZf8=",
           "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZf8",
           "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZf8=",
       }) {
    const auto key = Key::parse(text);
    ASSERT_TRUE(key) << text;
    EXPECT_TRUE(*key == *expected) << text;
  }
  // "_" and "-" of the URL-safe alphabet, which Fernet keys use.
  EXPECT_TRUE(Key::parse("__________________________________________8="));
  EXPECT_TRUE(Key::parse("//////////////////////////////////////////8="));
}

TEST_F(Crypto, OtherTextIsNoKey) {
  for (const auto* text :
       {"", "secret",
        "MDEyMzQ1Njc4OWFiY2RlZg==", "30313233343536373839616263646566303132333435363738396162636465fg",
        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZf8= ", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZf8MDEy"}) {
    EXPECT_FALSE(Key::parse(text)) << text;
  }
}

TEST_F(Crypto, DerivedKeysDifferByPurposeAndByKey) {
  const auto key = Key::random();
  EXPECT_TRUE(key.derive("a") == key.derive("a"));
  EXPECT_FALSE(key.derive("a") == key.derive("b"));
  EXPECT_FALSE(key.derive("a") == Key::random().derive("a"));
  EXPECT_EQ(key.id().size(), 16U);
}

TEST_F(Crypto, SealedMessageOpensOnlyUnchangedInItsPlaceWithItsKey) {
  const auto key = Key::random();
  const std::string plain = "templates are personal data";
  const auto sealed = seal(key, plain, "place 1");
  EXPECT_EQ(sealed.size(), plain.size() + kSealOverhead);
  EXPECT_EQ(open(key, sealed, "place 1"), plain);
  EXPECT_NE(seal(key, plain, "place 1"), sealed);
  EXPECT_FALSE(open(key, sealed, "place 2"));
  EXPECT_FALSE(open(Key::random(), sealed, "place 1"));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(open(key, changed, "place 1")) << "byte " << i;
    EXPECT_FALSE(open(key, sealed.substr(0, i), "place 1")) << "cut at " << i;
  }
}

TEST_F(Crypto, EmptyMessageIsSealedToo) {
  const auto key = Key::random();
  EXPECT_EQ(open(key, seal(key, "", ""), ""), "");
}

// Expected values from another implementation (Python's hmac and hashlib).
TEST_F(Crypto, MacIsHmacSha256) {
  const auto key = Key::from_bytes(std::string(32, '\x0b'));
  EXPECT_EQ(to_hex(hmac_sha256(*key, "Hi There")),
            "198a607eb44bfbc69903a0f1cf2bbdc5ba0aa3f3d9ae3c1c7a3b1696a0b68cf7");
  EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// RFC 8032 section 7.1, test 1.
TEST_F(Crypto, SignatureIsEd25519) {
  const auto seed = Key::parse("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  ASSERT_TRUE(seed);
  const SigningKey signer(*seed);
  EXPECT_EQ(to_hex(signer.public_key()), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  const auto signature = signer.sign("");
  EXPECT_EQ(to_hex(signature),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f"
            "0595bbe24655141438e7a100b");
  EXPECT_TRUE(is_signed_by(signer.public_key(), "", signature));
  EXPECT_FALSE(is_signed_by(signer.public_key(), "x", signature));
  EXPECT_FALSE(is_signed_by(signer.public_key(), "", "short"));
  EXPECT_FALSE(is_signed_by("short", "", signature));
}

TEST_F(Crypto, Base64UrlTakesOnlyItsOwnSpelling) {
  EXPECT_EQ(base64url_encode("\xff\xfe"), "__4");
  EXPECT_EQ(base64url_decode("__4"), "\xff\xfe");
  for (const auto* other : {"__5", "__4=", "//4", " __4", "__4\n", "_", "__4.", "__ 4"}) {
    EXPECT_FALSE(base64url_decode(other)) << other;
  }
}

TEST_F(Crypto, ComparisonSeesLengthAndContent) {
  EXPECT_TRUE(equal("", ""));
  EXPECT_TRUE(equal("abc", "abc"));
  EXPECT_FALSE(equal("abc", "abd"));
  EXPECT_FALSE(equal("abc", "ab"));
}

}  // namespace
}  // namespace rollcall::crypto
