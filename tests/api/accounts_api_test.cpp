#include "api_server.hpp"

namespace rollcall::testing {
namespace {

using accounts::Role;
using nlohmann::json;

json credentials(const std::string& name, const std::string& password = kPassword) {
  return {{"username", name}, {"password", password}};
}

class AccountsApi : public ::testing::Test {
 protected:
  void add_user(const std::string& name, Role role = Role::manager) {
    server.users.add({.username = name, .password = kPassword, .role = role, .person = {}}).value();
  }

  ApiServer server;
  HttpClient anonymous{server.url};
};

TEST_F(AccountsApi, FirstAdministratorIsMadeWithTheToken) {
  ApiServer fresh;
  // The fixture has made an administrator, so the door is closed already.
  EXPECT_FALSE(fresh.client->get("/v1/auth/setup").json()["needed"]);
  EXPECT_EQ(fresh.client
                ->post_json("/v1/auth/setup",
                            {{"setup_token", "guess"}, {"username", "eve"}, {"password", kPassword}})
                .status,
            403);
}

TEST_F(AccountsApi, LoginWorksUnderEveryName) {
  add_user("ada");
  for (const auto* path : {"/v1/auth/login", "/auth/login/", "/auth/admin/token"}) {
    const auto reply = anonymous.post_json(path, credentials("ada"));
    ASSERT_EQ(reply.status, 200) << path << reply.body;
    EXPECT_EQ(reply.json()["token_type"], "bearer");
    EXPECT_TRUE(reply.json()["expires_at"].is_number_integer());
    HttpClient ada(server.url, reply.json()["access_token"]);
    EXPECT_EQ(ada.get("/auth/secure/").json()["username"], "ada");
    EXPECT_EQ(ada.get("/auth/role-protected/").status, 403);
    EXPECT_EQ(server.client->get("/auth/role-protected/").status, 200);
  }
  const auto form = anonymous.send("POST", "/auth/admin/token",
                                   "grant_type=password&username=ada&password=correct+horse+battery",
                                   {{"Content-Type", "application/x-www-form-urlencoded"}});
  EXPECT_EQ(form.status, 200) << form.body;
}

TEST_F(AccountsApi, UnknownWrongAndDisabledAreAnsweredAlike) {
  add_user("ada");
  add_user("eve");
  const auto eve = server.services.accounts.users.store().find_by_name("eve");
  server.users.change(eve->id, {.status = accounts::UserStatus::disabled}).value();
  const auto strip = [](const Reply& reply) {
    auto document = reply.json();
    document.erase("request_id");
    return document.dump();
  };
  const auto wrong = anonymous.post_json("/v1/auth/login", credentials("ada", "wrong password"));
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(strip(wrong), strip(anonymous.post_json("/v1/auth/login", credentials("nobody"))));
  EXPECT_EQ(strip(wrong), strip(anonymous.post_json("/v1/auth/login", credentials("eve"))));
}

TEST_F(AccountsApi, TokensRefreshAndEnd) {
  add_user("ada");
  const auto first = anonymous.post_json("/v1/auth/login", credentials("ada")).json();
  const auto second = anonymous.post_json("/v1/auth/refresh", {{"refresh_token", first["refresh_token"]}});
  ASSERT_EQ(second.status, 200) << second.body;
  HttpClient ada(server.url, second.json()["access_token"]);
  EXPECT_EQ(ada.get("/v1/auth/me").status, 200);
  EXPECT_EQ(ada.send("POST", "/v1/auth/logout").status, 204);
  EXPECT_EQ(ada.get("/v1/auth/me").status, 401);
  EXPECT_EQ(
      anonymous.post_json("/v1/auth/refresh", {{"refresh_token", second.json()["refresh_token"]}}).status,
      401);
}

TEST_F(AccountsApi, DisabledUserIsOutWithTheNextRequest) {
  add_user("ada");
  HttpClient ada(server.url,
                 anonymous.post_json("/v1/auth/login", credentials("ada")).json()["access_token"]);
  EXPECT_EQ(ada.get("/v1/people").status, 200);
  const auto id = server.services.accounts.users.store().find_by_name("ada")->id.value;
  const auto changed = server.client->send("PATCH", "/auth/users/" + id + "/status",
                                           R"({"is_active": false})", {{"Content-Type", "application/json"}});
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.json()["status"], "disabled");
  EXPECT_EQ(ada.get("/v1/people").status, 401);
}

TEST_F(AccountsApi, UsersAreMadeByAdministrators) {
  const auto made = server.client->post_json(
      "/auth/users/", {{"username", "Bob"}, {"password", kPassword}, {"role", "user"}});
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.json()["username"], "bob");
  EXPECT_EQ(made.json()["role"], "employee");
  EXPECT_EQ(made.body.find("argon2"), std::string::npos);
  EXPECT_EQ(server.client->post_json("/v1/users", {{"username", "bob"}, {"password", kPassword}}).status,
            409);
  EXPECT_EQ(server.client->post_json("/v1/users", {{"username", "al"}, {"password", "short"}}).status, 400);
  EXPECT_EQ(
      server.client->post_json("/v1/users", {{"username", "al"}, {"password", kPassword}, {"role", "device"}})
          .reason(),
      "unknown_role");
}

TEST_F(AccountsApi, TokensBelongInOneHeaderOnly) {
  const auto token = server.token_of(Role::admin);
  EXPECT_EQ(anonymous.get("/v1/people", {{"Authorization", "bearer " + token}}).status,
            200);  // RFC 9110: any case
  EXPECT_EQ(anonymous.get("/v1/people?access_token=" + token).reason(), "token_in_url");
  EXPECT_EQ(
      anonymous
          .get("/v1/people", {{"Authorization", "Bearer " + token}, {"Authorization", "Bearer " + token}})
          .reason(),
      "two_authorizations");
  EXPECT_EQ(anonymous.get("/v1/people", {{"Authorization", "Basic YTpi"}}).status, 401);
  EXPECT_EQ(anonymous.get("/v1/people", {{"Authorization", token}}).status, 401);
  EXPECT_EQ(anonymous.get("/v1/people", {{"Authorization", "Bearer " + token + "x"}}).status, 401);
}

class BrowserSessionApi : public AccountsApi {
 protected:
  void SetUp() override {
    add_user("ada");
    auto body = credentials("ada");
    body["cookie"] = true;
    const auto reply = anonymous.post_json("/v1/auth/login", body);
    ASSERT_EQ(reply.status, 200) << reply.body;
    set_cookie = reply.headers.at("set-cookie");
    csrf = reply.json()["csrf_token"];
    const auto begin = set_cookie.find("rollcall=");
    cookie = set_cookie.substr(begin, set_cookie.find(';', begin) - begin);
    EXPECT_FALSE(reply.json().contains("access_token"));
  }
  Reply add_person(HeaderList headers) {
    headers.emplace_back("Cookie", cookie);
    return anonymous.post_json("/v1/people", {{"display_name", "Bob"}}, headers);
  }

  std::string set_cookie;
  std::string cookie;
  std::string csrf;
};

TEST_F(BrowserSessionApi, CookieIsHidden) {
  EXPECT_NE(set_cookie.find("; HttpOnly"), std::string::npos);
  EXPECT_NE(set_cookie.find("SameSite=Lax"), std::string::npos);
  EXPECT_EQ(anonymous.get("/v1/auth/me", {{"Cookie", cookie}}).json()["username"], "ada");
  EXPECT_EQ(anonymous.get("/v1/auth/me").status, 401);
}

TEST_F(BrowserSessionApi, ChangeNeedsTheTokenOfTheSession) {
  EXPECT_EQ(add_person({{"X-CSRF-Token", csrf}}).status, 201);
  EXPECT_EQ(add_person({}).reason(), "csrf_token_wrong");
  EXPECT_EQ(add_person({{"X-CSRF-Token", csrf + "x"}}).reason(), "csrf_token_wrong");
  const auto other =
      server.sessions.start_browser(server.services.accounts.users.store().find_by_name("ada")->id.value);
  EXPECT_EQ(add_person({{"X-CSRF-Token", other.csrf_token}}).reason(), "csrf_token_wrong");
}

TEST_F(BrowserSessionApi, ChangeFromAnotherSiteIsRefused) {
  const auto host = server.url.substr(7);
  EXPECT_EQ(add_person({{"X-CSRF-Token", csrf}, {"Origin", "http://" + host}}).status, 201);
  EXPECT_EQ(add_person({{"X-CSRF-Token", csrf}, {"Origin", "http://evil.example"}}).reason(), "cross_site");
  EXPECT_EQ(add_person({{"X-CSRF-Token", csrf}, {"Origin", "null"}}).reason(), "cross_site");
  for (const auto* site : {"cross-site", "same-site"}) {
    EXPECT_EQ(add_person({{"X-CSRF-Token", csrf}, {"Sec-Fetch-Site", site}}).reason(), "cross_site") << site;
  }
}

TEST_F(BrowserSessionApi, EndsAfterHalfAnHourWithoutUse) {
  server.clock.advance(std::chrono::minutes(29));
  EXPECT_EQ(anonymous.get("/v1/auth/me", {{"Cookie", cookie}}).status, 200);
  server.clock.advance(std::chrono::minutes(29));
  EXPECT_EQ(anonymous.get("/v1/auth/me", {{"Cookie", cookie}}).status, 200);
  server.clock.advance(std::chrono::minutes(31));
  EXPECT_EQ(anonymous.get("/v1/auth/me", {{"Cookie", cookie}}).status, 401);
}

TEST_F(BrowserSessionApi, CookieIsBoundToItsHostWhereHttpsIsOn) {
  ApiServer secure({.cookies = {.secure = true, .csrf_secure = true}});
  secure.services.accounts.cookies = {.secure = true, .csrf_secure = true};
  secure.users.add({.username = "ada", .password = kPassword, .role = Role::manager, .person = {}}).value();
  auto body = credentials("ada");
  body["cookie"] = true;
  HttpClient client(secure.url);
  const auto cookies = client.post_json("/v1/auth/login", body).headers.at("set-cookie");
  EXPECT_NE(cookies.find("__Host-rollcall="), std::string::npos);
  EXPECT_NE(cookies.find("__Host-rollcall-csrf="), std::string::npos);
  EXPECT_NE(cookies.find("; Secure"), std::string::npos);
}

TEST_F(AccountsApi, DeviceGetsInWithACodeAndSeesOnlyItsOwn) {
  server.enrolled("Ada", "ada");
  EXPECT_EQ(anonymous.post_json("/v1/devices/register", {{"device_id", "kiosk-001"}}).status, 401);
  const auto code = server.client->post_json("/v1/device-codes", json::object());
  ASSERT_EQ(code.status, 201) << code.body;
  const auto tokens = anonymous.post_json(
      "/v1/devices/register", {{"device_id", "kiosk-001"}, {"enrollment_code", code.json()["code"]}});
  ASSERT_EQ(tokens.status, 201) << tokens.body;
  for (const auto* member : {"access_token", "refresh_token", "expires_at"})
    EXPECT_TRUE(tokens.json().contains(member));
  HttpClient kiosk(server.url, tokens.json()["access_token"]);

  const auto own = kiosk.post_image("/v1/checkins", "ada");
  ASSERT_EQ(own.status, 201) << own.body;
  EXPECT_EQ(own.json()["event"]["device_id"], "kiosk-001");
  EXPECT_EQ(kiosk.post_image("/v1/checkins?device_id=kiosk-002", "ada").reason(), "device_mismatch");
  const auto other =
      server.client->post_image("/v1/checkins?device_id=other", "ada").json()["event"].value("id", "");
  EXPECT_EQ(kiosk.get("/v1/events").json()["items"].size(), 1U);
  EXPECT_TRUE(kiosk.get("/v1/events?device_id=other").json()["items"].empty());
  EXPECT_EQ(kiosk.get("/v1/events/" + own.json()["event"].value("id", "")).status, 200);
  EXPECT_EQ(kiosk.get("/v1/events/" + other).status, 404);
  EXPECT_EQ(kiosk.get("/v1/events/" + other + "/explain").status, 403);
  EXPECT_EQ(kiosk.send("POST", "/v1/devices/heartbeat").status, 204);

  EXPECT_EQ(server.client->send("POST", "/v1/devices/kiosk-001/revoke").status, 200);
  EXPECT_EQ(kiosk.get("/v1/events").status, 401);
  EXPECT_EQ(
      anonymous.post_json("/v1/auth/refresh", {{"refresh_token", tokens.json()["refresh_token"]}}).status,
      401);
}

TEST_F(AccountsApi, DeviceNeverSeesAScore) {
  server.enrolled("Ada", "ada");
  HttpClient kiosk(server.url, server.token_of(Role::device));
  std::set<std::string> bands;
  for (const auto* photo : {"ada", "ada again", "stranger", "between", "small", "bob"}) {
    const auto reply = kiosk.post_image("/v1/checkins", photo);
    const auto text = reply.body;
    for (const auto* word : {"score", "similarity", "distance", "embedding", "candidates"}) {
      EXPECT_EQ(text.find(word), std::string::npos) << photo << ": " << text;
    }
    bands.insert(reply.json()["event"].value("verdict", ""));
  }
  EXPECT_LE(bands.size(), 4U);
}

TEST_F(AccountsApi, WrongCodesAreFewAndAlike) {
  ApiServer limited({}, {1'000'000}, {5});
  HttpClient client(limited.url);
  int looked_at = 0;
  std::set<std::string> details;
  for (int i = 0; i < 1000; ++i) {
    const auto reply =
        client.post_json("/v1/devices/register",
                         {{"device_id", "kiosk"}, {"enrollment_code", "ABCDE" + std::to_string(10'000 + i)}});
    if (reply.status == 429) continue;
    ++looked_at;
    EXPECT_EQ(reply.status, 401);
    details.insert(reply.json().value("detail", ""));
    limited.clock.advance(std::chrono::milliseconds(900));  // 1,000 of them in a quarter of an hour
  }
  EXPECT_LE(looked_at, 300);
  EXPECT_GE(looked_at, 5);
  EXPECT_EQ(details.size(), 1U);
}

TEST_F(AccountsApi, RateIsLimitedForEachCaller) {
  ApiServer limited({}, {3});
  HttpClient client(limited.url);
  HttpClient other(limited.url, limited.token_of(Role::auditor));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.get("/v1/people").status, 401);
  const auto refused = client.get("/v1/people");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.headers.at("retry-after"), "20");
  EXPECT_EQ(refused.headers.at("ratelimit-limit"), "3");
  EXPECT_EQ(other.get("/v1/people").status, 200);  // the same address, but known by name
  EXPECT_EQ(client.get("/healthz").status, 200);
  limited.clock.advance(std::chrono::seconds(20));
  EXPECT_EQ(client.get("/v1/people").status, 401);
}

TEST_F(AccountsApi, ForwardedAddressIsBelievedFromTrustedProxiesOnly) {
  ApiServer doubting({}, {2});
  HttpClient client(doubting.url);
  int limited = 0;
  for (int i = 0; i < 6; ++i) {
    const auto forged = "203.0.113." + std::to_string(i);
    limited +=
        client.get("/v1/people",
                   {{"X-Forwarded-For", forged}, {"X-Real-IP", forged}, {"Forwarded", "for=" + forged}})
                    .status == 429
            ? 1
            : 0;
  }
  EXPECT_EQ(limited, 4);

  ApiServer trusting({.trusted_proxies = {"127.0.0.0/8", "10.0.0.0/8"}}, {2});
  HttpClient behind(trusting.url);
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(behind.get("/v1/people", {{"X-Forwarded-For", "203.0.113." + std::to_string(i)}}).status, 401);
  }
  // What the client itself put there stands to the left of what the proxy saw.
  limited = 0;
  for (int i = 0; i < 6; ++i) {
    limited +=
        behind.get("/v1/people",
                   {{"X-Forwarded-For", "203.0.113." + std::to_string(100 + i) + ", 198.51.100.7, 10.1.2.3"}})
                    .status == 429
            ? 1
            : 0;
  }
  EXPECT_EQ(limited, 4);
  // One subscriber has a whole /64.
  limited = 0;
  for (int i = 0; i < 6; ++i) {
    limited +=
        behind.get("/v1/people", {{"X-Forwarded-For", "2001:db8:1:2::" + std::to_string(i)}}).status == 429
            ? 1
            : 0;
  }
  EXPECT_EQ(limited, 4);
}

TEST_F(AccountsApi, OtherSitesGetNoAnswerUnlessTheyAreAllowed) {
  EXPECT_FALSE(server.client->get("/v1/people", {{"Origin", "https://hr.example"}})
                   .headers.contains("access-control-allow-origin"));
  ApiServer open({.cors_allowed_origins = {"https://hr.example"}});
  const auto allowed = open.client->get("/v1/people", {{"Origin", "https://hr.example"}});
  EXPECT_EQ(allowed.headers.at("access-control-allow-origin"), "https://hr.example");
  EXPECT_EQ(allowed.headers.at("vary"), "Origin");
  EXPECT_FALSE(allowed.headers.contains("access-control-allow-credentials"));
  const auto preflight = open.client->send("OPTIONS", "/v1/people", "", {{"Origin", "https://hr.example"}});
  EXPECT_EQ(preflight.status, 204);
  EXPECT_TRUE(preflight.headers.contains("access-control-allow-headers"));
  for (const auto* origin :
       {"https://hr.example.evil.example", "http://hr.example", "null", "https://hr.example:444"}) {
    EXPECT_FALSE(
        open.client->get("/v1/people", {{"Origin", origin}}).headers.contains("access-control-allow-origin"))
        << origin;
  }
}

TEST_F(AccountsApi, EveryAnswerHasTheSecurityHeaders) {
  ApiServer production({.development = false});
  for (const auto& reply :
       {production.client->get("/v1/people"), production.client->get("/nowhere"),
        HttpClient(production.url).get("/v1/people"), production.client->send("DELETE", "/healthz")}) {
    EXPECT_EQ(reply.headers.at("x-content-type-options"), "nosniff");
    EXPECT_EQ(reply.headers.at("cross-origin-opener-policy"), "same-origin");
    EXPECT_EQ(reply.headers.at("strict-transport-security"), "max-age=31536000");
    EXPECT_TRUE(reply.headers.at("content-security-policy").starts_with("default-src 'none'"));
    EXPECT_EQ(reply.headers.at("cache-control"), "no-store");
    EXPECT_TRUE(reply.headers.contains("permissions-policy"));
  }
}

TEST_F(AccountsApi, OtherNamesOfTheServerAreRefusedWhereTheyAreListed) {
  ApiServer named({.allowed_hosts = {"rollcall.example", "127.0.0.1"}});
  EXPECT_EQ(named.client->get("/healthz").status, 200);
  EXPECT_EQ(named.client->get("/healthz", {{"Host", "rollcall.example:8081"}}).status, 200);
  EXPECT_EQ(named.client->get("/healthz", {{"Host", "evil.example"}}).reason(), "host_not_allowed");
}

TEST_F(AccountsApi, MetricsNeedALoginInProduction) {
  ApiServer production({.development = false});
  EXPECT_EQ(HttpClient(production.url).get("/metrics").status, 401);
  EXPECT_EQ(HttpClient(production.url, production.token_of(Role::service)).get("/metrics").status, 200);
  EXPECT_EQ(anonymous.get("/metrics").status, 200);
}

TEST_F(AccountsApi, KeyOfAProgramReachesWithinItsScopes) {
  const auto made = server.client->post_json("/v1/api-keys", {{"name", "payroll"}, {"scopes", "events"}});
  ASSERT_EQ(made.status, 201) << made.body;
  HttpClient payroll(server.url, made.json()["secret"]);
  EXPECT_EQ(payroll.get("/v1/events").status, 200);
  EXPECT_EQ(payroll.get("/v1/people").status, 403);
  EXPECT_EQ(server.client->get("/v1/api-keys").body.find(made.json().value("secret", "?")),
            std::string::npos);
  EXPECT_EQ(server.client->post_json("/v1/api-keys", {{"name", "x"}, {"scopes", "everything"}}).reason(),
            "unknown_scope");
  const auto path = "/v1/api-keys/" + made.json()["key"].value("id", "");
  const auto rotated = server.client->send("POST", path + "/rotate");
  ASSERT_EQ(rotated.status, 200);
  EXPECT_EQ(payroll.get("/v1/events").status, 401);
  HttpClient renewed(server.url, rotated.json()["secret"]);
  EXPECT_EQ(renewed.get("/v1/events").status, 200);
  EXPECT_EQ(server.client->send("DELETE", path).status, 204);
  EXPECT_EQ(renewed.get("/v1/events").status, 401);
}

TEST_F(AccountsApi, AdministrativeActsLeaveTheirEntries) {
  const auto ada = server.enrolled("Ada", "ada");
  EXPECT_EQ(server.client->send("DELETE", "/v1/people/" + ada).status, 200);
  const auto before = server.client->get("/v1/audit").json()["items"].size();
  EXPECT_EQ(server.client->send("DELETE", "/v1/people/" + ada).status, 404);
  const auto entries = server.client->get("/v1/audit").json()["items"];
  // The second one changed nothing; the look at the trail is an entry of its own.
  EXPECT_EQ(entries.size(), before + 1);
  std::vector<std::string> actions;
  for (const auto& entry : entries) {
    actions.push_back(entry["action"]);
    EXPECT_TRUE(entry["actor"].get<std::string>().starts_with("user:")) << entry;
  }
  const auto count = [&](const std::string& action) { return std::ranges::count(actions, action); };
  // One for each transaction of the act.
  for (const auto* action : {"createPerson", "enrollFaces", "erasePerson", "listAudit"})
    EXPECT_GE(count(action), 1) << action;
  EXPECT_EQ(entries.dump().find("Ada"), std::string::npos);
  const auto of_person = server.client->get("/v1/audit?target=/v1/people/" + ada).json()["items"];
  ASSERT_GE(of_person.size(), 1U);
  EXPECT_EQ(of_person[0]["action"], "erasePerson");
}

TEST_F(AccountsApi, SecretsAreNowhereInTheDatabase) {
  add_user("ada");
  const auto tokens = anonymous.post_json("/v1/auth/login", credentials("ada")).json();
  const auto key = server.client->post_json("/v1/api-keys", {{"name", "x"}, {"scopes", "events"}})
                       .json()
                       .value("secret", "");
  const auto code = server.client->post_json("/v1/device-codes", json::object()).json().value("code", "");
  const auto bytes = server.stored_bytes();
  ASSERT_NE(bytes.find("ada"), std::string::npos);  // the scan sees what is there
  for (const auto& secret : {std::string(kPassword), tokens.value("access_token", ""),
                             tokens.value("refresh_token", ""), key, code}) {
    ASSERT_GE(secret.size(), 10U);
    EXPECT_EQ(bytes.find(secret), std::string::npos);
  }
}

}  // namespace
}  // namespace rollcall::testing
