#include "rollcall/http/server.hpp"

#include "connection.hpp"
#include "rollcall/core/assert.hpp"
#include "rollcall/core/infra_error.hpp"
#include "rollcall/core/log.hpp"
#include "rollcall/http/problem.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <unordered_set>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

namespace rollcall::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// Out of file descriptors or memory: waiting is all that helps.
constexpr std::chrono::milliseconds kAcceptPause(100);

void log_end(const std::exception_ptr& failure) {
  if (!failure) return;
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    core::log::error("http", "connection failed", {{"error", error.what()}});
  }
}

}  // namespace

// Owns the sockets and threads. `connections_` holds every connection from its start to its end, so that
// nothing runs unowned.
//
// Thread safety: `mutex_` guards `connections_`; the acceptor and its timer belong to `accept_strand_`.
class Server::Listener {
 public:
  Listener(ServerSettings settings, Router router, RequestObserver* observer, Gate* gate)
      : settings_(std::move(settings)),
        router_(std::move(router)),
        light_pool_("http-light", settings_.light_pool),
        heavy_pool_("http-heavy", settings_.heavy_pool),
        parts_{settings_, router_, observer, gate, light_pool_, heavy_pool_, bodies_, draining_} {
    ROLLCALL_ASSERT(settings_.io_threads > 0);
  }

  void start() {
    listen();
    asio::post(accept_strand_, [this] { accept_next(); });
    for (std::size_t i = 0; i < settings_.io_threads; ++i) {
      io_threads_.emplace_back([this] { io_.run(); });
    }
  }

  void drain_and_stop() {
    if (draining_.exchange(true)) return;
    asio::post(accept_strand_, [this] {
      accept_pause_.cancel();
      boost::system::error_code ignored;
      acceptor_.close(ignored);
    });
    {
      std::unique_lock lock(mutex_);
      for (const auto& connection : connections_) connection->drain();
      const auto drained = [this] { return connections_.empty(); };
      if (!io_threads_.empty() && !all_ended_.wait_for(lock, settings_.timeouts.drain, drained)) {
        core::log::warning("http", "connections cut at shutdown", {{"count", connections_.size()}});
        for (const auto& connection : connections_) connection->abort();
        all_ended_.wait(lock, drained);
      }
    }
    // The pools first: a late handler still posts its result to the I/O threads.
    light_pool_.stop();
    heavy_pool_.stop();
    work_.reset();
    for (auto& thread : io_threads_) thread.join();
  }

  std::uint16_t port() const { return port_; }
  std::size_t queued(Pool pool) const { return (pool == Pool::heavy ? heavy_pool_ : light_pool_).queued(); }

 private:
  void listen() {
    try {
      const tcp::endpoint endpoint(asio::ip::make_address(settings_.address), settings_.port);
      acceptor_.open(endpoint.protocol());
      acceptor_.set_option(tcp::acceptor::reuse_address(true));
      acceptor_.bind(endpoint);
      acceptor_.listen();
      port_ = acceptor_.local_endpoint().port();
    } catch (const boost::system::system_error& error) {
      throw core::InfraError("cannot listen on " + settings_.address + ":" + std::to_string(settings_.port) +
                             ": " + error.code().message());
    }
  }

  void accept_next() {
    if (draining_) return;
    acceptor_.async_accept(asio::any_io_executor(asio::make_strand(io_)),
                           asio::bind_executor(accept_strand_, [this](const boost::system::error_code& error,
                                                                      tcp::socket socket) {
                             if (!error) {
                               adopt(std::move(socket));
                               accept_next();
                             } else if (!draining_) {
                               core::log::warning("http", "cannot accept", {{"error", error.message()}});
                               pause_accepting();
                             }
                           }));
  }

  void pause_accepting() {
    accept_pause_.expires_after(kAcceptPause);
    accept_pause_.async_wait([this](const boost::system::error_code&) { accept_next(); });
  }

  void adopt(tcp::socket socket) {
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const std::lock_guard lock(mutex_);
    if (draining_) return;
    if (connections_.size() >= settings_.connections_max) return turn_away(std::move(socket));
    const auto connection = std::make_shared<Connection>(std::move(socket), parts_);
    connections_.insert(connection);
    asio::co_spawn(connection->executor(), connection->run(),
                   [this, connection](const std::exception_ptr& failure) {
                     log_end(failure);
                     const std::lock_guard end_lock(mutex_);
                     connections_.erase(connection);
                     if (connections_.empty()) all_ended_.notify_all();
                   });
  }

  // Says why, if the socket takes it at once.
  static void turn_away(tcp::socket socket) {
    auto response = problem(503, {"overloaded", "The server has too many connections; try again soon."});
    add_default_headers(response.headers);
    const auto text =
        serialize_head(response, Persistence::close, http_date(std::chrono::system_clock::now())) +
        response.body;
    boost::system::error_code ignored;
    socket.non_blocking(true, ignored);
    socket.send(asio::buffer(text), 0, ignored);
  }

  const ServerSettings settings_;
  const Router router_;
  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> work_ = asio::make_work_guard(io_);
  asio::strand<asio::io_context::executor_type> accept_strand_ = asio::make_strand(io_);
  tcp::acceptor acceptor_{accept_strand_};
  asio::steady_timer accept_pause_{accept_strand_};
  std::uint16_t port_ = 0;
  std::atomic<bool> draining_ = false;
  core::ThreadPool light_pool_;
  core::ThreadPool heavy_pool_;
  BodyBudget bodies_{settings_.bodies_bytes_max};
  const ServerParts parts_;
  std::mutex mutex_;
  std::condition_variable all_ended_;
  std::unordered_set<std::shared_ptr<Connection>> connections_;
  std::vector<std::thread> io_threads_;
};

Server::Server(ServerSettings settings, Router router, RequestObserver* observer, Gate* gate)
    : listener_(std::make_unique<Listener>(std::move(settings), std::move(router), observer, gate)) {}

Server::~Server() {
  drain_and_stop();
}

void Server::start() {
  listener_->start();
}

std::uint16_t Server::port() const {
  ROLLCALL_ASSERT(listener_->port() != 0);
  return listener_->port();
}

void Server::drain_and_stop() {
  listener_->drain_and_stop();
}

std::size_t Server::queued(Pool pool) const {
  return listener_->queued(pool);
}

}  // namespace rollcall::http
