#include "rollcall/http/client.hpp"

#include "test_server.hpp"

#include <gtest/gtest.h>

namespace rollcall::http {
namespace {

// A web server on loopback; the policy that names its port may reach it.
class Fetch : public ::testing::Test {
 protected:
  Fetch() : server_({}, routes()) { server_.start(); }

  static Router routes() {
    Router router;
    router.add({.pattern = "/photo", .handler = [](const Request&) {
                  Response response{200, {}, "photo"};
                  response.headers.set("Content-Type", "image/jpeg");
                  return response;
                }});
    router.add({.pattern = "/big",
                .handler = [](const Request&) { return testing::text_response(std::string(1000, 'x')); }});
    router.add({.pattern = "/away", .handler = [](const Request&) {
                  Response response{302, {}, {}};
                  response.headers.set("Location", "/photo");
                  return response;
                }});
    return router;
  }

  std::string authority() const { return "127.0.0.1:" + std::to_string(server_.port()); }
  std::string url(const std::string& path) const { return "http://" + authority() + path; }
  FetchPolicy policy() const { return {.allowed_hosts = {authority()}}; }

  Server server_;
};

std::string_view reason_of(const core::Result<FetchedBody>& body) {
  return body ? "" : body.error().reason;
}

TEST_F(Fetch, GivesBodyAndType) {
  const auto body = fetch(url("/photo"), policy());
  ASSERT_TRUE(body) << body.error().detail;
  EXPECT_EQ(body->bytes, "photo");
  EXPECT_EQ(body->content_type, "image/jpeg");
}

TEST_F(Fetch, FollowsNoRedirect) {
  EXPECT_EQ(reason_of(fetch(url("/away"), policy())), "url_bad_status");
}

TEST_F(Fetch, RefusesOtherStatuses) {
  EXPECT_EQ(reason_of(fetch(url("/nowhere"), policy())), "url_bad_status");
}

TEST_F(Fetch, StopsAtTheLimit) {
  auto limited = policy();
  limited.limits.bytes_max = 999;
  EXPECT_EQ(reason_of(fetch(url("/big"), limited)), "response_too_large");
  limited.limits.bytes_max = 1000;
  EXPECT_EQ(fetch(url("/big"), limited)->bytes.size(), 1000U);
}

TEST_F(Fetch, ANameWithoutPortNeverReachesLoopback) {
  // "localhost" is allowed as a name, but only for public addresses; port 80 need not be open for that to
  // show.
  EXPECT_EQ(reason_of(fetch("http://localhost/photo", {.allowed_hosts = {"localhost"}})),
            "url_host_not_allowed");
  const auto named_port = "localhost:" + std::to_string(server_.port());
  EXPECT_TRUE(fetch("http://" + named_port + "/photo", {.allowed_hosts = {named_port}}));
}

TEST_F(Fetch, IgnoresAProxyOfTheEnvironment) {
  ::setenv("http_proxy", "http://127.0.0.1:1", 1);
  EXPECT_TRUE(fetch(url("/photo"), policy()));
  ::unsetenv("http_proxy");
}

TEST_F(Fetch, OnlyExactHostsAreAllowed) {
  const auto port = std::to_string(server_.port());
  for (const auto& target : {"http://localhost:" + port + "/", "http://127.0.0.2:" + port + "/",
                             std::string("http://127.0.0.1/"), std::string("http://127.0.0.1:1/"),
                             "https://127.0.0.1:" + std::to_string(server_.port() + 1) + "/"}) {
    EXPECT_EQ(reason_of(fetch(target, policy())), "url_host_not_allowed") << target;
  }
}

// libcurl itself turns the odd spellings of an IPv4 address into the usual one, so they match the entry for
// it or none.
TEST_F(Fetch, SpellingsOfAnAddressGainNothing) {
  for (const auto* const host :
       {"2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]", "[::1]"}) {
    EXPECT_EQ(reason_of(fetch("http://" + std::string(host) + "/", {.allowed_hosts = {"example.org"}})),
              "url_host_not_allowed")
        << host;
  }
}

TEST(FetchUrl, IsRefusedWhenMalformed) {
  const FetchPolicy policy{.allowed_hosts = {"example.org"}};
  for (const auto* const url :
       {"", "example.org", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "http://",
        "http://user@example.org/", "http://user:pass@example.org/", "http://example.org/a b",
        "http://example.org/\r\nX:", "http://example.org:99999/", "//example.org/",
        "http://ex\xc3\xa4mple.org/", "javascript:alert(1)"}) {
    EXPECT_EQ(reason_of(fetch(url, policy)), "url_malformed") << url;
  }
  EXPECT_EQ(reason_of(fetch("http://example.org/" + std::string(3000, 'a'), policy)), "url_malformed");
}

TEST(FetchUrl, TheHostIsTheOneThatIsConnectedTo) {
  const FetchPolicy policy{.allowed_hosts = {"example.org"}};
  for (const auto* const url :
       {"http://example.org.evil.test/", "http://evil.test/example.org", "http://evil.test#example.org",
        "http://evil.test?example.org", "http://example.org./"}) {
    EXPECT_EQ(reason_of(fetch(url, policy)), "url_host_not_allowed") << url;
  }
}

TEST(FetchTimeout, ASilentServerIsGivenUp) {
  testing::Gate gate;
  Router router;
  router.add({.pattern = "/never", .handler = [&gate](const Request&) {
                gate.pass();
                return Response();
              }});
  Server server({}, std::move(router));
  server.start();
  const auto authority = "127.0.0.1:" + std::to_string(server.port());
  FetchPolicy policy{.allowed_hosts = {authority}};
  policy.limits.total = std::chrono::milliseconds(50);
  EXPECT_EQ(reason_of(fetch("http://" + authority + "/never", policy)), "url_timeout");
  gate.open();
}

TEST(FetchTimeout, AClosedPortIsUnreachable) {
  std::uint16_t port = 0;
  {
    Server server({}, Router());
    server.start();
    port = server.port();
  }
  const auto authority = "127.0.0.1:" + std::to_string(port);
  EXPECT_EQ(reason_of(fetch("http://" + authority + "/", {.allowed_hosts = {authority}})), "url_unreachable");
}

}  // namespace
}  // namespace rollcall::http
