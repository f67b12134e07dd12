#include "office.hpp"

#include <thread>

namespace rollcall::accounts {
namespace {

using namespace std::chrono_literals;

class SessionTest : public ::testing::Test {
 protected:
  Office office;
  User ada = office.add("ada");
  IssuedTokens tokens = office.sessions.start(SubjectKind::user, ada.id.value);

  core::Result<IssuedTokens> refresh(const std::string& token) { return office.sessions.refresh(token); }
};

TEST_F(SessionTest, TokenLeadsToItsHolder) {
  const auto holder = office.sessions.holder_of_token(tokens.access_token);
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->id, ada.id.value);
  EXPECT_EQ(holder->role, Role::admin);
  EXPECT_EQ(holder->actor(), "user:" + ada.id.value);
}

TEST_F(SessionTest, RefreshGivesNewTokens) {
  office.clock.advance(20min);
  EXPECT_EQ(reason_of(office.sessions.holder_of_token(tokens.access_token)), "token_expired");
  const auto next = refresh(tokens.refresh_token);
  ASSERT_TRUE(next);
  EXPECT_NE(next->refresh_token, tokens.refresh_token);
  EXPECT_TRUE(office.sessions.holder_of_token(next->access_token));
}

TEST_F(SessionTest, LostAnswerIsForgiven) {
  const auto second = refresh(tokens.refresh_token);
  office.clock.advance(1h);
  const auto again = refresh(tokens.refresh_token);  // the answer above never arrived
  ASSERT_TRUE(again);
  EXPECT_EQ(again->refresh_token, second->refresh_token);
  EXPECT_EQ(office.session_store.advances, 1);
}

TEST_F(SessionTest, GrandparentEndsTheFamily) {
  const auto second = refresh(tokens.refresh_token);
  office.clock.advance(1min);
  const auto third = refresh(second->refresh_token);
  office.clock.advance(1min);
  EXPECT_EQ(reason_of(refresh(tokens.refresh_token)), "refresh_token_reused");
  EXPECT_EQ(office.reuses, 1);
  EXPECT_FALSE(office.sessions.holder_of_token(third->access_token));
  EXPECT_EQ(reason_of(refresh(third->refresh_token)), "session_ended");
}

TEST_F(SessionTest, GraceLetsParallelTabsPass) {
  const auto second = refresh(tokens.refresh_token);
  const auto third = refresh(second->refresh_token);
  office.clock.advance(9s);
  const auto late = refresh(tokens.refresh_token);
  ASSERT_TRUE(late);
  EXPECT_EQ(late->refresh_token, third->refresh_token);
  EXPECT_EQ(office.reuses, 0);
}

TEST_F(SessionTest, ParallelRefreshesMakeOneLineage) {
  std::vector<std::string> answers(100);
  {
    std::vector<std::jthread> threads;
    for (auto& answer : answers) {
      threads.emplace_back([&] {
        const auto next = refresh(tokens.refresh_token);
        if (next) answer = next->refresh_token;
      });
    }
  }
  EXPECT_EQ(office.session_store.advances, 1);
  for (const auto& answer : answers) EXPECT_EQ(answer, answers[0]);
  EXPECT_FALSE(answers[0].empty());
}

TEST_F(SessionTest, ForgedRefreshTokensAreRefused) {
  const auto& good = tokens.refresh_token;
  const auto mac = good.substr(good.rfind('.') + 1);
  for (const auto& forged :
       {std::string(), std::string("rt1."), good + "x", good.substr(0, good.size() - 1),
        "rt1." + tokens.session + ".1." + mac, "rt1." + tokens.session + ".-1." + mac, "rt1.other.0." + mac,
        "rt2" + good.substr(3), tokens.access_token, std::string(100'000, 'r')}) {
    EXPECT_EQ(reason_of(refresh(forged)), "refresh_token_invalid") << forged.substr(0, 80);
  }
}

TEST_F(SessionTest, RefreshTokenIsNoAccessToken) {
  EXPECT_FALSE(office.sessions.holder_of_token(tokens.refresh_token));
}

TEST_F(SessionTest, UserMustUseItWithinADayAndAtMostAMonth) {
  office.clock.advance(24h);
  EXPECT_EQ(reason_of(refresh(tokens.refresh_token)), "session_ended");

  auto current = office.sessions.start(SubjectKind::user, ada.id.value);
  for (int hours = 0; hours < 720 - 23; hours += 23) {
    office.clock.advance(23h);
    const auto next = refresh(current.refresh_token);
    ASSERT_TRUE(next) << hours;
    current = *next;
  }
  office.clock.advance(23h);
  EXPECT_EQ(reason_of(refresh(current.refresh_token)), "session_ended");
}

TEST_F(SessionTest, KioskSurvivesAHoliday) {
  office.roster.admit(SubjectKind::device, "kiosk", Role::device, {});
  auto current = office.sessions.start(SubjectKind::device, "kiosk");
  for (int holiday = 0; holiday < 6; ++holiday) {
    office.clock.advance(24h * 89);
    const auto next = refresh(current.refresh_token);
    ASSERT_TRUE(next);
    current = *next;
  }
  office.clock.advance(24h * 90);
  EXPECT_EQ(reason_of(refresh(current.refresh_token)), "session_ended");
}

TEST_F(SessionTest, EndWorksAtOnce) {
  office.sessions.end(tokens.session);
  EXPECT_EQ(reason_of(office.sessions.holder_of_token(tokens.access_token)), "session_ended");
  EXPECT_EQ(reason_of(refresh(tokens.refresh_token)), "session_ended");
}

TEST_F(SessionTest, SurvivesARestart) {
  Roster roster;
  Sessions after({.store = office.session_store,
                  .roster = roster,
                  .access_tokens = office.access_tokens,
                  .key = crypto::Key::random(),
                  .clock = office.clock,
                  .policy = {}});
  roster.admit(SubjectKind::user, ada.id.value, Role::auditor, {});
  EXPECT_FALSE(after.holder_of_token(tokens.access_token));
  after.load();
  const auto holder = after.holder_of_token(tokens.access_token);
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->role, Role::auditor);  // the role of now, not of the token
}

TEST_F(SessionTest, BrowserSessionEndsHalfAnHourAfterItsLastUse) {
  const auto browser = office.sessions.start_browser(ada.id.value);
  for (int i = 0; i < 4; ++i) {
    office.clock.advance(29min);
    const auto holder = office.sessions.holder_of_cookie(browser.cookie);
    ASSERT_TRUE(holder) << i;
    EXPECT_EQ(holder->csrf_token, browser.csrf_token);
    office.sessions.note_use(holder->principal);
    office.sessions.note_use(holder->principal);
  }
  EXPECT_EQ(office.session_store.touches, 4);
  office.clock.advance(30min);
  EXPECT_FALSE(office.sessions.holder_of_cookie(browser.cookie));
}

TEST_F(SessionTest, CookieAndTokenAreNotEachOther) {
  const auto browser = office.sessions.start_browser(ada.id.value);
  EXPECT_FALSE(office.sessions.holder_of_cookie(tokens.refresh_token));
  EXPECT_FALSE(office.sessions.holder_of_cookie("bs1." + tokens.session + ".0." +
                                                browser.cookie.substr(browser.cookie.rfind('.') + 1)));
  EXPECT_EQ(reason_of(refresh("rt1" + browser.cookie.substr(3))), "refresh_token_invalid");
  EXPECT_FALSE(office.sessions.holder_of_token(browser.cookie));
}

}  // namespace
}  // namespace rollcall::accounts
