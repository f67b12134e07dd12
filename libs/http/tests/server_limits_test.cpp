#include "raw_client.hpp"
#include "test_server.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>

namespace rollcall::http {
namespace {

using testing::get;
using testing::post;
using testing::RawClient;
using testing::TestServer;

struct Case {
  const char* name;
  std::string request;
  int status;
  const char* reason;
};

class ServerLimits : public ::testing::TestWithParam<Case> {};

// Bodies are announced and never sent: the answer must not wait for them.
TEST_P(ServerLimits, AnswersBeforeTheBodyComes) {
  TestServer test;
  RawClient client(test.port());
  const auto response = client.exchange(GetParam().request);
  EXPECT_EQ(response.status(), GetParam().status);
  EXPECT_EQ(nlohmann::json::parse(response.body).at("reason"), GetParam().reason);
}

std::string announced(std::string_view request_line, std::string_view fields) {
  return std::string(request_line).append(" HTTP/1.1\r\nHost: test\r\n").append(fields).append("\r\n");
}

std::string many_fields(int count) {
  std::string fields;
  for (int i = 0; i < count; ++i) fields += "X-" + std::to_string(i) + ": 1\r\n";
  return fields;
}

INSTANTIATE_TEST_SUITE_P(
    Heads, ServerLimits,
    ::testing::ValuesIn(std::vector<Case>{
        Case{"unknown_path", announced("POST /nowhere", "Content-Length: 9\r\n"), 404, "route_not_found"},
        Case{"wrong_method", announced("DELETE /echo", "Content-Length: 9\r\n"), 405, "method_not_allowed"},
        Case{"trace", announced("TRACE /hello", ""), 405, "method_not_allowed"},
        Case{"declared_body_too_large", announced("POST /echo", "Content-Length: 1001\r\n"), 413,
             "body_too_large"},
        Case{"absurd_length", announced("POST /echo", "Content-Length: 999999999999999999\r\n"), 413,
             "body_too_large"},
        Case{"body_to_get", announced("GET /hello", "Content-Length: 2000000\r\n"), 413, "body_too_large"},
        Case{"wrong_type", announced("POST /json", "Content-Length: 9\r\nContent-Type: text/plain\r\n"), 415,
             "unsupported_content_type"},
        Case{"no_type", announced("POST /json", "Content-Length: 9\r\n"), 415, "unsupported_content_type"},
        Case{"compressed_body",
             announced("POST /json",
                       "Content-Length: 9\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"),
             415, "unsupported_content_type"},
        Case{"other_expectation", announced("POST /echo", "Content-Length: 9\r\nExpect: miracles\r\n"), 417,
             "unknown_expectation"},
        Case{"long_target", get("/" + std::string(9000, 'a')), 414, "target_too_long"},
        Case{"endless_target", "GET /" + std::string(17 * 1024, 'a'), 414, "target_too_long"},
        Case{"large_head", get("/hello", "X-Big: " + std::string(17 * 1024, 'a') + "\r\n"), 431,
             "headers_too_large"},
        Case{"many_fields", get("/hello", many_fields(200)), 431, "too_many_headers"},
        Case{"bad_query", get("/hello?a=%zz"), 400, "bad_query"},
        Case{"bad_path", get("/people/%2e%2e"), 400, "bad_path"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ServerLimit, AChunkedBodyStopsAtTheRoutesLimit) {
  TestServer test;
  RawClient client(test.port());
  client.send("POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "100\r\n" + std::string(0x100, 'x') + "\r\n";
  for (int i = 0; i < 4; ++i) client.send(chunk);
  const auto response = client.receive();
  EXPECT_EQ(response.status(), 413);
  EXPECT_TRUE(response.says_close());
}

TEST(ServerLimit, ABodyOfExactlyTheLimitIsTaken) {
  TestServer test;
  RawClient client(test.port());
  EXPECT_EQ(client.exchange(post("/echo", std::string(1000, 'x'))).body.size(), 1000U);
  EXPECT_EQ(client.exchange(post("/echo", std::string(1001, 'x'))).status(), 413);
}

// A close while the client still sends would reset the connection and lose the answer.
TEST(ServerLimit, ARefusedUploadStillGetsItsAnswer) {
  TestServer test;
  for (int round = 0; round < 20; ++round) {
    RawClient client(test.port());
    client.send(post("/echo", std::string(1024 * 1024, 'x')));
    EXPECT_EQ(client.receive().status(), 413);
  }
}

TEST(ServerLimit, UploadsBeyondTheMemoryForBodiesAreTurnedAwayUntilThereIsRoom) {
  ServerSettings settings;
  settings.bodies_bytes_max = 1000;
  TestServer test(settings);
  RawClient first(test.port());
  first.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 900\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(first.receive().status(), 100);  // its 900 bytes are taken now
  RawClient second(test.port());
  const auto refused = second.exchange(post("/echo", std::string(200, 'x')));
  EXPECT_EQ(refused.status(), 503);
  EXPECT_TRUE(refused.has("\r\nRetry-After: 1\r\n"));
  first.send(std::string(900, 'x'));
  EXPECT_EQ(first.receive().body.size(), 900U);
  // Released with the answer: the same connection may send again, and so may others.
  EXPECT_EQ(first.exchange(post("/echo", std::string(900, 'y'))).status(), 200);
}

TEST(ServerLimit, ConnectionsBeyondTheLimitAreTurnedAway) {
  ServerSettings settings;
  settings.connections_max = 2;
  TestServer test(settings);
  RawClient first(test.port());
  RawClient second(test.port());
  EXPECT_EQ(first.exchange(get("/hello")).status(), 200);
  EXPECT_EQ(second.exchange(get("/hello")).status(), 200);
  RawClient third(test.port());
  const auto refused = third.receive();
  EXPECT_EQ(refused.status(), 503);
  EXPECT_TRUE(refused.has("\r\nRetry-After: 1\r\n"));
  EXPECT_TRUE(third.is_closed_without_more());
}

TEST(ServerLimit, RunningOutOfFileDescriptorsIsSurvived) {
  TestServer test;
  RawClient client;  // has its descriptor already
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit low = before;
  low.rlim_cur = 64;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &low), 0);
  std::vector<int> hoard;
  for (int fd = ::dup(0); fd >= 0; fd = ::dup(0)) hoard.push_back(fd);
  client.connect(test.port());
  client.send(get("/hello"));
  EXPECT_FALSE(client.has_input(std::chrono::milliseconds(50)));
  for (const int fd : hoard) ::close(fd);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(client.receive().body, "hello");
}

}  // namespace
}  // namespace rollcall::http
