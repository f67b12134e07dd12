#include "connection.hpp"

#include "ascii.hpp"
#include "problem_request_id.hpp"
#include "request_head.hpp"
#include "rollcall/core/clock.hpp"
#include "rollcall/core/log.hpp"
#include "rollcall/core/uuid.hpp"
#include "rollcall/http/problem.hpp"

#include <algorithm>
#include <array>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

// g++ 12 destroys a braced temporary or a capturing lambda twice when it stands in a statement with co_await:
// name it in a statement of its own.
namespace rollcall::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using std::chrono::steady_clock;

constexpr std::size_t kReadBytes = 4096;
constexpr std::size_t kBodyBufferBytes = 64 * 1024;
// How long, and for how many bytes, a client that was refused may go on sending before it is cut off. Closing
// at once would reset the connection, and the client would lose the answer.
constexpr std::chrono::seconds kLingerTime(2);
constexpr std::size_t kLingerBytes = 8 * 1024 * 1024;

std::string address_of(const asio::ip::tcp::socket& socket) {
  boost::system::error_code gone;
  const auto endpoint = socket.remote_endpoint(gone);
  return gone ? std::string() : endpoint.address().to_string();
}

std::string request_id_from(const Headers& headers) {
  const auto sent = headers.get("X-Request-Id").value_or("");
  const bool usable = !sent.empty() && sent.size() <= 64 && std::all_of(sent.begin(), sent.end(), [](char c) {
    return is_digit(c) || is_alpha(c) || c == '.' || c == '_' || c == '-';
  });
  return usable ? std::string(sent) : core::make_uuid_v7(core::SystemClock{}.now());
}

// nullopt when the client went away and nobody reads an answer.
std::optional<Response> refusal_of_body(const boost::system::error_code& error) {
  namespace http = beast::http;
  if (error == http::error::body_limit) {
    return problem(413, {"body_too_large", "The body is larger than this path takes."});
  }
  const bool is_gone = error == http::error::end_of_stream || error == http::error::partial_message;
  if (is_gone || error.category() != http::make_error_code(http::error::bad_chunk).category())
    return std::nullopt;
  return problem(400, {"bad_request", "The body is malformed."});
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, const ServerParts& parts)
    : stream_(std::move(socket)),
      parts_(parts),
      client_address_(address_of(stream_.socket())),
      buffer_(std::max(kBodyBufferBytes, parts.settings.header_bytes_max + kReadBytes)) {}

std::string_view Connection::received() const {
  const auto bytes = buffer_.data();
  return {static_cast<const char*>(bytes.data()), bytes.size()};
}

bool Connection::has_unread_bytes() {
  boost::system::error_code closed;
  return stream_.socket().available(closed) > 0;
}

void Connection::drain() {
  asio::post(stream_.get_executor(), [self = shared_from_this()] {
    if (self->is_idle_ && !self->has_unread_bytes()) self->stream_.cancel();
  });
}

void Connection::abort() {
  asio::post(stream_.get_executor(), [self = shared_from_this()] {
    if (self->call_) self->call_->done.cancel();
    self->stream_.close();
  });
}

asio::awaitable<void> Connection::run() {
  const auto& timeouts = parts_.settings.timeouts;
  auto patience = timeouts.header;
  for (;;) {
    const bool arrived = co_await wait_for_bytes(patience);
    if (!arrived) co_return;
    Exchange exchange;
    exchange.start = steady_clock::now();
    co_await serve(exchange);
    if (exchange.client_is_gone) co_return;
    if (exchange.persistence == Persistence::close) break;
    patience = timeouts.idle;
  }
  const bool is_all_read = parser_ && parser_->is_done() && buffer_.size() == 0;
  if (!is_all_read) co_await linger();
}

// False when the connection has ended or shall end.
asio::awaitable<bool> Connection::wait_for_bytes(std::chrono::milliseconds limit) {
  if (buffer_.size() > 0) co_return true;  // pipelined
  if (parts_.draining && !has_unread_bytes()) co_return false;
  boost::system::error_code error;
  is_idle_ = true;
  stream_.expires_after(limit);
  const auto space = buffer_.prepare(kReadBytes);
  const auto count =
      co_await stream_.async_read_some(space, asio::redirect_error(asio::use_awaitable, error));
  is_idle_ = false;
  buffer_.commit(count);
  co_return !error;
}

asio::awaitable<void> Connection::serve(Exchange& exchange) {
  auto refusal = co_await receive_head(exchange);
  if (exchange.client_is_gone) co_return;
  if (refusal) {
    exchange.response = *std::move(refusal);
    exchange.request_id = request_id_from(Headers());
    co_await write(exchange);
    co_return;
  }
  auto judgement = judge_head(exchange);
  if (auto* const answer = std::get_if<Response>(&judgement)) {
    exchange.response = std::move(*answer);
    co_await write(exchange);
    co_return;
  }
  auto& admitted = std::get<Admitted>(judgement);
  refusal = co_await receive_body(exchange, admitted);
  if (exchange.client_is_gone) co_return;
  if (refusal) {
    exchange.response = *std::move(refusal);
  } else {
    exchange.persistence = parser_->keep_alive() ? Persistence::keep_alive : Persistence::close;
    admitted.request.body = std::move(parser_->get().body());
    admitted.request.deadline = steady_clock::now() + admitted.route->timeout;
    exchange.response = co_await handle(std::move(admitted));
  }
  co_await write(exchange);
}

// Leaves a parser that has read the head, and in the buffer what follows it.
asio::awaitable<std::optional<Response>> Connection::receive_head(Exchange& exchange) {
  const auto bytes_max = parts_.settings.header_bytes_max;
  parser_.reset();
  stream_.expires_at(exchange.start + parts_.settings.timeouts.header);
  HeadScan scan = scan_head(received());
  while (scan.size == 0 && !scan.bad_line_end && buffer_.size() <= bytes_max) {
    boost::system::error_code error;
    const auto space = buffer_.prepare(kReadBytes);
    const auto count =
        co_await stream_.async_read_some(space, asio::redirect_error(asio::use_awaitable, error));
    buffer_.commit(count);
    exchange.client_is_gone = error.failed();
    if (error) co_return std::nullopt;
    scan = scan_head(received());
  }
  if (scan.bad_line_end) co_return problem(400, ProblemText("bad_request", "Lines must end with CR LF."));
  if (scan.size == 0 || scan.size > bytes_max) {
    const bool is_target = received().substr(0, bytes_max).find('\r') == std::string_view::npos;
    if (is_target) co_return problem(414, ProblemText("target_too_long", "The URL is too long."));
    co_return problem(431, ProblemText("headers_too_large", "The header fields are too large."));
  }
  const auto head = received().substr(0, scan.size);
  const auto fault = find_fault(head);
  if (fault) co_return problem(fault->status, ProblemText(fault->reason, std::string(fault->detail)));

  parser_.emplace();
  parser_->eager(false);
  parser_->header_limit(static_cast<std::uint32_t>(bytes_max));
  parser_->body_limit(boost::none);  // known once the route is
  boost::system::error_code error;
  parser_->put(asio::buffer(head), error);
  if (error) co_return problem(400, ProblemText("bad_request", "The request line is malformed."));
  buffer_.consume(head.size());
  co_return std::nullopt;
}

std::variant<Admitted, Response> Connection::judge_head(Exchange& exchange) {
  const auto& message = parser_->get();
  RequestHead head{message.method_string(), message.target(), {}};
  for (const auto& field : message) head.headers.add(field.name_string(), field.value());
  head.has_body = !parser_->is_done();
  if (const auto length = parser_->content_length()) head.content_length = *length;

  exchange.request_id = request_id_from(head.headers);
  if (const auto method = method_from(head.method)) exchange.method = to_text(*method);
  const bool may_stay = parser_->keep_alive() && !head.has_body;
  exchange.origin = head.headers.get("Origin").value_or("");
  auto judgement = admit(parts_.router, std::move(head), parts_.settings.target_bytes_max);
  if (auto* const admitted = std::get_if<Admitted>(&judgement)) {
    exchange.route = admitted->route;
    admitted->request.request_id = exchange.request_id;
    admitted->request.client_address = client_address_;
    if (parts_.gate != nullptr) {
      if (auto refusal = parts_.gate->admit(*admitted->route, admitted->request))
        judgement = *std::move(refusal);
    }
  }
  if (std::holds_alternative<Response>(judgement)) {
    exchange.persistence = may_stay ? Persistence::keep_alive : Persistence::close;
  }
  return judgement;
}

asio::awaitable<std::optional<Response>> Connection::receive_body(Exchange& exchange,
                                                                  const Admitted& admitted) {
  if (parser_->is_done()) co_return std::nullopt;
  const auto length = parser_->content_length();
  const auto bytes_max = admitted.route->body_bytes_max;
  auto lease = parts_.bodies.take(length ? static_cast<std::size_t>(*length) : bytes_max);
  if (!lease) {
    co_return problem(503, ProblemText("overloaded", "The server holds too many uploads; try again soon."));
  }
  exchange.body_lease.emplace(*std::move(lease));
  boost::system::error_code error;
  stream_.expires_after(parts_.settings.timeouts.body);
  const bool is_waited_for = admitted.request.headers.contains("Expect") && parser_->get().version() >= 11;
  if (is_waited_for && buffer_.size() == 0) {
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await asio::async_write(stream_, asio::buffer(kContinue),
                               asio::redirect_error(asio::use_awaitable, error));
  }
  parser_->body_limit(bytes_max);
  if (!error) {
    co_await beast::http::async_read(stream_, buffer_, *parser_,
                                     asio::redirect_error(asio::use_awaitable, error));
  }
  if (!error) co_return std::nullopt;
  auto refusal = refusal_of_body(error);
  exchange.client_is_gone = !refusal;
  co_return refusal;
}

asio::awaitable<Response> Connection::handle(Admitted admitted) {
  auto& pool = admitted.route->pool == Pool::heavy ? parts_.heavy_pool : parts_.light_pool;
  call_ = std::make_shared<HandlerCall>(stream_.get_executor(), *admitted.route, std::move(admitted.request));
  if (!start_on(pool, call_)) {
    call_.reset();
    co_return problem(503, ProblemText("overloaded", "The server is busy; try again soon."));
  }
  boost::system::error_code cancelled;
  co_await call_->done.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  const auto call = std::exchange(call_, nullptr);
  if (call->response) co_return *std::move(call->response);
  co_return problem(503, ProblemText("deadline_exceeded", "The request took too long."));
}

asio::awaitable<void> Connection::write(Exchange& exchange) {
  auto& response = exchange.response;
  if (parts_.draining) exchange.persistence = Persistence::close;
  response.headers.set("X-Request-Id", exchange.request_id);
  add_request_id(response, exchange.request_id);
  if (parts_.gate != nullptr) parts_.gate->amend(exchange.origin, exchange.method == "OPTIONS", response);
  add_default_headers(response.headers);
  const auto head =
      serialize_head(response, exchange.persistence, http_date(std::chrono::system_clock::now()));
  const bool is_bare = exchange.method == "HEAD" || response.status == 204 || response.status == 304;
  const auto body = is_bare ? asio::const_buffer() : asio::buffer(std::as_const(response.body));
  const std::array<asio::const_buffer, 2> bytes = {asio::buffer(head), body};

  boost::system::error_code error;
  stream_.expires_after(parts_.settings.timeouts.write);
  co_await asio::async_write(stream_, bytes, asio::redirect_error(asio::use_awaitable, error));
  exchange.client_is_gone = error.failed();
  report(exchange);
}

asio::awaitable<void> Connection::linger() {
  boost::system::error_code error;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
  stream_.expires_after(kLingerTime);
  for (std::size_t discarded = 0; !error && discarded < kLingerBytes;) {
    buffer_.clear();
    const auto space = buffer_.prepare(kReadBytes);
    discarded += co_await stream_.async_read_some(space, asio::redirect_error(asio::use_awaitable, error));
  }
}

void Connection::report(const Exchange& exchange) const {
  const auto time =
      std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - exchange.start);
  const std::string_view pattern = exchange.route ? std::string_view(exchange.route->pattern) : "";
  const auto& response = exchange.response;
  core::log::info("http", "request",
                  {{"method", exchange.method},
                   {"route", pattern},
                   {"status", response.status},
                   {"ms", static_cast<double>(time.count()) / 1000},
                   {"bytes", response.body.size()},
                   {"request_id", exchange.request_id}});
  if (parts_.observer != nullptr) {
    parts_.observer->finished(
        {pattern, exchange.method, response.status, std::chrono::duration<double>(time).count()});
  }
}

}  // namespace rollcall::http
