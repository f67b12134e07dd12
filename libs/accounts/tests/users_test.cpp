#include "office.hpp"
#include "rollcall/accounts/totp.hpp"

#include <crypt.h>

#include <rollcall/crypto/mac.hpp>

namespace rollcall::accounts {
namespace {

using namespace std::chrono_literals;

std::string decoded32(const std::string& text) {
  std::string bytes;
  unsigned pending = 0;
  unsigned bits = 0;
  for (const char c : text) {
    pending = pending << 5U | static_cast<unsigned>(c >= 'A' ? c - 'A' : c - '2' + 26);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes += static_cast<char>(pending >> bits);
    }
  }
  return bytes;
}

TEST(Users, FirstAdminNeedsTheTokenOfTheStart) {
  Office office;
  const auto token = office.users.make_setup_token();
  EXPECT_GE(token.size(), 22U);
  const NewUser admin{.username = "Ada", .password = kPassword, .role = Role::employee, .person = {}};
  EXPECT_EQ(reason_of(office.users.set_up("", admin)), "setup_token_wrong");
  EXPECT_EQ(reason_of(office.users.set_up("wrong", admin)), "setup_token_wrong");
  const auto made = office.users.set_up(token, admin);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->role, Role::admin);
  EXPECT_EQ(made->username, "ada");
  EXPECT_EQ(reason_of(office.users.set_up(token, admin)), "setup_token_wrong");
  EXPECT_EQ(office.users.make_setup_token(), "");
}

TEST(Users, LogInWithNameAndPassword) {
  Office office;
  office.add("ada");
  EXPECT_TRUE(office.log_in("ada", kPassword));
  EXPECT_TRUE(office.log_in("ADA", kPassword));
  EXPECT_EQ(reason_of(office.log_in("ada", "wrong password")), "login_failed");
  EXPECT_EQ(reason_of(office.log_in("ada", "")), "login_failed");
}

TEST(Users, UnknownWrongAndDisabledLookTheSameAndCostTheSame) {
  Office office;
  const auto ada = office.add("ada");
  office.add("eve");
  office.users.change(ada.id, {.status = UserStatus::disabled}).value();
  for (const auto& [name, password] :
       {std::pair{"ada", kPassword}, {"eve", "wrong password"}, {"nobody", kPassword}}) {
    const auto before = office.hasher.count();
    const auto refused = office.log_in(name, password);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "login_failed");
    EXPECT_EQ(refused.error().message, "The name or the password is wrong.");
    EXPECT_EQ(office.hasher.count(), before + 1) << name;
  }
}

TEST(Users, DisabledUserIsOutAtOnce) {
  Office office;
  const auto ada = office.add("ada");
  const auto tokens = office.sessions.start(SubjectKind::user, ada.id.value);
  office.users.change(ada.id, {.status = UserStatus::disabled}).value();
  EXPECT_FALSE(office.sessions.holder_of_token(tokens.access_token));
  office.users.change(ada.id, {.status = UserStatus::active}).value();
  EXPECT_FALSE(office.sessions.holder_of_token(tokens.access_token));  // the old session stays dead
  EXPECT_TRUE(office.log_in("ada", kPassword));
}

TEST(Users, NewRoleAndNewPasswordEndSessions) {
  Office office;
  const auto ada = office.add("ada");
  for (const auto& changes :
       {UserChanges{.role = Role::auditor}, UserChanges{.password = "a whole new password"}}) {
    const auto tokens = office.sessions.start(SubjectKind::user, ada.id.value);
    ASSERT_TRUE(office.sessions.holder_of_token(tokens.access_token));
    office.users.change(ada.id, changes).value();
    EXPECT_FALSE(office.sessions.holder_of_token(tokens.access_token));
  }
  EXPECT_TRUE(office.log_in("ada", "a whole new password"));
}

TEST(Users, OldPasswordIsAskedBeforeANewOne) {
  Office office;
  const auto ada = office.add("ada");
  EXPECT_EQ(reason_of(office.users.change_own_password(ada.id, "wrong", "a whole new password")),
            "password_wrong");
  EXPECT_TRUE(office.users.change_own_password(ada.id, kPassword, "a whole new password"));
}

TEST(Users, BcryptOfAnotherSystemIsTakenAndReplaced) {
  Office office;
  auto ada = office.add("ada");
  crypt_data data{};
  ada.password_hash = crypt_r(kPassword, "$2b$04$abcdefghijklmnopqrstuu", &data);
  ASSERT_TRUE(ada.password_hash.starts_with("$2b$"));
  office.user_store.users[ada.id.value] = ada;
  EXPECT_FALSE(office.log_in("ada", "wrong password"));
  EXPECT_TRUE(office.log_in("ada", kPassword));
  EXPECT_TRUE(office.user_store.find(ada.id)->password_hash.starts_with("$argon2id$"));
  EXPECT_TRUE(office.log_in("ada", kPassword));
}

TEST(Users, BadNamesAndPasswordsAreRefused) {
  Office office;
  for (const auto* name :
       {"", "a b", "ä", "a\n", "a/b", "12345678901234567890123456789012345678901234567890123456789012345"}) {
    EXPECT_EQ(reason_of(office.users.add({name, kPassword, Role::employee, {}})), "bad_username") << name;
  }
  EXPECT_EQ(reason_of(office.users.add({"ada", "short", Role::employee, {}})), "password_too_short");
  EXPECT_EQ(reason_of(office.users.add({"ada", std::string(257, 'x'), Role::employee, {}})),
            "password_too_long");
  for (const auto* common : {"password123", "Password123", "aaaaaaaaaa", "12345678"}) {
    EXPECT_EQ(reason_of(office.users.add({"ada", common, Role::employee, {}})), "password_too_common")
        << common;
  }
  EXPECT_EQ(reason_of(office.users.add({"ada.lovelace", "Ada.Lovelace", Role::employee, {}})),
            "password_too_common");
}

TEST(Users, SecondFactorIsAskedForAndGoodOnce) {
  Office office;
  const auto ada = office.add("ada");
  const auto offer = office.users.offer_totp(ada);
  EXPECT_NE(offer.uri.find("otpauth://totp/Rollcall:ada?secret=" + offer.secret), std::string::npos);
  const auto secret = decoded32(offer.secret);
  const auto code = [&] { return totp_code(secret, totp_step(office.clock.now())); };

  EXPECT_EQ(reason_of(office.users.confirm_totp(ada.id, offer.sealed, "000000")), "totp_wrong");
  EXPECT_EQ(reason_of(office.users.confirm_totp(ada.id, "forged", code())), "totp_offer_invalid");
  ASSERT_TRUE(office.users.confirm_totp(ada.id, offer.sealed, code()));
  const auto log_in = [&](const std::optional<std::string>& totp) {
    return office.users.log_in({"ada", kPassword, totp}, {"192.0.2.1", ""});
  };
  EXPECT_EQ(reason_of(log_in(std::nullopt)), "totp_required");
  EXPECT_EQ(reason_of(log_in(code())), "totp_wrong");  // was used to confirm
  office.clock.advance(30s);
  EXPECT_TRUE(log_in(code()));
  EXPECT_EQ(reason_of(log_in(code())), "totp_wrong");
  office.clock.advance(30s);
  EXPECT_EQ(reason_of(office.users.log_in({"ada", "wrong password", code()}, {"192.0.2.1", ""})),
            "login_failed");
  // Sealed for Ada: nobody else can be given the same secret.
  const auto eve = office.add("eve");
  EXPECT_EQ(reason_of(office.users.confirm_totp(eve.id, offer.sealed, code())), "totp_offer_invalid");
}

TEST(Users, GuessingCostsFewVerificationsAndDoesNotLockTheOwnerOut) {
  Office office;
  const auto ada = office.add("ada");
  const auto cookie = office.users.remember(ada);
  const auto before = office.hasher.count();
  for (int i = 0; i < 2000; ++i) {
    const auto address = "198.51.100." + std::to_string(i % 250);
    EXPECT_FALSE(office.log_in("ada", "guess number " + std::to_string(i), address));
    if (i % 100 == 0) office.clock.advance(30s);  // ten minutes in all
  }
  EXPECT_LE(office.hasher.count() - before, 10U);
  EXPECT_EQ(reason_of(office.log_in("ada", kPassword, "203.0.113.9")), "too_many_attempts");
  EXPECT_TRUE(office.log_in("ada", kPassword, "203.0.113.9", cookie));
  EXPECT_FALSE(office.log_in("ada", kPassword, "203.0.113.10", cookie + "x"));
  office.add("eve");
  EXPECT_TRUE(office.log_in("eve", kPassword, "203.0.113.9"));
}

}  // namespace
}  // namespace rollcall::accounts
