// A server on a free loopback port with a few routes to aim at.
#pragma once

#include "rollcall/core/infra_error.hpp"
#include "rollcall/http/server.hpp"

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

namespace rollcall::http::testing {

// Holds handlers until it is opened; counts those that wait.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait_for_arrivals(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

class RecordingObserver final : public RequestObserver {
 public:
  void finished(const RequestSummary& summary) override {
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::string(summary.method) + " " + std::string(summary.route_pattern) + " " +
                     std::to_string(summary.status));
    changed_.notify_all();
  }
  std::vector<std::string> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return lines_.size() >= count; });
    return lines_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> lines_;
};

inline Response text_response(std::string body) {
  Response response;
  response.headers.set("Content-Type", "text/plain");
  response.body = std::move(body);
  return response;
}

// GET /hello, GET /slow and /heavy (wait at the gate), POST /echo (at most 1000 bytes), POST /json (JSON
// only), GET /people/{id}, GET /infra and /bug (throw).
inline Router test_routes(Gate& gate) {
  Router router;
  router.add({.pattern = "/hello", .handler = [](const Request&) { return text_response("hello"); }});
  router.add({.pattern = "/slow", .handler = [&gate](const Request&) {
                gate.pass();
                return text_response("slow");
              }});
  router.add({.pattern = "/heavy",
              .handler =
                  [&gate](const Request&) {
                    gate.pass();
                    return text_response("heavy");
                  },
              .pool = Pool::heavy});
  router.add({.method = Method::post,
              .pattern = "/echo",
              .handler = [](const Request& request) { return text_response(request.body); },
              .body_bytes_max = 1000});
  router.add({.method = Method::post,
              .pattern = "/json",
              .handler = [](const Request&) { return text_response("json"); },
              .content_types = {"application/json"}});
  router.add({.pattern = "/people/{id}",
              .handler = [](const Request& request) { return text_response(request.path_params.at("id")); }});
  router.add({.pattern = "/infra", .handler = [](const Request&) -> Response {
                throw core::InfraError("the database at 10.1.2.3 is gone");
              }});
  router.add(
      {.pattern = "/bug", .handler = [](const Request&) -> Response { throw std::logic_error("secret"); }});
  return router;
}

// Opens the gate before the server goes, so that a failed test ends too.
struct TestServer {
  explicit TestServer(ServerSettings settings = {}, RequestObserver* observer = nullptr)
      : server(std::move(settings), test_routes(gate), observer) {
    server.start();
  }
  ~TestServer() { gate.open(); }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  std::uint16_t port() const { return server.port(); }

  Gate gate;
  Server server;
};

}  // namespace rollcall::http::testing
