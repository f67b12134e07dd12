#include "rollcall/http/static_files.hpp"

#include <array>

#include <gtest/gtest.h>

namespace rollcall::http {
namespace {

constexpr EmbeddedFile kPage{"/index.html", "<p>plain</p>", "text/html; charset=utf-8", "\"abc\"", "GZIPPED"};

Request asking(std::string_view name, std::string_view value) {
  Request request;
  request.headers.set(name, value);
  return request;
}

TEST(StaticFiles, ServesTheContentWithItsTypeAndTag) {
  const auto response = serve_file(Request(), kPage, {.content_security_policy = "default-src 'self'"});
  EXPECT_EQ(response.status, 200U);
  EXPECT_EQ(response.body, kPage.content);
  EXPECT_EQ(response.headers.get("Content-Type"), kPage.media_type);
  EXPECT_EQ(response.headers.get("ETag"), "\"abc\"");
  EXPECT_EQ(response.headers.get("Content-Security-Policy"), "default-src 'self'");
  EXPECT_EQ(response.headers.get("Content-Encoding"), std::nullopt);
}

TEST(StaticFiles, GzipGoesToThoseWhoAcceptIt) {
  for (const auto* const accept : {"gzip", "deflate, GZIP;q=0.5, br", "gzip;q=0.001"}) {
    const auto response = serve_file(asking("Accept-Encoding", accept), kPage);
    EXPECT_EQ(response.body, "GZIPPED") << accept;
    EXPECT_EQ(response.headers.get("Content-Encoding"), "gzip");
    EXPECT_EQ(response.headers.get("ETag"), "\"abc-gzip\"");
    EXPECT_EQ(response.headers.get("Vary"), "Accept-Encoding");
  }
  for (const auto* const accept : {"", "br", "gzip;q=0", "gzip; q=0.00", "xgzip"}) {
    EXPECT_EQ(serve_file(asking("Accept-Encoding", accept), kPage).body, kPage.content) << accept;
  }
}

TEST(StaticFiles, AKnownTagGets304) {
  for (const auto* const tags : {"\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"}) {
    const auto response = serve_file(asking("If-None-Match", tags), kPage);
    EXPECT_EQ(response.status, 304U) << tags;
    EXPECT_TRUE(response.body.empty());
  }
  for (const auto* const tags : {"\"x\"", "abc", "\"abc-gzip\""}) {
    EXPECT_EQ(serve_file(asking("If-None-Match", tags), kPage).status, 200U) << tags;
  }
}

TEST(StaticFiles, OnlyPathsOfTheTableExist) {
  const std::array files = {kPage};
  Router router;
  add_static_files(router, files);
  EXPECT_TRUE(std::holds_alternative<RouteFound>(router.match(Method::head, "/index.html")));
  for (const auto* const path : {"/", "/index.htm", "/../index.html", "/%2e%2e/etc/passwd", "/index.html/"}) {
    EXPECT_FALSE(std::holds_alternative<RouteFound>(router.match(Method::get, path))) << path;
  }
}

}  // namespace
}  // namespace rollcall::http
