// One client's TCP connection: its requests are served one after the other.
#pragma once

#include "admission.hpp"
#include "body_budget.hpp"
#include "handler_call.hpp"
#include "response_head.hpp"
#include "rollcall/core/thread_pool.hpp"
#include "rollcall/http/server.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace rollcall::http {

// What every connection of a server uses; it outlives them.
struct ServerParts {
  const ServerSettings& settings;
  const Router& router;
  RequestObserver* observer;
  Gate* gate;
  core::ThreadPool& light_pool;
  core::ThreadPool& heavy_pool;
  BodyBudget& bodies;
  const std::atomic<bool>& draining;
};

// Thread safety: everything runs on the strand of the socket, except drain() and abort(), which any thread
// may call.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(boost::asio::ip::tcp::socket socket, const ServerParts& parts);

  boost::asio::any_io_executor executor() { return stream_.get_executor(); }

  // Ends when the connection does. The caller keeps the connection alive until then.
  boost::asio::awaitable<void> run();

  // Ends it now if no request is under way; otherwise after the answer, which run() sees to.
  void drain();
  // Ends it now.
  void abort();

 private:
  // One request and its answer.
  struct Exchange {
    std::chrono::steady_clock::time_point start;
    std::string request_id;
    std::string_view method = "other";
    const Route* route = nullptr;
    Response response = {};
    Persistence persistence = Persistence::close;
    bool client_is_gone = false;
    std::optional<BodyBudget::Lease> body_lease = {};
    std::string origin = {};
  };
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

  boost::asio::awaitable<bool> wait_for_bytes(std::chrono::milliseconds limit);
  boost::asio::awaitable<void> serve(Exchange& exchange);
  // These two answer with a refusal, if any.
  boost::asio::awaitable<std::optional<Response>> receive_head(Exchange& exchange);
  boost::asio::awaitable<std::optional<Response>> receive_body(Exchange& exchange, const Admitted& admitted);
  boost::asio::awaitable<Response> handle(Admitted admitted);
  boost::asio::awaitable<void> write(Exchange& exchange);
  boost::asio::awaitable<void> linger();

  std::variant<Admitted, Response> judge_head(Exchange& exchange);
  std::string_view received() const;
  bool has_unread_bytes();
  void report(const Exchange& exchange) const;

  boost::beast::tcp_stream stream_;
  const ServerParts& parts_;
  const std::string client_address_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  std::shared_ptr<HandlerCall> call_;  // while its handler runs
  bool is_idle_ = false;
};

}  // namespace rollcall::http
