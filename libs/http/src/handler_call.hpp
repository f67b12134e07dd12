// One run of a route's handler on a pool thread, for which a connection waits.
#pragma once

#include "rollcall/core/thread_pool.hpp"
#include "rollcall/http/router.hpp"

#include <memory>
#include <optional>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

namespace rollcall::http {

// Shared by the connection and the pool thread, because either may be gone first.
//
// Thread safety: `route` and `request` are read by the pool thread; `done` and `response` belong to the
// executor.
struct HandlerCall {
  HandlerCall(const boost::asio::any_io_executor& executor, const Route& its_route, Request its_request)
      : route(its_route), request(std::move(its_request)), done(executor, request.deadline) {}

  const Route& route;
  const Request request;
  boost::asio::steady_timer done;  // expires at the deadline, is cancelled by the response
  std::optional<Response> response;
};

// False when the queue is full. A call whose deadline has passed before a thread is free is dropped.
[[nodiscard]] bool start_on(core::ThreadPool& pool, const std::shared_ptr<HandlerCall>& call);

// The handler's response; core::InfraError becomes 503 and any other exception 500, both logged.
Response response_of(const Route& route, const Request& request);

}  // namespace rollcall::http
