// The HTTP/1.1 server: reads requests within limits, runs their handlers on bounded pools, writes the
// answers.
//
// A connection belongs to one I/O thread at a time; handlers are plain functions on pool threads. The head of
// a request is judged before its body is read, so a wrong path, method, type or size costs nothing. Full
// queues answer 503 with Retry-After. A handler that misses its deadline is answered for with 503 and its
// late result is thrown away.
#pragma once

#include "rollcall/core/thread_pool.hpp"
#include "rollcall/http/gate.hpp"
#include "rollcall/http/router.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace rollcall::http {

// A client that takes longer is cut off without an answer.
struct ServerTimeouts {
  std::chrono::milliseconds header = std::chrono::seconds(10);  // for the whole head, however slowly it drips
  std::chrono::milliseconds body = std::chrono::seconds(30);
  std::chrono::milliseconds write = std::chrono::seconds(30);
  std::chrono::milliseconds idle = std::chrono::seconds(60);   // between requests of one connection
  std::chrono::milliseconds drain = std::chrono::seconds(10);  // for requests in flight at shutdown
};

struct ServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0 takes any free one
  std::size_t io_threads = 1;
  core::ThreadPoolLimits light_pool = {.threads = 4, .queue_max = 128};
  core::ThreadPoolLimits heavy_pool = {.threads = 2, .queue_max = 32};
  std::size_t header_bytes_max = 16 * 1024;
  std::size_t target_bytes_max = 8 * 1024;
  std::size_t connections_max = 1024;
  // Of all bodies that are held at once; at least the largest of one route. Further uploads are answered 503.
  std::size_t bodies_bytes_max = 256 * 1024 * 1024;
  ServerTimeouts timeouts = {};
};

struct RequestSummary {
  std::string_view route_pattern;  // empty when no route matched
  std::string_view method;         // "other" for one that Rollcall does not know
  unsigned status = 0;
  double seconds = 0;  // from the first byte of the head to the last byte of the answer
};

// Told about every request that was answered; for metrics. Called on an I/O thread: be quick and do not
// throw.
class RequestObserver {
 public:
  virtual ~RequestObserver() = default;
  virtual void finished(const RequestSummary& summary) = 0;
};

// Thread safety: start() and drain_and_stop() belong to one thread; the rest may be called from any.
class Server {
 public:
  // The observer and the gate, if any, outlive the server.
  Server(ServerSettings settings, Router router, RequestObserver* observer = nullptr, Gate* gate = nullptr);
  // Calls drain_and_stop().
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Throws core::InfraError that names the address and port when it cannot listen there.
  void start();

  // The port it listens on; start() comes first.
  std::uint16_t port() const;

  // Stops accepting, closes idle connections, lets requests in flight finish within timeouts.drain, closes
  // the rest and joins every thread. A handler that runs on beyond that is waited for: a thread cannot be
  // taken away. Idempotent.
  void drain_and_stop();

  // Tasks that wait in the queue of a pool; for metrics.
  std::size_t queued(Pool pool) const;

 private:
  class Listener;
  std::unique_ptr<Listener> listener_;
};

}  // namespace rollcall::http
