#include "rollcall/http/server.hpp"

#include "raw_client.hpp"
#include "test_server.hpp"

#include <future>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace rollcall::http {
namespace {

using testing::get;
using testing::post;
using testing::RawClient;
using testing::TestServer;

TEST(Server, AnswersWithTheHandlersResponse) {
  TestServer test;
  RawClient client(test.port());
  const auto response = client.exchange(get("/hello"));
  EXPECT_EQ(response.status(), 200);
  EXPECT_EQ(response.body, "hello");
  EXPECT_TRUE(response.has("\r\nContent-Type: text/plain\r\n"));
}

TEST(Server, KeepsTheConnectionForTheNextRequest) {
  TestServer test;
  RawClient client(test.port());
  EXPECT_EQ(client.exchange(get("/hello")).body, "hello");
  EXPECT_EQ(client.exchange(post("/echo", "once more")).body, "once more");
  EXPECT_EQ(client.exchange(get("/nowhere")).status(), 404);
  EXPECT_EQ(client.exchange(get("/people/7")).body, "7");
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  TestServer test;
  RawClient client(test.port());
  client.send(get("/people/1") + post("/echo", "two") + get("/people/3"));
  EXPECT_EQ(client.receive().body, "1");
  EXPECT_EQ(client.receive().body, "two");
  EXPECT_EQ(client.receive().body, "3");
}

TEST(Server, TakesAHeadThatComesByteByByte) {
  TestServer test;
  RawClient client(test.port());
  for (const char byte : post("/echo", "drip")) client.send({&byte, 1});
  EXPECT_EQ(client.receive().body, "drip");
}

TEST(Server, ReadsChunkedBodies) {
  TestServer test;
  RawClient client(test.port());
  client.send("POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
  client.send("4\r\nWiki\r\n6;ext=1\r\npedia!\r\n0\r\nHost: trailer\r\n\r\n");
  EXPECT_EQ(client.receive().body, "Wikipedia!");
  EXPECT_EQ(client.exchange(get("/hello")).body, "hello");
}

TEST(Server, ClosesWhenTheClientAsksForIt) {
  TestServer test;
  RawClient http_1_1(test.port());
  EXPECT_TRUE(http_1_1.exchange(get("/hello", "Connection: close\r\n")).says_close());
  EXPECT_TRUE(http_1_1.is_closed_without_more());
  RawClient http_1_0(test.port());
  EXPECT_TRUE(http_1_0.exchange("GET /hello HTTP/1.0\r\n\r\n").says_close());
  EXPECT_TRUE(http_1_0.is_closed_without_more());
}

TEST(Server, HeadSendsTheLengthButNotTheBody) {
  TestServer test;
  RawClient client(test.port());
  client.send("HEAD /hello HTTP/1.1\r\nHost: test\r\n\r\n");
  EXPECT_TRUE(client.receive(false).has("\r\nContent-Length: 5\r\n"));
  EXPECT_EQ(client.exchange(get("/people/next")).body, "next");
}

TEST(Server, OptionsTellsTheMethodsOfAPath) {
  TestServer test;
  RawClient client(test.port());
  const auto response = client.exchange("OPTIONS /hello HTTP/1.1\r\nHost: test\r\n\r\n");
  EXPECT_EQ(response.status(), 204);
  EXPECT_TRUE(response.has("\r\nAllow: GET, HEAD, OPTIONS\r\n"));
  EXPECT_FALSE(response.has("Content-Length"));
}

TEST(Server, WaitsForContinueOnlyWhereTheBodyIsWanted) {
  TestServer test;
  RawClient client(test.port());
  client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive(false).status(), 100);
  client.send("body");
  EXPECT_EQ(client.receive().body, "body");
  client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 4000\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive().status(), 413);
}

TEST(Server, PutsSecurityHeadersOnEveryAnswer) {
  TestServer test;
  for (const auto& request : {get("/hello"), get("/nowhere"), get("/bug"), std::string("nonsense\r\n\r\n")}) {
    RawClient client(test.port());
    const auto response = client.exchange(request);
    for (const auto* const header :
         {"X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Referrer-Policy: no-referrer",
          "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
          "Cross-Origin-Resource-Policy: same-origin", "Cache-Control: no-store",
          "Date: ", "X-Request-Id: "}) {
      EXPECT_TRUE(response.has(std::string("\r\n") + header)) << header << " after " << request;
    }
  }
}

TEST(Server, EchoesAUsableRequestIdAndReplacesAnother) {
  TestServer test;
  RawClient client(test.port());
  const auto kept = client.exchange(get("/nowhere", "X-Request-Id: Abc.1_2-3\r\n"));
  EXPECT_TRUE(kept.has("\r\nX-Request-Id: Abc.1_2-3\r\n"));
  EXPECT_EQ(nlohmann::json::parse(kept.body).at("request_id"), "Abc.1_2-3");
  const auto replaced = client.exchange(get("/nowhere", "X-Request-Id: a\"b\r\n"));
  EXPECT_EQ(nlohmann::json::parse(replaced.body).at("request_id").get<std::string>().size(), 36U);
}

TEST(Server, HidesWhatAHandlerThrows) {
  TestServer test;
  RawClient client(test.port());
  const auto infra = client.exchange(get("/infra"));
  EXPECT_EQ(infra.status(), 503);
  EXPECT_EQ(nlohmann::json::parse(infra.body).at("reason"), "temporarily_unavailable");
  EXPECT_EQ(infra.body.find("10.1.2.3"), std::string::npos);
  const auto bug = client.exchange(get("/bug"));
  EXPECT_EQ(bug.status(), 500);
  EXPECT_EQ(nlohmann::json::parse(bug.body).at("reason"), "internal_error");
  EXPECT_EQ(bug.body.find("secret"), std::string::npos);
  EXPECT_EQ(client.exchange(get("/hello")).status(), 200);
}

TEST(Server, TellsTheObserverThePatternAndNotThePath) {
  testing::RecordingObserver observer;
  TestServer test({}, &observer);
  RawClient client(test.port());
  client.exchange(get("/people/7"));
  client.exchange(get("/nowhere"));
  client.exchange("BREW /hello HTTP/1.1\r\nHost: test\r\n\r\n");
  const std::vector<std::string> expected = {"GET /people/{id} 200", "GET  404", "other  405"};
  EXPECT_EQ(observer.wait_for(3), expected);
}

TEST(Server, NamesThePortItCannotHave) {
  TestServer test;
  Server second({.port = test.port()}, Router());
  try {
    second.start();
    FAIL() << "the port is taken";
  } catch (const core::InfraError& error) {
    EXPECT_NE(std::string(error.what()).find("127.0.0.1:" + std::to_string(test.port())), std::string::npos);
  }
}

TEST(Server, SurvivesClientsThatLeaveInTheMiddle) {
  TestServer test;
  for (const auto* const start :
       {"", "GET /he", "POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\nhalf"}) {
    RawClient(test.port()).send(start);
  }
  {
    RawClient impatient(test.port());
    impatient.send(get("/slow"));
    test.gate.wait_for_arrivals(1);
  }
  test.gate.open();
  EXPECT_EQ(RawClient(test.port()).exchange(get("/hello")).status(), 200);
}

TEST(ServerDrain, FinishesWhatIsInFlightAndSaysClose) {
  TestServer test;
  RawClient busy(test.port());
  RawClient idle(test.port());
  idle.exchange(get("/hello"));
  busy.send(get("/slow"));
  test.gate.wait_for_arrivals(1);
  auto stopped = std::async(std::launch::async, [&] { test.server.drain_and_stop(); });
  EXPECT_TRUE(idle.is_closed_without_more());
  test.gate.open();
  const auto response = busy.receive();
  EXPECT_EQ(response.body, "slow");
  EXPECT_TRUE(response.says_close());
  stopped.get();
  EXPECT_THROW(RawClient{test.port()}, std::runtime_error);
}

TEST(ServerDrain, CutsWhatDoesNotFinishInTime) {
  ServerSettings settings;
  settings.timeouts.drain = std::chrono::milliseconds(20);
  TestServer test(settings);
  RawClient stuck(test.port());
  stuck.send(get("/slow"));
  test.gate.wait_for_arrivals(1);
  auto stopped = std::async(std::launch::async, [&] { test.server.drain_and_stop(); });
  EXPECT_TRUE(stuck.is_closed_without_more());
  test.gate.open();
  stopped.get();
}

}  // namespace
}  // namespace rollcall::http
