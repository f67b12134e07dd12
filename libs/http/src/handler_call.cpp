#include "handler_call.hpp"

#include "rollcall/core/infra_error.hpp"
#include "rollcall/core/log.hpp"
#include "rollcall/http/problem.hpp"

#include <boost/asio/post.hpp>

namespace rollcall::http {
namespace {

void log_failure(const Route& route, const Request& request, const char* what) {
  core::log::error("http", "handler failed",
                   {{"route", route.pattern}, {"request_id", request.request_id}, {"error", what}});
}

Response internal_error() {
  return problem(500, {"internal_error", "Something went wrong on the server."});
}

}  // namespace

bool start_on(core::ThreadPool& pool, const std::shared_ptr<HandlerCall>& call) {
  return pool.try_post([call] {
    if (std::chrono::steady_clock::now() >= call->request.deadline) return;
    auto response = response_of(call->route, call->request);
    boost::asio::post(call->done.get_executor(), [call, response = std::move(response)]() mutable {
      call->response = std::move(response);
      call->done.cancel();
    });
  });
}

Response response_of(const Route& route, const Request& request) {
  try {
    auto response = route.handler(request);
    if (response.status >= 200 && response.status <= 599) return response;
    log_failure(route, request, "the status is out of range");
    return internal_error();
  } catch (const core::InfraError& error) {
    log_failure(route, request, error.what());
    return problem(503, {"temporarily_unavailable", "The server cannot do this right now."});
  } catch (const std::exception& error) {
    log_failure(route, request, error.what());
  } catch (...) {
    log_failure(route, request, "an exception of unknown type");
  }
  return internal_error();
}

}  // namespace rollcall::http
