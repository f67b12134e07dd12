#include "raw_client.hpp"
#include "test_server.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace rollcall::http {
namespace {

using std::chrono::milliseconds;
using testing::get;
using testing::RawClient;
using testing::TestServer;

std::string reason_of(const testing::RawResponse& response) {
  return nlohmann::json::parse(response.body).at("reason");
}

TEST(ServerTimeout, ASlowHeadIsCutHoweverSteadilyItDrips) {
  ServerSettings settings;
  settings.timeouts.header = milliseconds(60);
  TestServer test(settings);
  RawClient client(test.port());
  const auto start = std::chrono::steady_clock::now();
  client.send("GET /hello HTTP/1.1\r\nHost: test\r\nX-Drip: ");
  // Each byte comes long before the limit; the whole head never does.
  while (!client.has_input(milliseconds(5)) &&
         std::chrono::steady_clock::now() - start < milliseconds(5000)) {
    client.send("a");
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(5000));
  EXPECT_TRUE(client.is_closed_without_more());
}

TEST(ServerTimeout, ASlowBodyIsCut) {
  ServerSettings settings;
  settings.timeouts.body = milliseconds(30);
  TestServer test(settings);
  RawClient client(test.port());
  client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\nhalf");
  EXPECT_TRUE(client.is_closed_without_more());
}

TEST(ServerTimeout, ASilentConnectionIsClosedWithoutAnAnswer) {
  ServerSettings settings;
  settings.timeouts.header = milliseconds(20);
  TestServer test(settings);
  EXPECT_TRUE(RawClient(test.port()).is_closed_without_more());
}

TEST(ServerTimeout, AnIdleConnectionIsClosed) {
  ServerSettings settings;
  settings.timeouts.idle = milliseconds(20);
  TestServer test(settings);
  RawClient client(test.port());
  EXPECT_EQ(client.exchange(get("/hello")).status(), 200);
  EXPECT_TRUE(client.is_closed_without_more());
}

TEST(ServerTimeout, AReaderThatDoesNotReadIsCut) {
  ServerSettings settings;
  settings.timeouts.write = milliseconds(50);
  Router router;
  router.add({.pattern = "/big", .handler = [](const Request&) {
                return testing::text_response(std::string(64 * 1024 * 1024, 'x'));
              }});
  testing::RecordingObserver observer;
  Server server(settings, std::move(router), &observer);
  server.start();
  RawClient client(server.port());
  client.send(get("/big"));
  observer.wait_for(1);
  EXPECT_LT(client.receive().body.size(), 64U * 1024 * 1024);
}

TEST(ServerTimeout, ALateHandlerIsAnsweredForAndTheConnectionStaysInStep) {
  testing::Gate gate;
  Router router;
  router.add({.pattern = "/late",
              .handler =
                  [&gate](const Request&) {
                    gate.pass();
                    return testing::text_response("late");
                  },
              .timeout = milliseconds(30)});
  router.add(
      {.pattern = "/hello", .handler = [](const Request&) { return testing::text_response("hello"); }});
  Server server({}, std::move(router));
  server.start();
  RawClient client(server.port());
  const auto response = client.exchange(get("/late"));
  EXPECT_EQ(response.status(), 503);
  EXPECT_EQ(reason_of(response), "deadline_exceeded");
  gate.open();
  EXPECT_EQ(client.exchange(get("/hello")).body, "hello");
}

TEST(ServerOverload, AFullQueueAnswersAtOnceAndTheOtherPoolGoesOn) {
  ServerSettings settings;
  settings.heavy_pool = {.threads = 1, .queue_max = 1};
  TestServer test(settings);
  RawClient running(test.port());
  running.send(get("/heavy"));
  test.gate.wait_for_arrivals(1);
  RawClient first(test.port());
  RawClient second(test.port());
  first.send(get("/heavy"));
  second.send(get("/heavy"));
  // One of the two waits, the other is turned away; which one is not known, so a third is turned away for
  // sure.
  while (test.server.queued(Pool::heavy) == 0) std::this_thread::yield();
  RawClient third(test.port());
  const auto refused = third.exchange(get("/heavy"));
  EXPECT_EQ(refused.status(), 503);
  EXPECT_EQ(reason_of(refused), "overloaded");
  EXPECT_TRUE(refused.has("\r\nRetry-After: 1\r\n"));
  EXPECT_EQ(third.exchange(get("/hello")).status(), 200);
  test.gate.open();
  EXPECT_EQ(running.receive().body, "heavy");
}

TEST(ServerOverload, AWorkerThatIsFreeTooLateDropsTheRequest) {
  testing::Gate gate;
  std::atomic<int> runs = 0;
  Router router;
  router.add({.pattern = "/late",
              .handler =
                  [&](const Request&) {
                    ++runs;
                    gate.pass();
                    return testing::text_response("late");
                  },
              .timeout = milliseconds(30)});
  Server server({.light_pool = {.threads = 1, .queue_max = 8}}, std::move(router));
  server.start();
  RawClient first(server.port());
  RawClient second(server.port());
  first.send(get("/late"));
  gate.wait_for_arrivals(1);
  EXPECT_EQ(reason_of(second.exchange(get("/late"))), "deadline_exceeded");
  gate.open();
  server.drain_and_stop();
  EXPECT_EQ(runs, 1);
}

}  // namespace
}  // namespace rollcall::http
